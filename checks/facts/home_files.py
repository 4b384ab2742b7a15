"""The manifest and the icons that the home page names: whether they work, and are the site's own.

In: what the host answers for them. Out: the parts of the group `home_files` of the site document.
https://www.w3.org/TR/appmanifest/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip, collapse, well_formed
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.facts.site_visit import Ask

_DEFAULTS = reference("default_icons")
_SIDES = (192, 512)
_OK = 200
_MOST_ICONS = 50


def manifest(url: str, status: int | None, body: bytes, ask: Ask) -> dict[str, Any]:
    """Return what a manifest says, and what is wrong with it; `body` is what the host answers at `url`."""
    said: Any = None
    if status == _OK:
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            said = None
    found = list(_problems(url, said, ask)) if status == _OK else [f"answers with status {status}"]
    name = said.get("name") if isinstance(said, dict) else None
    text = clip(collapse(well_formed(name)), 200) if isinstance(name, str) else None
    return {
        "url": url,
        "name": text,
        "is_default_name": (text or "").casefold() in _DEFAULTS["names"],
        "problems": [{"problem": problem} for problem in sorted(set(found))],
    }


def default_icons(icons: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return the icons that came with a generator, of (address, SHA-256 in hex) of each."""
    known = _DEFAULTS["icons"]
    return [{"url": url, "of": known[digest]} for url, digest in sorted(icons) if digest in known]


def _problems(url: str, said: Any, ask: Ask) -> Iterator[str]:
    if not isinstance(said, dict):
        yield "holds no JSON object"
        return
    if not (said.get("name") or said.get("short_name")):
        yield "has no name"
    start, scope = (_address(url, said.get(name), other) for name, other in (("start_url", url), ("scope", ".")))
    if start is None or scope is None or not start.startswith(scope):
        yield "has a start_url outside its scope"
    icons = [one for one in said.get("icons") or () if isinstance(one, dict)] if _is_list(said.get("icons")) else []
    sizes = {size for one in icons for size in str(one.get("sizes", "")).lower().split()}
    for side in _SIDES:
        if not sizes & {f"{side}x{side}", "any"}:
            yield f"has no icon of {side} by {side} pixels"
    for one in icons[:_MOST_ICONS]:
        address = _address(url, one.get("src"), "")
        if address is None or ask(address).status not in {_OK, None}:
            yield f"names an icon that does not answer: {clip(well_formed(str(one.get('src'))), 100)}"


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _address(base: str, value: Any, otherwise: str) -> str | None:
    address = parse(well_formed(value) if isinstance(value, str) and value else otherwise, base)
    return address.url.partition("#")[0] if address is not None else None
