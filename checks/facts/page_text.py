"""What a page says in words, and what in them should not be there.

In: the twin of the rendered look. Out: the group `text` of the page document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts import content
from checks.facts.listing import empty_listing
from checks.facts.placeholders import placeholder_hits
from checks.facts.written_language import language

if TYPE_CHECKING:
    from checks.facts.twin import Twin


def text_group(shown: Twin) -> dict[str, Any]:
    """Return the group `text`."""
    reading, facts = shown.look.reading, shown.facts
    stretches, headings = content.prose(reading), content.heading_prose(reading)
    places = (
        ("title", [facts["title"]["text"] or ""]),
        ("description", [facts["description"]["text"] or ""]),
        ("heading", headings),
        ("structured-data", shown.graph.texts),
        ("alt", [one.attrs.get("alt", "") for one in reading.all("img")]),
        ("prose", stretches),
    )
    return {
        **content.spoken(reading),
        "words": shown.words.words,
        "main_words": shown.words.main_words,
        "placeholder_hits": placeholder_hits(places),
        "empty_listing": empty_listing((*headings, *stretches), shown.words.main_words),
        "language": language(reading, facts["lang"]["html"]),
        "mojibake_hits": content.mojibake_hits(stretches),
        "localhost_mentions": content.localhost_mentions(stretches),
    }
