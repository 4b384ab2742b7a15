"""Files that style sheets, manifests and pages of the build name, and that the site does not have.

In: the files of the build, which a worker reads while the pages are completed; then the preview, and what pages asked
for in vain, which is told of the pages. Out: the list `files.broken_refs` of the site document.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.facts.asset_references import in_manifest, in_page, in_style_sheet
from checks.facts.urls import MAX_URL, parse, without_fragment

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.listing import Listing
    from checks.collect.preview import Preview

MOST = 500
_LARGEST = 8 << 20
_READ_BY_ENDING = {
    ".css": in_style_sheet,
    ".webmanifest": in_manifest,
    "manifest.json": in_manifest,
    ".html": in_page,
    ".htm": in_page,
}


def written_down(root: Path, files: Listing, into: Path) -> Path:
    """Write into `into` what the `files` of the build in `root` name, a line for each that names something."""
    with into.open("w", encoding="ascii") as stream:
        for name, size in files:
            read = next((one for ending, one in _READ_BY_ENDING.items() if name.lower().endswith(ending)), None)
            if read is not None and size <= _LARGEST:
                written = read((root / name).read_text("utf-8", "replace"))
                stream.write(f"{json.dumps([name, written])}\n" if written else "")
    return into


def broken_references(preview: Preview, named: Path, told: frozenset[str]) -> list[dict[str, str | int]]:
    """Return what answers with an error: the file that names it, the address as written, and the status.

    `named` is what `written_down` wrote of the files of the preview.
    """
    found: list[dict[str, str | int]] = []
    with named.open(encoding="ascii") as stream:
        for name, written in map(json.loads, stream):
            base = f"{preview.origin}{preview.base}{name}"
            for one in written:
                status = _status(preview, one, base, told)
                if status is not None and status >= HTTPStatus.BAD_REQUEST and len(found) < MOST:
                    ref = one[:MAX_URL]
                    found.append({"key": f"{name} {ref}", "path": name, "ref": ref, "status": status})
    return found


def _status(preview: Preview, written: str, base: str, told: frozenset[str]) -> int | None:
    address = parse(written, base)
    url = without_fragment(address.url) if address is not None else ""
    if url in told or not preview.is_own(url):
        return None
    served = preview.served(url)
    return served.status if served.is_known else None
