"""Whatever stands on a page, it comes out of each medium as one piece of text and as nothing else."""

from __future__ import annotations

import json
import re
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from checks.report import escape
from checks.report.markup import element, preformatted

MARKS = [
    "::", "::error::", "##[", "##[add-mask]", "##vso[task.complete]", "##teamcity[", "%0A", "\r\n", "\x1b[31m",
    "\ud800", "\udbff", "\udfff", "\ud83d\ude00", "\ufdd0", "\ufffe", "\uffff", "\U000e0041", "\u200b",
    "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066",
    "\u2069", "\u061c", "\ufeff", "\u00ad", "&amp;", "&#60;", "&lt", "</p>", "</b>", "</pre>", "<script>",
    "<img src=x onerror=y>", "<a href=x>", "<!--", "-->", "]]>", "<![CDATA[", "<?x", "``", "```", "~~~", "\\|",
    "**", "__", "~~", "[a](http://b.c)", "![a](b)", "[a]", "](", "[^1]", "[x]: y", "# ", "#1", "@a", "@a/b",
    "a@b.c", "GH-1", "https://a.b", "http://", "www.a.b", "WWW.", "mailto:", ":+1:", ":a:", "$a$", "$$", "- ",
    "+ ", "> ", "1. ", "1) ", "===", "---", "    ", "    a", "\n\n", "| a |", "{0}", "{{x}}", "ä", "é", "日本",
    "🙂", "👩\u200d🍳", "ﬁ", "İ", "ß", "０", "א", "ب", "\u0301",
]  # fmt: skip
# One octet picks one of these: the marks above, every control character, all of ASCII and some of what follows.
TOKENS = MARKS + [chr(code) for code in range(256 - len(MARKS))]
AT_ONCE = 10
# Ten strings in each of a thousand examples: ten times as fast as one in each of ten thousand.
texts = st.binary(min_size=3 * AT_ONCE, max_size=12 * AT_ONCE).map(
    lambda octets: ["".join(TOKENS[octet] for octet in octets[start::AT_ONCE]) for start in range(AT_ONCE)]
)
many = settings(max_examples=10_000 // AT_ONCE, deadline=None)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_BREAK = "\u200b"
_LINKED = re.compile(r"@\w|#\d|\bGH-\d|://|\bwww\.|:[\w+-]+:", re.IGNORECASE)


def _unseen(character: str) -> bool:
    joiners = {"\u200c", "\u200d"}
    return unicodedata.category(character) in {"Cc", "Cs"} or (
        unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        and character not in joiners
    )


@many
@given(texts)
def test_visible_text_is_one_line_without_controls_and_can_be_encoded(texts: list[str]) -> None:
    for text in texts:
        shown = escape.visible(text)
        assert shown.encode("utf-8").decode("utf-8").splitlines() in ([], [shown])
        assert not any(_unseen(character) for character in shown)


@given(st.text(st.characters(exclude_categories=())))
def test_of_all_characters_there_are_none_comes_out_unseen(text: str) -> None:
    assert not any(_unseen(character) for character in escape.visible(text))


@many
@given(texts)
def test_text_in_a_terminal_is_no_command_of_a_build_system(texts: list[str]) -> None:
    for text in texts:
        for shown in (escape.terminal(text), escape.terminal_line(text)):
            assert "\x1b" not in shown
            assert "::" not in shown
            assert not re.search(r"##\w*\[", shown)
            assert shown.splitlines() in ([], [shown])


def test_indents_and_columns_of_a_line_stay() -> None:
    assert escape.terminal_line("  a/b    error  ::x") == "  a/b    error  : :x"


@many
@given(texts)
def test_text_in_html_is_one_text_node_and_one_attribute(texts: list[str]) -> None:
    page = LexborHTMLParser(
        "<!doctype html><body>" + "".join(element("b", f"x{text}", title=f"x{text}") for text in texts)
    )
    assert page.body is not None
    assert {node.tag for node in page.body.traverse(include_text=False)} == {"body", "b"}
    found = [(node.text(deep=True), dict(node.attributes)) for node in page.css("b")]
    assert found == [(f"x{escape.visible(text)}", {"title": f"x{escape.visible(text)}"}) for text in texts]


@many
@given(texts)
def test_a_snippet_in_html_keeps_its_lines_and_nothing_else(texts: list[str]) -> None:
    page = LexborHTMLParser("<!doctype html><body>" + "".join(preformatted(text) for text in texts))
    assert page.body is not None
    assert {node.tag for node in page.body.traverse(include_text=False)} == {"body", "pre"}
    assert [node.text(deep=True) for node in page.css("pre")] == [escape.visible_lines(text) for text in texts]


@many
@given(texts, st.sampled_from(["{}\n", "- {}\n", "### {}\n", "**a** {}\n", "> {}\n"]))
def test_text_in_markdown_is_text(texts: list[str], place: str) -> None:
    ours = {"strong_open", "strong_close"} if "**" in place else set()
    for text in texts:
        inlines = [token for token in _PARSER.parse(place.format(escape.markdown(text))) if token.type == "inline"]
        assert len(inlines) <= 1
        children = [child for token in inlines for child in token.children or ()]
        assert {child.type for child in children} <= {"text", *ours}
        content = "".join(child.content for child in children).removeprefix("a" if ours else "")
        assert content.replace(_BREAK, "").strip(" ") == escape.visible(text).strip(" ")
        assert not _LINKED.search(content)


@many
@given(texts)
def test_text_in_markdown_is_one_cell_of_a_table(texts: list[str]) -> None:
    rows = "".join(f"| {escape.markdown(text)} | end |\n" for text in texts)
    cells = [token.content for token in _PARSER.parse(f"| a | b |\n|---|---|\n{rows}") if token.type == "inline"]
    assert cells[3::2] == ["end"] * len(texts)


@many
@given(texts)
def test_text_as_a_code_span_of_markdown_is_code_and_nothing_else(texts: list[str]) -> None:
    for text in texts:
        written = escape.markdown_code(text)
        children = [child for token in _PARSER.parse(f"- {written}\n") for child in token.children or ()]
        assert [(child.type, child.content) for child in children] == (
            [("code_inline", escape.visible(text))] if written else []
        )


@many
@given(texts)
def test_a_block_of_code_in_markdown_ends_where_it_ends(texts: list[str]) -> None:
    for text in texts:
        tokens = _PARSER.parse(f"{escape.markdown_block(text)}\n\nend\n")
        assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
        assert tokens[0].content == escape.visible_lines(text) + "\n"


@many
@given(texts)
def test_text_in_xml_comes_back(texts: list[str]) -> None:
    for text in texts:
        made = ET.Element("a", {"b": escape.xml(text)})
        made.text = escape.xml_lines(text)
        back = ET.fromstring(ET.tostring(made, encoding="utf-8"))  # noqa: S314 - it was written in the line before
        assert (back.get("b"), back.text or "", len(back)) == (escape.xml(text), escape.xml_lines(text), 0)


@many
@given(texts)
def test_text_in_sarif_is_never_empty_never_a_link_and_can_be_encoded(texts: list[str]) -> None:
    for text in texts:
        shown = escape.sarif_text(text)
        assert shown.strip()
        assert "](" not in shown
        assert json.loads(json.dumps(shown, ensure_ascii=False).encode("utf-8")) == shown


@many
@given(texts)
def test_json_values_can_be_encoded(texts: list[str]) -> None:
    value = escape.json_value({text: [text, {"a": text}, None, 1.5] for text in texts})
    assert json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8")) == value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\r\n\tb", "a b"),
        ("a\ud800b", "a\ufffdb"),
        ("می\u200cخواهم 👩\u200d🍳", "می\u200cخواهم 👩\u200d🍳"),
    ],
    ids=["direction", "escape", "white space", "surrogate", "joiners stay"],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert escape.visible(text) == shown


def test_a_mention_an_issue_and_an_address_are_not_linked_in_markdown() -> None:
    assert escape.markdown("@a #1 https://b.c") == "@&#8203;a \\#&#8203;1 https:&#8203;//b.c"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a.b/\u202e", "//a.b/", "https://a.b/ c", 'https://a.b/"', "data:,"]
)
def test_an_odd_address_is_no_link(address: str) -> None:
    assert escape.web_address(address) is None


def test_a_plain_address_is_a_link() -> None:
    assert escape.web_address("https://a.b/c?d=e#f") == "https://a.b/c?d=e#f"
