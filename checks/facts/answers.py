"""Parts of what the browser said of a page: what its own policy kept from it, what hides it, and what stays behind.

In: nothing; the collector fills these records. Out: members of `checks.facts.visit.InPage`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that the page's Content Security Policy kept from it, as the browser's event says it."""

    directive: str
    blocked: str
    """An address, or a word such as `inline` and `eval`."""
    enforced: bool
    """False for a policy that only reports."""
    sample: str = ""
    source: str = ""
    """Address of the file that asked for it; empty for the document's own markup."""


@dataclass(frozen=True, slots=True)
class Accessible:
    """What was asked of the page about access; each member ends with the opening tag of its element."""

    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Rules, and the places where the browser itself knows that they are broken."""
    aria: tuple[tuple[str, str, str], ...] = ()
    """ARIA attributes with their values; free texts are left out."""
    roles: tuple[tuple[str, str, tuple[str, ...], str], ...] = ()
    """Roles as written, the kind of element (of an input, its type), and the ARIA attributes beside them."""
    autocomplete: tuple[tuple[str, str], ...] = ()
    """Values of `autocomplete` that the browser does not take."""
    langs: tuple[tuple[str, str], ...] = ()
    """Languages of parts of the page."""
    texts: tuple[tuple[str, str, float, float, str], ...] = ()
    """Colours of text and of what is behind it, size and weight of the font; each combination once."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What hides the page as a whole, though its text is there."""

    element: str
    """Its tag."""
    id: str
    classes: str
    how: str
    """The declaration that hides it."""


@dataclass(frozen=True, slots=True, order=True)
class Worker:
    """A service worker that is registered when the page has settled."""

    url: str
    """Address of its script; empty where it is gone already."""
    scope: str
