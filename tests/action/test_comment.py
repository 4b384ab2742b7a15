"""The comment: what somebody in a hurry reads, and in which order."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pytest

from action import comment, summary
from action.comment import Place
from action.markup import code
from checks.report.result import Result
from checks.sources.locate import UNKNOWN
from tests.action.commenting import (
    BY_THE_WAY,
    PLACE,
    PREVIEWED,
    RUN,
    WAITING,
    WEAKENING,
    blocking,
    check_harmless,
    tokens,
)
from tests.action.runs import go, no_go
from tests.report.made_run import LINK, made_result, make_finding


def test_the_comment_begins_with_the_marker_and_the_verdict_in_one_line(bakery_in_place: Result) -> None:
    first, second, *_ = comment.text(bakery_in_place, PLACE).splitlines()
    assert first == "<!-- gonogo:v1  -->"
    assert second == "### ⛔ NO-GO: engineering 4, marketing 1 · 4 pages, 1 not measured"


@pytest.fixture
def bakery_in_place() -> Result:
    return made_result(verdict=no_go(), sources=lambda _: {"file": "content/index.md", "line": 12})


def test_what_became_of_it_since_the_last_launch_stands_above_what_is_to_mend() -> None:
    pages = {"added": 1, "removed": 2, "moved": 0, "changed": 3, "same": 4}
    verdict = no_go(compared={"baseline": "launch", "pages": pages, "fixed": 0})
    verdict["counts"] |= {"new": 5, "existing": 1, "signed_off": 0, "expired": 0}
    written = comment.text(made_result(verdict=verdict), PLACE)
    above, _, _ = written.partition("#### ")
    assert "launch: 1 added, 2 removed, 0 moved, 3 changed, 4 same (pages)" in above
    assert "Findings: 5 new, 1 existing" in above


def test_without_a_comparison_the_comment_speaks_of_none(bakery_in_place: Result) -> None:
    assert "same (pages)" not in comment.text(bakery_in_place, PLACE)


def test_who_must_mend_most_stands_first(bakery_in_place: Result) -> None:
    owners = re.findall(r"(?m)^#### (\w+): (.*)$", comment.text(bakery_in_place, PLACE))
    assert owners == [("engineering", "1 thing to mend"), ("marketing", "1 thing to mend")]


def test_a_cause_says_what_where_how_to_mend_it_and_in_which_file(bakery_in_place: Result) -> None:
    assert (
        "- <b>Every link within the site leads somewhere</b> (4 pages)<br>\n"
        '  <code>The link "Opening times" leads to /opening-times, which answers 404.</code>\n'
        "  - on [<code>/</code>](https://preview.example/), [<code>/about/</code>](https://preview.example/about/), "
        "[<code>/shop/</code>](https://preview.example/shop/), [<code>/shop/rye/</code>]"
        "(https://preview.example/shop/rye/)\n"
        "  - written in <code>content/index.md:12</code>\n"
        "  - mend: Correct the address, or add a redirect for the page that moved.\n"
        "  - policy <code>links/internal-broken</code>, more: <code>gonogo explain f929fbded8</code>\n"
    ) in comment.text(bakery_in_place, PLACE)


def test_the_config_is_not_named_as_the_source_of_what_nobody_knows_the_source_of() -> None:
    result = made_result(verdict=no_go(), sources=lambda _: {"file": "gonogo.yaml", "why": UNKNOWN})
    assert "written in" not in comment.text(result, PLACE)


def test_what_blocks_stands_open_and_the_rest_is_folded_away(bakery_in_place: Result) -> None:
    text = comment.text(bakery_in_place, PLACE)
    assert text.index("robots.txt forbids") < text.index("<details><summary>Does not block: ")
    assert text.index("Nothing points to a staging system") > text.index("<details><summary>Does not block: ")


def test_advice_is_left_to_the_report_unless_it_blocks() -> None:
    hint = make_finding({**LINK, "policy": "seo/h1-length"}, "/a/", "h1", "The heading is long.") | {"blocking": False}
    advice = {"seo/h1-length": {"x-set": ["advice"]}}
    silent = made_result(findings=lambda: iter([hint]), policies=advice)
    told = made_result(findings=lambda: iter([hint | {"blocking": True}]), policies=advice)
    assert "The heading is long." not in comment.text(silent, PLACE)
    assert "The heading is long." in comment.text(told, PLACE)


def test_one_cause_of_two_owners_is_told_to_each() -> None:
    same = {"cause": "c1:" + "5" * 16}
    two = [{**blocking(1, owner="marketing"), **same}, {**blocking(2, owner="engineering"), **same}]
    text = comment.text(made_result(verdict=no_go(), findings=lambda: iter(two)), PLACE)
    assert "#### engineering: 1 thing" in text
    assert "#### marketing: 1 thing" in text


def test_a_folder_as_preview_has_no_links_to_its_pages(bakery_in_place: Result) -> None:
    text = comment.text(bakery_in_place, dataclasses.replace(PLACE, preview=""))
    assert {token.attrs["href"] for token in tokens(text) if token.type == "link_open"} == {RUN}


def test_what_the_change_weakens_and_what_its_rules_would_find_is_told() -> None:
    verdict = no_go(exit_code=4, weakened=True, weakenings=[WEAKENING], rules_preview=[PREVIEWED])
    text = comment.text(made_result(verdict=verdict), PLACE)
    assert "### ⛔ NO-GO: this change weakens its own rules (1)" in text
    assert "- <code>seo/title-length would be info, not error</code> (marketing)" in text
    assert "  - before <code>error</code>, after <code>info</code>" in text
    assert "- <code>seo/h1</code> added: 12 findings on 10 pages" in text


@pytest.mark.parametrize("made", [comment.text, lambda result, _: summary.text(result)], ids=["comment", "summary"])
def test_an_altered_workflow_is_told_before_what_is_to_be_mended(made: Callable[[Result, Place], str]) -> None:
    verdict = no_go(workflows=[{"file": ".github/workflows/gonogo.yml", "said": "Look."}])
    text = made(made_result(verdict=verdict), PLACE)
    assert "#### ⚠️ This change alters how it is checked itself\n" in text
    assert "- <code>.github/workflows/gonogo.yml</code>\n" in text


def test_what_each_owner_has_to_mend_is_open_to_five_causes_and_the_rest_is_folded() -> None:
    found = [blocking(n, owner=owner) for owner, many in (("engineering", 7), ("marketing", 6)) for n in range(many)]
    text = comment.text(made_result(verdict=no_go(), findings=lambda: iter(found)), PLACE)
    folds = re.findall(r"<summary>([^<]*)</summary>\n\n(.*?)\n</details>", text, re.DOTALL)
    assert [(title, inside.count("- <b>")) for title, inside in folds[:2]] == [
        ("2 more things for engineering", 2),
        ("1 more thing for marketing", 1),
    ]


def test_a_launch_blocker_is_called_one_and_stands_first() -> None:
    found = [*(blocking(n) for n in range(9)), {**blocking(9, title="No password"), "launch_blocker": True}]
    text = comment.text(made_result(verdict=no_go(), findings=lambda: iter(found)), PLACE)
    assert re.findall("- <b>(.*)</b> (.*)<br>", text)[0] == ("No password", "(launch blocker, 1 page)")


def test_the_files_of_several_pages_with_one_cause_are_named() -> None:
    same = {"cause": "c1:" + "5" * 16}
    found = [{**blocking(n), **same} for n in range(5)]
    files = {one["fingerprint"]: {"file": f"content/{n}.md", "line": 3} for n, one in enumerate(found)}
    text = comment.text(made_result(verdict=no_go(), findings=lambda: iter(found), sources=files.get), PLACE)
    assert (
        "  - written in <code>content/0.md:3</code>, <code>content/1.md:3</code>, <code>content/2.md:3</code>"
        " and 2 more\n" in text
    )


def test_what_was_not_measured_is_told_with_why(bakery_in_place: Result) -> None:
    assert (
        "#### Not measured (1)\n\n- <code>/hang/</code> <code>never came to rest</code> (engineering)"
        in comment.text(bakery_in_place, PLACE)
    )


def test_a_go_is_told_in_a_few_lines() -> None:
    result = made_result(verdict=go(notes=[]), findings=lambda: iter(()), coverage=lambda: iter(()))
    text = comment.text(result, PLACE)
    assert "### ✅ GO · 4 pages\n" in text
    assert len(text.splitlines()) < 12


def test_facts_of_a_fork_are_called_unverified() -> None:
    assert "unverified" in comment.text(made_result(), dataclasses.replace(PLACE, unverified=True)).splitlines()[1]


@pytest.mark.parametrize("code", [None, 2, 3, 70, 130])
def test_a_check_that_could_not_run_says_so_and_leads_to_its_log(code: int | None) -> None:
    text = comment.without_verdict(code, PLACE)
    assert text.startswith(comment.marker(""))
    assert RUN in text
    assert "✅" not in text
    check_harmless(text)


def test_while_a_newer_commit_is_checked_the_older_list_stays_readable(bakery_in_place: Result) -> None:
    old = comment.text(bakery_in_place, PLACE)
    new = comment.superseded(comment.superseded(old, "2" * 40), "3" * 40)
    assert new.startswith(comment.marker(""))
    assert (new.count("is being checked"), new.count("<code>333333333333</code>")) == (1, 1)
    assert new.endswith(old.partition("\n")[2])


BOT = {"login": "github-actions[bot]", "type": "Bot"}


@pytest.mark.parametrize(
    ("user", "body", "ours"),
    [
        (BOT, comment.marker("") + "\ntext", True),
        ({"login": "mallory", "type": "User"}, comment.marker("") + "\ntext", False),
        ({"login": "github-actions[bot]", "type": "User"}, comment.marker("") + "\ntext", False),
        ({"login": "other-app[bot]", "type": "Bot"}, comment.marker("") + "\ntext", False),
        (BOT, "text\n" + comment.marker(""), False),
        (BOT, comment.marker("shop") + "\ntext", False),
        (BOT, "text", False),
        (None, comment.marker("") + "\ntext", False),
    ],
    ids=["ours", "a person", "a person with that name", "another App", "marker below", "other site", "none", "ghost"],
)
def test_our_comment_is_known_by_marker_and_author(user: Any, body: str, ours: bool) -> None:
    assert comment.is_ours({"user": user, "body": body}, "github-actions[bot]", "") is ours


def test_the_comment_tells_what_its_files_caused_before_and_what_becomes_an_error_next() -> None:
    told = comment.text(made_result(verdict=go(escalating=[WAITING], while_here=[BY_THE_WAY])), PLACE)
    here = "content/a.md:3: There are 2. (seo/h1, marketing, since 2026-10-01 (59 days)) Leave one."
    assert told.index("#### While you are here") < told.index(f"- {code(here)}\n")
    waiting = "2026-12-11  marketing: seo/h1 (2 findings, the first on /a/)"
    assert told.index("#### Becomes an error next") < told.index(f"- {code(waiting)}\n")
