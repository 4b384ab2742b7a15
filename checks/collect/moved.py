"""Where the host's rules lead from the origins that the site was published under before: the fact `moved_from`.

In: the settings, the build, the preview, the addresses there that exports or the baseline know. Out: one entry for each
old origin. The same build is asked as that host would be: a rule that is written for the old name answers, others
answer as for any name.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from checks.collect import discover, hosts
from checks.collect.preview import MOST_HOPS
from checks.facts.urls import parse, without_fragment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from checks.collect.hosts import Host
    from checks.collect.preview import Preview
    from checks.settings import Settings

_MOST_ASKED: Final = 5_000
_MOST_TOLD: Final = 500
_PERMANENT: Final = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


def moved_from(settings: Settings, root: Path, preview: Preview, known: Iterable[str]) -> list[dict[str, Any]]:
    """Return what the rules show of each old origin; `known`: addresses there, those that are worth most first."""
    if not settings.exports.moved_from:
        return []
    build = discover.built(settings, root)
    named = list(islice(known, _MOST_ASKED))
    found = []
    for origin in sorted(settings.exports.moved_from):
        host = hosts.make(preview.host.name, replace(build, origin=origin), settings.base_path)
        there = [one[len(origin) :] for one in named if one.startswith(f"{origin}/")]
        asked = list(dict.fromkeys([preview.base, *settings.key_pages, *there]))
        answers = [_Way(origin, path, host, preview) for path in asked]
        wrong = [told for way in answers if (told := way.wrong()) is not None]
        found.append(
            {
                "origin": origin,
                "asked": len(asked),
                "not_shown": sum(not way.led for way in answers),
                "wrong": sorted(wrong, key=lambda one: str(one["url"]))[:_MOST_TOLD],
                "wrong_total": len(wrong),
            }
        )
    return found


class _Way:
    """The way from one old address: on the old origin, then on the new one."""

    def __init__(self, origin: str, path: str, host: Host, preview: Preview) -> None:
        self.url = origin + path
        self._path, self._preview = path, preview
        self.led: str | None = self.url
        """The address on another origin that the rules lead to; None: they do not lead away."""
        self.status: int | None = None
        self.first: int | None = None
        self._follow(origin, host)

    def _follow(self, origin: str, host: Host) -> None:
        here, url = self._path, self.url
        for _ in range(MOST_HOPS):
            answer = host.answer(*here.partition("?")[::2])
            if answer.location is None or answer.unknown is not None:
                # The host itself answers there: its settings may lead on, and its files do not show it.
                self.led = None
                return
            self.first = self.first or answer.status
            led = parse(answer.location, url)
            if led is None:
                return
            url = without_fragment(led.url)
            if not url.startswith(f"{origin}/"):
                self.led = url
                return
            here = url[len(origin) :]
        self.led = url

    def wrong(self) -> dict[str, Any] | None:
        """Return what is wrong with where it leads; None: nothing, or the rules do not show it."""
        if self.led is None:
            return None
        why = self._why(self.led)
        return None if why is None else {"url": self.url, "to": self.led, "status": self.status, "why": why}

    def _why(self, led: str) -> str | None:
        preview = self._preview
        if not preview.is_own(led):
            return "another_origin"
        served = preview.served(led)
        self.status = served.status if served.is_known and preview.is_own(served.url) else None
        if served.loop or (self.status is not None and self.status >= HTTPStatus.MULTIPLE_CHOICES):
            return "not_answered"
        if preview.path_of(served.url) == preview.base and self._path.partition("?")[0] != preview.base:
            return "to_home"
        return "temporary" if self.first not in _PERMANENT else None
