"""HTML put together from elements: what is not an element is text, and is escaped here and nowhere else.

In: names of elements, texts, attributes. Out: `Safe` strings. A plain string can't become markup by being forgotten.
"""

from __future__ import annotations

from checks.report.escape import html, html_lines
from checks.report.words import code_spans

VOID = frozenset({"meta", "link", "img", "br", "rect"})


class Safe(str):
    """Markup that was made here."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str | float | None) -> Safe:
    """Return an element; children that are not `Safe` are escaped. Attributes that are None or empty are left out.

    `class_` becomes class, `http_equiv` becomes http-equiv. Names are ours and are not escaped.
    """
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{html(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    opening = f"<{name}{written}>"
    return Safe(opening if name in VOID else f"{opening}{join(*children)}</{name}>")


def join(*children: str) -> Safe:
    """Return the children one after the other; those that are not `Safe` are escaped."""
    return Safe("".join(child if isinstance(child, Safe) else html(child) for child in children))


def with_code(text: str) -> Safe:
    """Return a text of ours or of a policy, in which what stands between backticks is code."""
    return join(*(element("code", part) if code else part for code, part in code_spans(text)))


def preformatted(text: str) -> Safe:
    """Return a `pre` that shows `text` with its line breaks."""
    # The parser drops a line feed right after the start tag.
    return Safe(f"<pre>\n{html_lines(text)}</pre>")
