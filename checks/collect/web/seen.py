"""What is told of a preview that is a URL in the site document: its redirects, and what the platform adds.

In: the record, and what was taken away. Out: facts.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.facts.site_visit import Redirect
from checks.settings.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.collect.preview import Preview
    from checks.collect.web.web import Web

_NAMED = 5
_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


def redirects(web: Web, preview: Preview, temporary: Sequence[str]) -> Iterator[Redirect]:
    """Give every redirect that was met, followed to its end; `temporary`: patterns of the settings."""
    for path in web.store.redirects():
        source = preview.origin + path
        served = preview.served(source)
        if not served.hops:
            continue
        inside = not served.loop and preview.is_own(served.url) and served.is_known
        first = served.hops[0]
        yield Redirect(
            source=source,
            target=first.to,
            status=first.status,
            kind="host",
            final_status=served.status if inside else None,
            hops=len(served.hops),
            urls=(*(hop.url for hop in served.hops), served.url),
            loop=served.loop,
            permanent=first.status in _PERMANENT,
            declared_temporary=any(matches(pattern, path) for pattern in temporary),
        )


def notes(web: Web) -> Iterator[str]:
    """Give what the report must say of a preview that is a URL."""
    yield "the preview is a URL: files and redirects that nothing leads to, and no known name, were not seen"
    left = sum(1 for _, _, excluded in web.store.gaps() if excluded)
    if left:
        yield f"{left} addresses of the preview are left out by `limits`; coverage.jsonl names them"
    platform, added = web.sifter.platform, injected(web)
    if platform is not None and added:
        told = "; ".join(f"{one['entry']} ({one['answers']} answers)" for one in added[:_NAMED])
        yield f"not judged, for {platform.name} adds it to previews: {told}"
    if any(one["what"].startswith("x-robots-tag") for one in added):
        yield "whether the build, too, sends x-robots-tag, a URL does not show: judge the folder for that"


def injected(web: Web) -> list[dict[str, Any]]:
    """Return what the platform adds to the preview, and no rule judges."""
    platform = web.sifter.platform
    return [
        {
            "entry": f"{one.kind} {one.what}",
            "kind": one.kind,
            "what": one.what,
            "platform": platform.name if platform else "",
            "source": platform.source if platform else "",
            "answers": told.answers,
            "example": told.example,
        }
        for one, told in sorted(web.sifter.added.items(), key=lambda item: (item[0].kind, item[0].what))
    ]
