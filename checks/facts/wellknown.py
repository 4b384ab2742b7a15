"""Files that others look for at a fixed place: what is wrong with them.

In: their text, their media type, the day, and a way to ask what the site answers. Out: problems in plain words, sorted.
https://www.rfc-editor.org/rfc/rfc9116 for security.txt, https://llmstxt.org for llms.txt.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from checks.facts.texts import clip
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIELD = re.compile(r"^([A-Za-z-]{1,40}):[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+\S", re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]{1,300}\]\(([^)\s]{1,2000})\)")
_YEAR = timedelta(days=366)
_LEAST_CHARACTERS = 50
_MOST_LINKS = 200
_OK = 200
_SHOWN = 200
_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown"})


def security_txt(text: str, content_type: str | None, today: date) -> list[str]:
    """Return what is wrong with a security.txt."""
    fields: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(text):
        fields.setdefault(name.lower(), []).append(value)
    found = [] if content_type in {None, "text/plain"} else [f"it is sent as {content_type}, not as text/plain"]
    contacts = fields.get("contact", [])
    if not contacts:
        found.append("it names no Contact")
    elif not any(value.lower().startswith(("mailto:", "https:", "tel:")) for value in contacts):
        found.append("its Contact is no address that begins with mailto:, https: or tel:")
    return sorted([*found, *_expiry(fields.get("expires", []), today)])


def _expiry(values: list[str], today: date) -> Iterator[str]:
    if len(values) != 1:
        yield "it names no Expires" if not values else "it names several Expires"
        return
    try:
        until = datetime.fromisoformat(values[0]).date()
    except ValueError:
        yield "its Expires is no date"
        return
    if until < today:
        yield f"it expired on {until.isoformat()}"
    elif until - today > _YEAR:
        yield "its Expires is more than a year away"


def llms_txt(text: str, content_type: str | None, base: str, status_of: Callable[[str], int | None]) -> list[str]:
    """Return what is wrong with an llms.txt at `base`; `status_of` says what the site answers, None for others."""
    found = set()
    if content_type is not None and content_type not in _PLAIN:
        found.add(f"it is sent as {content_type}, not as text/plain or text/markdown")
    if len(_HEADING.findall(text)) != 1:
        found.add("it has not exactly one heading of the first level")
    if len(text.strip()) < _LEAST_CHARACTERS:
        found.add(f"it has fewer than {_LEAST_CHARACTERS} characters")
    links = _LINK.findall(text)
    if not links:
        found.add("it links to nothing")
    for href in dict.fromkeys(links[:_MOST_LINKS]):
        address = parse(href, base)
        status = status_of(address.url) if address is not None and address.is_web else None
        if status is not None and status != _OK:
            found.add(f"it links to {clip(href, _SHOWN)}, which answers with status {status}")
    return sorted(found)
