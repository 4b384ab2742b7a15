"""What a site answers at addresses that are not there: its error page, at the root and in each section.

In: the preview, and the files of its pages. Out: `NotFound`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from checks.collect import hosting
from checks.collect.addresses import PROBE
from checks.facts import nesting
from checks.facts.site_visit import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.preview import Preview

_SECTIONS_PROBED: Final = 10
_SECURITY: Final = hosting.SECURITY_HEADERS - {"cross-origin-opener-policy"}


def not_found(preview: Preview, path_of: Mapping[str, str]) -> NotFound | None:
    """Return what wrong addresses answer; None where the build does not show it. `path_of` names the files of pages."""
    base = preview.base
    sections = sorted({f"{base}{name.split('/')[0]}/" for name in path_of if "/" in name})
    probes = {
        path: preview.served(preview.origin + path)
        for path in (f"{section}{PROBE}/" for section in (base, *sections[:_SECTIONS_PROBED]))
    }
    if not all(served.is_known for served in probes.values()):
        return None
    answers = tuple((path, served.status) for path, served in probes.items())
    at_root = probes[f"{base}{PROBE}/"]
    if at_root.file is None or at_root.status < HTTPStatus.BAD_REQUEST:
        return NotFound(None, answers)
    body = at_root.file.read_bytes()
    links = 0 if nesting.too_deep(body) else len(LexborHTMLParser(body).css("a[href]"))
    at_home = {name.lower() for name, _ in preview.served(preview.origin + base).headers}
    missing = (_SECURITY & at_home) - {name.lower() for name, _ in at_root.headers}
    return NotFound(at_root.file.relative_to(preview.root).as_posix(), answers, links, tuple(sorted(missing)))
