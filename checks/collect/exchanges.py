"""What a page asked for and what it got, one exchange for each address.

In: what the recorder saw, the host model. Out: exchanges, sorted. What the preview itself answers is taken from the
host model, not from the browser, whose warm cache answers differently from page to page.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from checks.facts.visit import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.collect.assets import Assets
    from checks.collect.preview import Preview
    from checks.collect.recorder import Seen

_ANSWERS: Final = {"recorded": "recorded", "refused": "refused", "blocked": "blocked"}
_TYPES: Final = ("document", "script", "style", "font", "image", "media", "fetch", "other")
"""The kinds of requests, what weighs most first."""


def of(requests: Iterable[Seen], preview: Preview, assets: Assets) -> tuple[Exchange, ...]:
    """Return one exchange for each address and method: the same address may be asked for twice."""
    by_key: dict[tuple[str, str], list[Exchange]] = {}
    for seen in requests:
        by_key.setdefault((seen.url, seen.method), []).append(_exchange(seen, preview, assets))
    return tuple(min(by_key[key], key=_rank) for key in sorted(by_key))


def _rank(exchange: Exchange) -> tuple[bool, int, bool, str]:
    """Return what is least for the request that says most, in whatever order the browser tells of them.

    One that an error is known of, then the one as what its answer weighs most: a style sheet that is asked for as a
    script as well is a script of the wrong type.
    """
    return exchange.error is None, _TYPES.index(exchange.type), exchange.by_script, exchange.mixed or "none"


def _exchange(seen: Seen, preview: Preview, assets: Assets) -> Exchange:
    error = None if seen.error == "canceled" else seen.error
    if preview.is_own(seen.url):
        served = preview.answer_at(seen.url)
        if not served.is_known:
            return _unknown(seen)
        blocked = error is not None and error.startswith("blocked")
        status = (
            None
            if blocked
            else served.status
            if seen.method in {"GET", "HEAD"}
            else HTTPStatus.METHOD_NOT_ALLOWED.value
        )
        return Exchange(
            url=seen.url,
            type=seen.type,
            method=seen.method,
            status=status,
            error=error if blocked or status is None or status < HTTPStatus.BAD_REQUEST else None,
            content_type=served.content_type,
            body_bytes=None if blocked else served.size,
            transfer_bytes=None if blocked else preview.transfer(served),
            answered="preview",
            mixed=seen.mixed,
            by_script=seen.by_script,
            asset=None if blocked or seen.type == "document" else assets.of(served),
        )
    return Exchange(
        url=seen.url,
        type=seen.type,
        method=seen.method,
        status=seen.status,
        error=error,
        content_type=seen.content_type,
        body_bytes=seen.bytes or None,
        transfer_bytes=seen.bytes or None,
        answered=_ANSWERS.get(seen.answered or "", "allowed"),
        mixed=seen.mixed,
        by_script=seen.by_script,
    )


def _unknown(seen: Seen) -> Exchange:
    """Return the exchange with something that the build does not show: what our server said only stood in for it."""
    return Exchange(
        url=seen.url,
        type=seen.type,
        method=seen.method,
        status=None,
        error=None,
        content_type=None,
        body_bytes=None,
        transfer_bytes=None,
        answered="not-emulated",
        mixed=seen.mixed,
    )
