"""What is at an address after the launch: asked of a build as its host serves it, or of a run.

In: a preview, or a run folder and the addresses of the map. Out: `There` for each address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from checks import run_folder
from checks.collect import addresses
from checks.facts.urls import normalise_url, parse
from checks.landed.look import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.collect.preview import Preview
    from checks.run_folder import RunFolder

_LARGEST_PAGE = 5_000_000
_PATTERN = re.compile(r"[*:({\[^$\\|]")
"""What only stands in an address where a rule is meant for many."""


@dataclass(frozen=True, slots=True)
class There:
    """What an address answers."""

    status: int | None
    """None: nobody can tell."""
    why: str = ""
    """Why nobody can tell, or why search engines may not index it; empty: they may."""
    redirected_to: str | None = None


class Targets(Protocol):
    """Knows what answers at an address of the site; None for one of another site."""

    def at(self, url: str) -> There | None:
        """Return what is at `url`."""


class OfBuild:
    """Asks the host model of a build."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview

    def at(self, url: str) -> There | None:
        """Return what the host answers at `url`."""
        preview = self._preview
        if not preview.is_own(url):
            return None
        served = preview.served(f"{preview.origin}{preview.path_of(url)}")
        if served.loop:
            return There(int(HTTPStatus.LOOP_DETECTED), redirected_to=served.url)
        led = served.url if served.hops else None
        if led is not None and not preview.is_own(led):
            return There(None, "a rule of the host leads to another site", led)
        if not served.is_known:
            return There(None, f"the build does not show it ({served.answer.rule if served.answer else ''})", led)
        if served.status != HTTPStatus.OK or served.file is None or not addresses.is_html(served.file.name):
            return There(served.status, redirected_to=led)
        with served.file.open("rb") as stream:
            said = look(stream.read(_LARGEST_PAGE), served.url, served.headers)
        elsewhere = said.canonical is not None and normalise_url(said.canonical) != normalise_url(served.url)
        why = "noindex" if said.noindex else f"its canonical address is {said.canonical}" if elsewhere else ""
        return There(served.status, why, led)


class OfRun:
    """Looks into the page documents of a run; only those that the map speaks of are held."""

    def __init__(self, run: RunFolder, origin: str, wanted: Iterable[str]) -> None:
        self._origin = origin
        asked = {_core(path) for url in wanted if (path := addresses.on_origin(url, origin)) is not None}
        self._pages: Mapping[str, tuple[int, str]] = {
            one["path"]: (one["http"]["status"], ", ".join(one["indexability_reasons"]))
            for one in run.lines(run_folder.PAGES)
            if _core(one["path"]) in asked
        }
        self._spelt = {_core(path): path for path in self._pages}
        rules = run.read(run_folder.SITE).get("redirects", {}).get("rules", ())
        self._rules = {one["from"]: one for one in rules if one["kind"] != "rewrite"}
        self._has_patterns = any(_PATTERN.search(one["from"].removeprefix(origin)) for one in rules)

    def at(self, url: str) -> There | None:
        """Return what the run found at `url`."""
        path = addresses.on_origin(url, self._origin)
        if path is None:
            return None
        if path in self._pages:
            return There(*self._pages[path])
        rule = self._rules.get(f"{self._origin}{path}")
        if rule is not None:
            return There(rule["final_status"], "" if rule["final_status"] else "a rule leads on", rule["to"])
        if _core(path) in self._spelt:
            said = f"the run knows the page as {self._spelt[_core(path)]}; `--build` says what its host answers here"
            return There(None, said)
        address = parse(url)
        name = (address.path if address else "").rpartition("/")[2]
        if "." in name and not addresses.is_html(name):
            return There(None, "a run holds no documents of files; `--build` asks the build")
        if self._has_patterns:
            return There(None, "the host has rules with patterns; `--build` says what they make of it")
        return There(int(HTTPStatus.NOT_FOUND))


def _core(path: str) -> str:
    """Return what the spellings of one page have in common: with or without a slash, .html or index.html."""
    return path.partition("?")[0].removesuffix(".html").removesuffix("/index").rstrip("/")
