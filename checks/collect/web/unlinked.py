"""Files that no page leads to, and that a URL shows only to who asks: private files, and the maps of scripts.

In: the preview. Out: its record, with these addresses in it. The names of private files are those that tools write,
as data (`data/private_files.json`); maps are named at the end of scripts and styles.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from checks.collect.addresses import is_html
from checks.facts.reference import reference
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.collect.web.web import Web

_CODE = (".js", ".mjs", ".css")
_END = 4096
_MAP = re.compile(rb"[#@]\s?sourceMappingURL=([^\s*\"'`]{1,2000})\s*(?:\*/)?\s*\Z")


def ask(web: Web, base: str) -> None:
    """Ask for private files."""
    _ask_for_files(web, [base + name for name in reference("private_files")["asked_of_a_url"]])


def ask_for_maps(web: Web, base: str) -> None:
    """Ask for the source maps of the scripts and styles on record: those that they name, else the one beside each."""
    _ask_for_files(web, list(_maps(web, base)))


def _ask_for_files(web: Web, targets: Sequence[str]) -> None:
    """Ask for files. A page that answers in the place of one is no file."""
    web.ask_all(targets)
    for target in targets:
        record = web.store.get(target)
        stand_in = record.file if record is not None else None
        if stand_in is not None and is_html(stand_in) and stand_in.startswith(target.strip("/")):
            web.store.files.sizes.pop(stand_in, None)


def _maps(web: Web, base: str) -> Iterator[str]:
    for name in sorted(one for one in web.store.files.sizes if one.endswith(_CODE)):
        with (web.store.root / name).open("rb") as stream:
            stream.seek(max(0, web.store.files.sizes[name] - _END))
            found = _MAP.search(stream.read())
        own = f"{base}{quote(name)}"
        address = parse(found[1].decode("utf-8", "replace") if found else f"{own}.map", f"{web.origin}{own}")
        if address is not None and f"{address.scheme}://{address.netloc}" == web.origin:
            yield address.path
