"""A parsed page, in which elements are looked for: by their names, their attributes, and the addresses they hold.

In: what BeautifulSoup made of a page, and the page's address. Out: `Page`, and elements of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bs4.element import Tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bs4 import BeautifulSoup

Found = tuple[Tag, str] | None
"""An element, and the word in its text that is meant; empty for the element itself."""
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset", "content")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page, with its addresses in tables: a page may have 20,000 links, each with a finding."""

    soup: BeautifulSoup
    written: dict[str, Tag]
    """Address as written -> the first element that has it."""
    leads: dict[str, Tag]
    """Absolute address -> the first element that leads there."""


def index(soup: BeautifulSoup, url: str) -> Page:
    """Return the page at the address `url`, ready for `locate`."""
    page = Page(soup, {}, {})
    for tag in tags(page):
        for address in (value(tag, key).strip() for key in ADDRESSES if tag.has_attr(key)):
            page.written.setdefault(address, tag)
            page.leads.setdefault(_absolute(url, address), tag)
    return page


def _absolute(url: str, address: str) -> str:
    try:
        return urljoin(url, address)
    except ValueError:  # what can't be an address leads nowhere
        return address


def element(tag: object) -> Found:
    """Return what was found where it is an element: the whole of it."""
    return (tag, "") if isinstance(tag, Tag) else None


def tags(page: Page, *names: str) -> Iterable[Tag]:
    """Give the elements with these names, all where none is named, in the order of the page."""
    return (tag for tag in page.soup.find_all(list(names) or True) if isinstance(tag, Tag))


def value(tag: Tag, attribute: str) -> str:
    """Return an attribute as one text; empty where it is not there."""
    value = tag.get(attribute)
    return " ".join(value) if isinstance(value, list) else str(value or "")


def text(tag: Tag) -> str:
    """Return an element's text, white space collapsed."""
    return " ".join(tag.get_text().split())


def first(tags: Iterable[Tag], fits: Callable[[Tag], bool]) -> Found:
    """Return the first element that fits."""
    return next(((tag, "") for tag in tags if fits(tag)), None)
