"""Redirects that are written as pages: by an instant meta refresh, or by a script that says nothing else.

In: the HTML of a page. Out: where it leads everybody, as written; None for a page that stays, or may lead elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from checks.facts.charset import decode
from checks.facts.reading import parse_document
from checks.facts.texts import well_formed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LATEST_REFRESH: Final = 999_999  # seconds
_INSTANT: Final = 1  # seconds; search engines read a refresh this quick as a permanent redirect
_REFRESH = re.compile(r"\s*(\d+)(?:\.[\d.]*)?\s*(?:[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']*))?", re.IGNORECASE)
_HERE = r"(?:(?:window|document|self)\s*\.\s*)?location"
_WRITTEN = r"""(["'])(?P<target>[^"'\\\s<>]{1,2000})\1"""
_LEADING = (
    re.compile(rf"\s*{_HERE}(?:\s*\.\s*href)?\s*=\s*{_WRITTEN}\s*;?\s*"),
    re.compile(rf"\s*{_HERE}\s*\.\s*(?:replace|assign)\s*\(\s*{_WRITTEN}\s*\)\s*;?\s*"),
)
"""Scripts that are one statement, which leads to a text that stands in it."""
_POLICY: Final = "meta[http-equiv='content-security-policy' i]"
_CLASSIC: Final = frozenset({"", "text/javascript", "application/javascript"})


@dataclass(frozen=True, slots=True)
class PageRedirect:
    """Where a page leads."""

    target: str
    """As written."""
    scripted: bool = False
    """Whether it takes a script that stands in the page, which a content security policy can forbid."""


def html_redirect(document: str | bytes) -> PageRedirect | None:
    """Return where a page leads everybody at once; None when the document is no redirect.

    What stands in noscript or template does not count, for browsers that run scripts never see it; unless the one
    script of the page leads them to the very same place (as javadoc writes it).
    """
    source = decode(document, None)[0] if isinstance(document, bytes) else document
    if "refresh" not in source.lower():
        return None
    for node in parse_document(source).css("meta[http-equiv]"):
        if _is_refresh(node):
            target = _instant(node)
            return PageRedirect(target) if target is not None else None
    return _by_script(LexborHTMLParser(well_formed(source)))


def refresh_target(content: str, within_seconds: int) -> str | None:
    """Return the target of a meta refresh's content, where it goes elsewhere within so many seconds."""
    match = _REFRESH.match(content)
    if match is None or int(match.group(1)[:6]) > within_seconds:
        return None
    return (match.group(2) or "").strip() or None


def _by_script(parser: LexborHTMLParser) -> PageRedirect | None:
    """Return where both the only script of a page and its refresh for those without scripts lead."""
    scripts = parser.css("script")
    refresh = next((node for node in parser.css("noscript meta[http-equiv]") if _is_refresh(node)), None)
    if refresh is None or len(scripts) != 1 or parser.css_first(_POLICY) is not None:
        return None
    # A handler may lead elsewhere while the script's target is still on its way.
    if any(name.startswith("on") for node in parser.css("*") for name in node.attributes):
        return None
    target = _instant(refresh)
    return PageRedirect(target, scripted=True) if target is not None and _leads(scripts[0]) == target else None


def _leads(script: LexborNode) -> str | None:
    attributes = script.attributes
    kind = (attributes.get("type") or "").strip().lower()
    if "src" in attributes or kind not in _CLASSIC:
        return None
    found = next((match for one in _LEADING if (match := one.fullmatch(script.text()))), None)
    return found["target"] if found else None


def _is_refresh(node: LexborNode) -> bool:
    return (node.attributes.get("http-equiv") or "").strip().lower() == "refresh"


def _instant(node: LexborNode) -> str | None:
    return refresh_target(node.attributes.get("content") or "", _INSTANT)
