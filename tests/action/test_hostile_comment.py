"""What no page and no change can make of the comment and the summary: only text, which leads nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from action import comment, summary
from action.comment import Place
from action.markup import bold, code, prose
from tests.action.commenting import OURS, PARSER, PLACE, blocking, check_harmless, hostile_result, tokens
from tests.action.hostile import ALL, many, some, texts
from tests.action.runs import no_go
from tests.report.made_run import LINK, made_result, make_finding


@many
@given(texts)
def test_no_text_is_more_than_text_in_the_parts_that_comments_are_made_of(hostile: list[str]) -> None:
    items = "".join(f"- {bold(text)}\n- x {prose(text)}\n" for text in hostile)
    cells = "".join(f"| {code(text)} | end |\n" for text in hostile)
    made = f"{comment.marker('')}\n{items}\n| a | b |\n|---|---|\n{cells}"
    check_harmless(made)
    kinds = [token.type for token in tokens(made)]
    assert (kinds.count("list_item_open"), kinds.count("td_open")) == (20, 20)


@some
@given(texts)
def test_a_hostile_run_makes_a_harmless_comment(hostile: list[str]) -> None:
    for text in hostile:
        check_harmless(comment.text(hostile_result(text), PLACE))


@some
@given(texts)
def test_a_hostile_run_makes_a_comment_of_the_same_shape(hostile: list[str]) -> None:
    def shape(text: str) -> list[str]:
        return [t.type for t in PARSER.parse(comment.text(hostile_result(text), Place())) if "inline" not in t.type]

    for text in hostile:
        assert shape(f"x{text}x") == shape("x")


def test_all_marks_at_once_make_a_harmless_comment() -> None:
    check_harmless(comment.text(hostile_result(ALL), PLACE))


@some
@given(texts)
def test_a_hostile_run_makes_a_summary_without_tags_images_and_links(hostile: list[str]) -> None:
    for text in hostile:
        made = summary.text(hostile_result(text))
        kinds = tokens(made)
        raw = "".join(token.content for token in kinds if token.type in {"html_inline", "html_block"})
        assert set(re.findall(r"<[^>]*>", raw)) <= OURS
        assert not [token for token in kinds if token.type in {"image", "link_open"}]
        assert not re.search(r"(?m)^/", made)


@pytest.mark.parametrize(("root", "links"), [("base", 1), ("first-run", 0), ("working-tree", 0)])
def test_the_summary_links_to_what_policies_refer_to_only_where_the_base_has_reviewed_them(
    root: str, links: int
) -> None:
    found = {**blocking(1), "reference": ["https://e.vil/"]}
    text = summary.text(made_result(run={"trust": {"root": root}}, findings=lambda: iter([found])))
    assert sum(token.type == "link_open" for token in tokens(text)) == links


@pytest.mark.parametrize("page", ["//e.vil/", "/\\e.vil/", "@e.vil/", ".e.vil/", "https://e.vil/", "/(a)/"])
def test_no_page_leads_away_from_the_preview(page: str) -> None:
    found = {**make_finding(LINK, page, "x", "m"), "page": page}
    text = comment.text(made_result(verdict=no_go(), findings=lambda: iter([found])), PLACE)
    check_harmless(text)


@given(texts)
def test_the_marker_of_any_site_is_one_hidden_line(sites: list[str]) -> None:
    for site in sites:
        text = f"{comment.marker(site.replace(chr(0xD800), ''))}\ntext"
        assert PARSER.parse(text)[0].type == "html_block"
        assert text.count("\n") == 1
        assert text.count("-->") == 1
