"""Files that style sheets, manifests and pages of the build name, and that the site does not have.

In: the preview, and what pages asked for in vain, which is told of the pages. Out: the list `files.broken_refs` of the
site document.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.facts.asset_references import in_manifest, in_page, in_style_sheet
from checks.facts.urls import MAX_URL, parse, without_fragment

if TYPE_CHECKING:
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


def broken_references(preview: Preview, told: frozenset[str]) -> list[dict[str, str | int]]:
    """Return what answers with an error: the file that names it, the address as written, and the status."""
    found: list[dict[str, str | int]] = []
    for name in sorted(preview.files.sizes):
        read = next((one for ending, one in _READ_BY_ENDING.items() if name.lower().endswith(ending)), None)
        if read is None or preview.files.sizes[name] > _LARGEST:
            continue
        base = f"{preview.origin}{preview.base}{name}"
        for written in read((preview.root / name).read_text("utf-8", "replace")):
            status = _status(preview, written, base, told)
            if status is not None and status >= HTTPStatus.BAD_REQUEST and len(found) < MOST:
                ref = written[:MAX_URL]
                found.append({"key": f"{name} {ref}", "path": name, "ref": ref, "status": status})
    return found


def _status(preview: Preview, written: str, base: str, told: frozenset[str]) -> int | None:
    address = parse(written, base)
    url = without_fragment(address.url) if address is not None else ""
    if url in told or not preview.is_own(url):
        return None
    served = preview.served(url)
    return served.status if served.is_known else None
