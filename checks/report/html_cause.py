"""One cause in the HTML report: what is wrong, where, how to mend it, the place in the HTML and a picture of the page.

In: a `Cause` and the `Result` to look up snippet and screenshot. Out: an `article`. The album sees to it that a picture
is carried once, and that all of them together do not make a file that nobody can open.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.report.escape import web_address
from checks.report.markup import Safe, element, join, preformatted, with_code
from checks.report.result import OUTLINED
from checks.report.words import at_risk, clip, count, prefix, tellable

if TYPE_CHECKING:
    from checks.report.causes import Cause
    from checks.report.result import Document, Result

PAGES_SHOWN = 50
PAGES_OPEN = 5
PICTURE_BYTES = 24 * 1024 * 1024
"""Of all screenshots together, before base64 makes them a third longer."""
_LONGEST = 2000  # characters of one text
_LONGEST_LINK = 80
_SAMPLES = 3  # findings of a cause that are illustrated
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))


@dataclass(slots=True)
class Album:
    """The screenshots of a report: each is embedded once, as long as there is room."""

    result: Result
    room: int = PICTURE_BYTES
    shown: dict[bytes, str] = field(default_factory=dict)
    """Digest of a screenshot -> the id under which the report shows it: several findings may have the same picture."""

    def figure(self, cause: Cause) -> Safe:
        """Return the first screenshots of a cause, or links to where the report shows them already, or nothing."""
        for finding in cause.samples[:_SAMPLES]:
            fingerprint, page = str(finding.get("fingerprint", "")), str(finding.get("page") or "the site")
            now, before = self.result.screens(fingerprint), self.result.screens_before(fingerprint)
            if now and before and self.result.read_screen(now) == self.result.read_screen(before):
                return self._picture(now, page, "as rendered, and as it is live")
            if now or before:
                return join(
                    self._picture(now, page, "as rendered") if now else Safe(""),
                    self._picture(before, page, "as it is live") if before else Safe(""),
                )
        return Safe("")

    def _picture(self, name: str, page: str, how: str) -> Safe:
        data = self.result.read_screen(name) or b""
        kind = next((kind for start, kind in _KINDS if data.startswith(start)), None)
        if kind is None:
            return Safe("")
        digest = hashlib.sha256(data).digest()
        if digest in self.shown:
            shown = element("a", f"Screenshot of {page} {how}", href=f"#{self.shown[digest]}")
            return element("p", shown, class_="aside")
        if len(data) > self.room:
            return element("p", f"Screenshot of {page} {how}: {name} in the run folder", class_="aside")
        self.room -= len(data)
        self.shown[digest] = f"screen-{len(self.shown) + 1}"
        # Not through the escaper: the bytes are ours, and base64 has nothing to escape.
        source = Safe(f'<img alt="" loading="lazy" src="data:{kind};base64,{base64.b64encode(data).decode("ascii")}">')
        outlined = ", the element outlined" if f"{OUTLINED}." in name else ""
        caption = element("figcaption", f"{page} {how}{outlined}")
        return element("figure", source, caption, class_="screen", id=self.shown[digest])


def article(cause: Cause, album: Album) -> Safe:
    """Return the article about one cause."""
    finding = cause.first
    severity = str(finding.get("severity", ""))
    return element(
        "article",
        album.figure(cause),
        element("p", element("b", severity, class_="severity"), " ", _about(cause), class_="about"),
        element("h3", _text(finding.get("message"))),
        element("p", _text(finding.get("title")), " ", element("code", _text(finding.get("policy"))), class_="rule"),
        _values(finding),
        *(element("p", _text(said), class_="about") for said in cause.signed),
        element("p", element("b", "Fix"), " ", with_code(_text(finding.get("fix"))), class_="fix")
        if finding.get("fix")
        else Safe(""),
        _pages(cause),
        _snippet(cause, album.result),
        _foot(finding),
        class_=f"cause {severity if severity in ('error', 'warning', 'info') else ''}",
        id=anchor(finding),
    )


def _text(value: object) -> str:
    return clip(str(value or ""), _LONGEST)


def anchor(finding: Document) -> str:
    """Return the id of the article about the cause of `finding`."""
    return re.sub(r"[^0-9a-z]+", "-", str(finding.get("cause") or finding.get("fingerprint") or "cause").lower())


def _about(cause: Cause) -> Safe:
    where = count(cause.page_count, "page") if cause.page_count else "the site"
    several = count(cause.count, "finding") if cause.page_count and cause.count > cause.page_count else ""
    states = [f"{number:,} {state}" for state, number in sorted(cause.states.items()) if set(cause.states) != {"new"}]
    proposed = "proposed" if cause.first.get("proposed") else ""
    words = [
        _text(cause.first.get("owner")),
        where,
        several,
        *states,
        proposed,
        cause.opened,
        at_risk(cause.clicks, cause.conversions),
    ]
    return join(*(element("span", word) for word in words if word))


def _values(finding: Document) -> Safe:
    pairs = [
        join(element("dt", name), element("dd", said))
        for key, name in (("value", "found"), ("limit", "limit"))
        if (said := tellable(finding, key))
    ]
    return element("dl", *pairs, class_="values") if pairs else Safe("")


def _pages(cause: Cause) -> Safe:
    items = [element("li", element("code", _text(page))) for page in cause.pages]
    if cause.more_pages:
        items.append(element("li", f"and {cause.more_pages:,} more"))
    if len(items) <= PAGES_OPEN:
        return element("ul", *items, class_="pages") if items else Safe("")
    first, rest = items[: PAGES_OPEN - 1], items[PAGES_OPEN - 1 :]
    summary = element("summary", f"{cause.page_count - len(first):,} more pages")
    return join(
        element("ul", *first, class_="pages"),
        element("details", summary, element("ul", *rest, class_="pages")),
    )


def _snippet(cause: Cause, result: Result) -> Safe:
    for finding in cause.samples[:_SAMPLES]:
        snippet = result.snippets(str(finding.get("fingerprint", "")))
        if snippet:
            where = f"{_text(finding.get('page'))} line {snippet.get('line')}, column {snippet.get('column')}"
            return element(
                "figure",
                element("figcaption", where, " of the delivered HTML"),
                preformatted(_text(snippet.get("text"))),
                class_="snippet",
            )
    return Safe("")


def _foot(finding: Document) -> Safe:
    addresses = [address for one in finding.get("reference", ()) if (address := web_address(str(one)))]
    links = [element("a", _called(address), href=address, rel="noreferrer") for address in addresses]
    command = element("code", f"gonogo explain {prefix(str(finding.get('fingerprint', '')))}")
    return element("p", *(join(link, " ") for link in links), command, class_="foot")


def _called(address: str) -> str:
    """Return the host of an address and the last part of its path: two pages of one host are told apart by that."""
    host, *path = address.partition("://")[2].partition("#")[0].partition("?")[0].strip("/").split("/")
    return clip(f"{host}: {path[-1].removesuffix('.html')}" if path else host, _LONGEST_LINK)
