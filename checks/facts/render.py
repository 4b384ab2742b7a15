"""How a page came out: blank, an error screen, a login, or a not-found page that answers 200.

In: what the browser saw, and the rendered document. Out: the group `render`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.blank import is_blank
from checks.facts.reference import reference
from checks.facts.texts import clip, collapse, well_formed
from checks.facts.urls import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.answers import Hidden
    from checks.facts.reading import Reading
    from checks.facts.visit import InPage, Overlay, Visit

_SCREENS = reference("error_screens")
_NOT_FOUND = frozenset(reference("phrases")["not_found"])
_GATES = tuple(reference("phrases")["gates"])
_SEPARATOR = re.compile(r"\s+[|\u2013\u2014·•»:-]\s+|\s*[|·•»]\s*")
_OK, _BAD = 200, 400
_MOST_SCRIPTS = 20
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SHORT = max(_SCREENS["max_words"], _SCREENS["auth_max_words"])
_AUTH_STATUSES = frozenset({401, 403, 407})


def render(visit: Visit, in_page: InPage, reading: Reading, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the group `render`; `reading` is that of the rendered document, `document` the page document so far."""
    titles = [document["title"]["text"] or "", *document["headings"]["h1"]]
    words = document["text"]["words"]
    # A page with much to say is neither an error screen nor a login.
    text = collapse(f"{titles[0]} {reading.text()}").lower() if words <= _SHORT else ""
    asks = any(form["has_password"] for form in document["forms"])
    return {
        "blank": is_blank(in_page),
        "screenshot_entropy": in_page.screenshot_entropy,
        "error_screen": error_screen(text, words),
        "soft_404": visit.status == _OK and any(says_not_found(title) for title in titles),
        "auth_wall": auth_wall(visit, text, words, asks_password=asks),
        "overflow_px": max(0, in_page.overflow_px),
        "viewport": {"width": in_page.viewport_width, "height": in_page.viewport_height, "scale": in_page.scale},
        "visible_media_share": round(in_page.visible_media_share, 3),
        "dialogs": visit.dialogs,
        "downloads": visit.downloads,
        "popups": visit.popups,
        "closed_itself": visit.closed_itself,
        "navigations": visit.navigations,
        "small_text_share": None if in_page.small_text is None else round(in_page.small_text, 3),
        "unreadable": [{"text": text} for text in sorted({_spelled(one) for one in in_page.unreadable})],
        "overlay": _overlay(in_page.overlay),
        "hidden": _hidden(in_page.hidden, visit),
    }


def _spelled(text: str) -> str:
    """Return a text with the numbers of its private letters, which nobody could see without their font."""
    return clip(_PRIVATE.sub(lambda letter: f"U+{ord(letter[0]):04X}", collapse(text)), 40)


def _overlay(overlay: Overlay | None) -> dict[str, Any] | None:
    """Return what lies over the first screen; consent and age gates have to be there, and say what they are."""
    if overlay is None:
        return None
    text = collapse(well_formed(overlay.text))
    return {
        "share": round(overlay.share, 3),
        "selector": overlay.selector,
        "text": clip(text, 200),
        "is_gate": any(word in text.casefold() for word in _GATES),
    }


def _hidden(hidden: Hidden | None, visit: Visit) -> dict[str, Any] | None:
    """Return what hides the page, and which scripts did not come that may have been meant to show it."""
    if hidden is None:
        return None
    names = "".join(f".{name}" for name in hidden.classes.split())
    missing = {
        one.url
        for one in visit.exchanges
        if one.type == "script" and one.answered != "not-emulated" and (one.status is None or one.status >= _BAD)
    }
    return {
        "element": clip(well_formed(f"{hidden.element}{'#' + hidden.id if hidden.id else ''}{names}"), 200),
        "how": hidden.how,
        "scripts_missing": sorted(clip(url, MAX_URL) for url in missing)[:_MOST_SCRIPTS],
    }


def error_screen(text: str, words: int) -> str | None:
    """Name the crash or host error screen that a short text is, in lower case; longer ones may speak of one."""
    if words > _SCREENS["max_words"]:
        return None
    return next((s["name"] for s in _SCREENS["crashes"] if all(p.lower() in text for p in s["phrases"])), None)


def auth_wall(visit: Visit, text: str, words: int, *, asks_password: bool) -> bool:
    """Whether the page is a request to log in; `text` in lower case."""
    if visit.status in _AUTH_STATUSES or any(name.lower() == "www-authenticate" for name, _ in visit.headers):
        return True
    if words > _SCREENS["auth_max_words"]:
        return False
    return any(
        (asks_password or not screen["password"]) and all(phrase.lower() in text for phrase in screen["phrases"])
        for screen in _SCREENS["auth"]
    )


def says_not_found(title: str) -> bool:
    """Whether a title, or the part of it that stands first, is one of a not-found page as a whole."""
    whole = title.strip().casefold()
    return whole in _NOT_FOUND or _SEPARATOR.split(whole, maxsplit=1)[0] in _NOT_FOUND
