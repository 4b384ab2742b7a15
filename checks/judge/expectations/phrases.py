"""The closed list of what a line of the sheet can say must hold.

Tables only; what each phrase means stands in `meanings.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checks.judge.expectations import meanings

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.judge.address import Place
    from checks.judge.expectations.meanings import Rule


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that a line can say."""

    build: Callable[[str, Place], Rule]
    value: str
    """What its value is, in words; empty where it has none."""
    fix: str
    reads: str = "page"
    many: bool = False
    """Whether several values can hold of one page, so that the value is part of what the line is."""


_TEXT, _NUMBER, _ADDRESS = "the words", "a number", "a path or an address"
PHRASES: Final[dict[str, Phrase]] = {
    "mentions": Phrase(meanings.mentions, _TEXT, "Write these words into the main text of the page.", many=True),
    "never mentions": Phrase(meanings.never_mentions, _TEXT, "Take these words out of the page.", many=True),
    "title mentions": Phrase(meanings.title_mentions, _TEXT, "Write these words into the title.", many=True),
    "title at most": Phrase(meanings.at_most("title.length"), _NUMBER, "Shorten the title."),
    "title at least": Phrase(meanings.at_least("title.length"), _NUMBER, "Say more in the title."),
    "description at most": Phrase(meanings.at_most("description.length"), _NUMBER, "Shorten the meta description."),
    "description at least": Phrase(
        meanings.at_least("description.length"), _NUMBER, "Say more in the meta description."
    ),
    "words at least": Phrase(meanings.at_least("text.main_words"), _NUMBER, "Say more on the page."),
    "has structured data": Phrase(
        meanings.structured_data, "a type", "Add structured data of this type to the page.", many=True
    ),
    "structured data says": Phrase(
        meanings.structured_data_says, "the name of a property", "Add the property to the structured data.", many=True
    ),
    "has one h1": Phrase(
        meanings.const("headings.h1_count", value=1, other=0), "", "Give the page one first-level heading."
    ),
    "language is": Phrase(meanings.language, "a language", "Set the lang attribute of the html element."),
    "is indexable": Phrase(meanings.yes("indexable"), "", "`gonogo facts PAGE` says why not: indexability_reasons."),
    "is not indexable": Phrase(meanings.no("indexable"), "", "Add a robots meta tag with noindex."),
    "is in the sitemap": Phrase(meanings.yes("sitemap.listed"), "", "List the page's address in the sitemap."),
    "is not in the sitemap": Phrase(meanings.no("sitemap.listed"), "", "Take the page's address out of the sitemap."),
    "canonical is itself": Phrase(meanings.canonical, "", "Let the canonical link name the page's own address."),
    "answers with": Phrase(meanings.status, "a status", "Let the host answer with this status."),
    "redirects to": Phrase(meanings.redirects, _ADDRESS, "Add the redirect to the host's settings.", reads="site"),
    "links to": Phrase(meanings.links_to, _ADDRESS, "Add the link to the page.", many=True),
    "loads no third party": Phrase(
        meanings.no_third_party, "", "Serve what it loads from the site itself, or leave it out."
    ),
}
"""Phrase -> what it means."""
SAME: Final = {
    "does not mention": "never mentions",
    "must not mention": "never mentions",
    "must mention": "mentions",
    "mention": "mentions",
    "is noindex": "is not indexable",
    "is not indexed": "is not indexable",
    "loads no third parties": "loads no third party",
    "canonical is self": "canonical is itself",
    "has a structured data": "has structured data",
}
"""Other ways of saying the same."""
