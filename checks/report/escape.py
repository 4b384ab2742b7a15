"""The output layer: all text that came from a page is hostile, and each medium has one function that makes it harmless.

In: any string, lone surrogates, control characters and markup included. Out: a string that stands in its medium as text
and as nothing else. Every function begins with `visible`, so what can't be seen, or changes how its neighbours are
seen, is written out everywhere alike. What the tests hold for each function stands in tests/report/test_escape.py.
"""

from __future__ import annotations

import html as _html
import json
import re
from typing import Any

_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029 ]+")
# Lone surrogates and non-characters have no encoding, or none that every parser takes.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# C0, DEL, C1; what turns the direction of writing (https://trojansource.codes); what has no width. The joiners U+200C
# and U+200D stay: Persian, Hindi and many emoji are misspelt without them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""Return `text` on one line, without characters that can't be seen: U+202E becomes the six characters \u202e."""
    if text.isascii() and text.isprintable() and "  " not in text:  # nearly all texts, in a tenth of the time
        return text
    one_line = _SPACES.sub(" ", _NO_CHARACTER.sub("\ufffd", text))
    return _UNSEEN.sub(_written_out, one_line)


def visible_lines(text: str) -> str:
    """Like `visible`, but keep line breaks (as LF) and turn tabs into spaces: for snippets of source code."""
    return "\n".join(visible(re.sub("\t", "    ", line)) for line in re.split(r"\r\n|\r|\n", text))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:  # noqa: PLR2004 - the widths of the three notations that Python, C and JavaScript share
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - as above


# ------------------------------------------------------------------------------------------------------------- terminal


def terminal(text: str) -> str:
    """Return `text` for a terminal or a build log: no escape sequence, and no command of a CI system.

    GitHub reads `::name::` at the start of a line and `##[name]` anywhere, Azure `##vso[`, TeamCity `##teamcity[`.
    A space between the marks is seen by people and is a command to nobody; where a line starts is not known here.
    """
    return _CI_BRACKET.sub("# #", visible(text).replace("::", ": :").replace("::", ": :"))


def terminal_line(text: str) -> str:
    """Like `terminal`, but runs of spaces stay, for they are indents and columns."""
    return "".join(part if part.startswith(" ") else terminal(part) for part in re.split("( +)", text))


_CI_BRACKET = re.compile(r"##(?=\w*\[)")


# ----------------------------------------------------------------------------------------------------------------- HTML


def html(text: str) -> str:
    """Return `text` for an HTML text node or a quoted attribute value."""
    return _html.escape(visible(text), quote=True)


def html_lines(text: str) -> str:
    """Return `text` for the inside of a `pre`: like `html`, line breaks kept."""
    return _html.escape(visible_lines(text), quote=True)


def visible_json(text: str) -> str:
    """Return the text of a JSON document, in whose strings what can't be seen is written out as in `visible`.

    Line breaks and the other control characters are escapes in JSON, and stay.
    """
    return _UNSEEN.sub(lambda match: match[0] if match[0] == "\n" else "\\" + _written_out(match), text)


def web_address(text: str) -> str | None:
    """Return `text` if it may be a link's target in a report (http or https, nothing odd in it), else None."""
    return text if _WEB_ADDRESS.fullmatch(text) else None


_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.:-]*(?:[/?#][A-Za-z0-9/?#@!$&'*+,;=:%._~-]*)?")


# ------------------------------------------------------------------------------------------------------------- Markdown

# A zero width space. Mentions are looked for in text nodes, after Markdown was read, where a backslash is gone already.
_BREAK = "&#8203;"
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~$&]")
_LEADING = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")  # begins a list, or underlines a heading
_LINKED_LATE = re.compile(
    r"@(?=\w)"  # @user, @org/team, and mail addresses
    r"|#(?=\d)"  # an issue
    r"|(?<=\bGH)-(?=\d)"  # likewise
    r"|:(?=//)"  # an address
    r"|(?<=\bwww)\."  # likewise
    r"|:(?=[\w+-]+:)",  # an emoji by name
    re.IGNORECASE,
)


def markdown(text: str) -> str:
    """Return `text` for running text or a table cell of GitHub Flavored Markdown: no markup, mention, link or image.

    Numbers of issues, mentions and addresses get a zero width space that keeps the platform from linking them.
    """
    words = visible(text).strip(" ")
    pieces, last = [], 0
    for found in _LINKED_LATE.finditer(words):
        pieces += [_escaped(words[last : found.start()]), _broken(found[0])]
        last = found.end()
    return _LEADING.sub(r"\1\\", "".join([*pieces, _escaped(words[last:])]))


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), text)


def _broken(mark: str) -> str:
    # A dot or a dash ends what it follows, so the break stands before it; the others begin something.
    return _BREAK + _escaped(mark) if mark in ".-" else _escaped(mark) + _BREAK


# Whether `\|` ends a cell after a backslash is read differently by different parsers; an entity never does.
_ENTITIES = {"|": "&#124;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}


def markdown_code(text: str) -> str:
    """Return `text` as a code span of Markdown. Not for table cells: a pipe in a code span ends the cell."""
    code = visible(text)
    fence = "`" * (max(map(len, re.findall("`+", code)), default=0) + 1)
    padding = " " if code.startswith(("`", " ")) or code.endswith(("`", " ")) else ""
    return f"{fence}{padding}{code}{padding}{fence}" if code.strip(" ") else ""


def markdown_block(text: str) -> str:
    """Return `text` as a fenced code block of Markdown, without a line break at its end."""
    code = visible_lines(text)
    fence = "`" * max(3, max(map(len, re.findall("`+", code)), default=0) + 1)
    return f"{fence}\n{code}\n{fence}"


# --------------------------------------------------------------------------------------------------------- XML and JSON


def xml(text: str) -> str:
    """Return `text` with characters that XML 1.0 can hold; the writer of the tree escapes the markup.

    GitLab and Jenkins take `[[ATTACHMENT|path]]` in a report of tests for an order to show a file of the runner.
    https://docs.gitlab.com/ci/testing/unit_test_reports/#view-junit-screenshots-on-gitlab
    """
    return _ATTACHMENT.sub("[ [", visible(text))


def xml_lines(text: str) -> str:
    """Like `xml`, line breaks kept."""
    return _ATTACHMENT.sub("[ [", visible_lines(text))


_ATTACHMENT = re.compile(r"\[\[(?=\s*ATTACHMENT)", re.IGNORECASE)


def xml_document(text: str) -> str:
    """Return XML that means the same and can be printed into a build log: no command in it (see `terminal`)."""
    return _COMMAND_LINE.sub(r"\1&#58;:", text.replace("##", "#&#35;"))


_COMMAND_LINE = re.compile(r"^(\s*)::", re.MULTILINE)


def json_text(value: Any) -> str:
    """Return a JSON value as one line that can be written as UTF-8, and printed into a build log likewise."""
    return json.dumps(json_value(value), ensure_ascii=False).replace("##", "#\\u0023")


def json_value(value: Any) -> Any:
    """Return a JSON value whose strings, keys included, can be encoded as UTF-8: lone surrogates become U+FFFD."""
    if isinstance(value, str):
        return value if value.isascii() else _NO_CHARACTER.sub("\ufffd", value)
    if isinstance(value, dict):
        return {json_value(key): json_value(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(member) for member in value]
    return value


def sarif_text(text: str, otherwise: str = "(nothing)") -> str:
    """Return `text` for a message of SARIF: never empty, no embedded link (`[text](target)`, SARIF 2.1.0, 3.11.6)."""
    return visible(text).replace("](", "] (").strip(" ") or otherwise
