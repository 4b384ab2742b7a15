"""How much of a page BeautifulSoup may be given: what it would read in reasonable time.

In: HTML. Out: the part of it that is safe to parse, or None. Two things make it slow out of all proportion, both seen:
a construct that is never closed, and elements that are never closed and nest thousands deep.
"""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

STEPS = 20_000_000
"""Steps up the tree that parsing may take: some two seconds. 5,000 paragraphs that are never closed take 12 million."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)


def parsable(html: str) -> str | None:
    """Return `html` up to the first construct that is never closed; None where the rest would take too long to parse.

    At the end of its input, the parser takes the `<` of such a construct for text and tries again from the next one,
    each time up to the end: 100 KB of `<a ` take it minutes. Raises AssertionError for declarations it gives up on.
    """
    walk = _Walk(convert_charrefs=False)
    walk.feed(html)
    return html[: len(html) - len(walk.rawdata)] if walk.steps <= STEPS else None


class _Walk(HTMLParser):
    """Counts the steps: after each end tag, BeautifulSoup climbs from there to the root of what is open."""

    steps = 0

    def reset(self) -> None:
        super().reset()
        self._open: list[str] = []
        self._count: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        if tag not in _VOID:
            self._open.append(tag)
            self._count[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<p/>` for a whole element, as BeautifulSoup does."""

    def handle_endtag(self, tag: str) -> None:
        self.steps += len(self._open)
        while self._count[tag]:
            last = self._open.pop()
            self._count[last] -= 1
            if last == tag:
                return
