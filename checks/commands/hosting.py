"""host explain: what the host answers at an address, by which rule, and what comes after it.

In: parsed arguments. Out: what is printed, an exit code. No browser: the host model is asked, as the server asks it.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import errors, settings
from checks.collect import subject
from checks.commands.finished import today
from checks.commands.printing import print_json, print_lines
from checks.facts.urls import parse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from checks.collect.preview import Preview

_SHOWN = 300


def host(parsed: argparse.Namespace) -> int:
    """Explain what is answered at a path."""
    said = settings.load(
        parsed.config, {"preview": parsed.preview or None, "site": parsed.site, "host": parsed.host}, today()
    )
    if said.preview is None:
        raise errors.UserError(
            "no preview is named", remedy="Add `--preview dist`, or say in gonogo.yaml which folder the build leaves."
        )
    with subject.shown(said, Path(said.preview)) as preview:
        steps = list(_steps(preview, _address(preview, parsed.path)))
        name = preview.host.name
    if parsed.json:
        print_json({"host": name, "steps": steps})
    else:
        print_lines("\n".join(_lines(name, steps)))
    return errors.EXIT_GO


def _address(preview: Preview, path: str) -> str:
    address = parse(path if "://" in path else "/" + path.lstrip("/"), preview.origin)
    if address is None or not preview.is_own(address.url):
        raise errors.UserError(
            f"`{path}` is no address of {preview.origin}", where="PATH", remedy="Write a path, such as /shop/."
        )
    return f"{preview.origin}{preview.path_of(address.url)}"


def _steps(preview: Preview, url: str) -> Iterator[dict[str, Any]]:
    """Give every answer on the way from `url`, redirects written as pages included."""
    served = preview.served(url)
    addresses = [*(hop.url for hop in served.hops), *([] if served.loop else [served.url])]
    for address in addresses:
        if not preview.is_own(address):
            yield {"url": address, "status": None, "rule": "another site answers there"}
            continue
        yield _step(preview, address)
    if served.loop:
        yield {"url": served.url, "status": None, "rule": "that address again: it goes round in a circle"}


def _step(preview: Preview, url: str) -> dict[str, Any]:
    path, _, query = preview.path_of(url).partition("?")
    answer = preview.host.answer(path, query)
    refresh = preview.html_redirects.get(answer.file or "") if answer.status == HTTPStatus.OK else None
    return {
        "url": url,
        "status": answer.status if answer.unknown is None else None,
        "rule": answer.rule,
        "place": str(answer.place) if answer.place else None,
        "file": answer.file if answer.unknown is None else None,
        "to": answer.location or refresh,
        "headers": dict(answer.headers) if answer.unknown is None else {},
        "headers_by": [f"{place} `{place.entry}`" for place in answer.headers_by],
    }


def _lines(name: str, steps: list[dict[str, Any]]) -> Iterator[str]:
    for step in steps:
        yield f"GET {step['url']} ({name})"
        place = f", {step['place']}" if step.get("place") else ""
        yield f"  {step['status'] or 'not known'} {step['rule']}{place}"
        if step.get("file"):
            yield f"       sends {step['file']}"
        if step.get("to"):
            yield f"       leads to {step['to']}"
        for by in step.get("headers_by", ()):
            yield f"       headers by {by}"
        yield from (f"       {key}: {value[:_SHOWN]}" for key, value in sorted(step.get("headers", {}).items()))
