"""Every phrase of a sheet becomes a policy that passes and fails where people would say so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import shapes
from checks.judge.evaluate import FAILED, INAPPLICABLE, PASSED, outcomes
from checks.judge.expectations import compiled
from checks.judge.expectations.phrases import PHRASES, SAME
from checks.judge.policy import Policy
from checks.judge.policy_files import is_id
from checks.judge.shape import Fact
from checks.judge.strictness import problems

HEAD = "URL or pattern,what must hold,value,owner,why,severity\n"
VALUES = {
    "the words": "Spring sale",
    "a number": "65",
    "a type": "Product",
    "the name of a property": "price",
    "a language": "en",
    "a status": "404",
    "a path or an address": "/new/",
    "": "",
}
Facts = dict[str, Any]


def sheet(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines) + "\n").encode()


def policy(line: str) -> Policy:
    [one], wrong = compiled(sheet(line))
    assert wrong == ()
    assert problems(one.id, one.document) == []
    return Policy.of(one.id, one.document, "")


def outcome(line: str, facts: Facts) -> str:
    shape = shapes.load("page")
    [(found, _)] = outcomes(policy(line), [{"path": "/a/", **facts}], Fact.of(shape, shape))
    return found


def text(main: str, rest: str = "", *, is_cut: bool = False) -> Facts:
    return {
        "title": {"text": "A"},
        "description": {"text": None},
        "text": {"main": main, "rest": rest, "is_cut": is_cut},
    }


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_a_policy_that_the_strict_loader_accepts_and_that_can_fail(name: str) -> None:
    found = policy(f"/a/,{name},{VALUES[PHRASES[name].value]},marketing,So.,")
    assert (found.severity, found.owner, found.description) == ("error", "marketing", "So.")


@pytest.mark.parametrize("other", SAME)
def test_other_ways_of_saying_it_mean_the_same(other: str) -> None:
    value = VALUES[PHRASES[SAME[other]].value]
    [one], [same] = (compiled(sheet(f"/a/,{name},{value},it,So.,"))[0] for name in (other, SAME[other]))
    assert (one.id, one.document) == (same.id, same.document)


@pytest.mark.parametrize(
    ("line", "facts", "wanted"),
    [
        ("/a/,mentions,Spring sale,it,x,", text("The SPRING  SALE is on"), PASSED),
        ("/a/,mentions,Spring sale,it,x,", text("Offspring sales"), FAILED),
        ("/a/,mentions,Spring sale,it,x,", text("", "Spring sale"), FAILED),
        ("/a/,mentions,it's 20%,it,x,", text("It\u2019s 20%!"), PASSED),
        ("/a/,mentions,C++ (new),it,x,", text("in c++ (new) now"), PASSED),
        ("/a/,mentions,セール,it,x,", text("春のセール中"), PASSED),
        ("/a/,never mentions,2025,it,x,", text("2026", "© 2025"), FAILED),
        ("/a/,never mentions,2025,it,x,", text("2026"), PASSED),
        ("/a/,never mentions,2025,it,x,", text("2026", is_cut=True), FAILED),
        ("/a/,never mentions,A,it,x,", text(""), FAILED),
        ("/a/,title at most,65,it,x,", {"title": {"length": 66}}, FAILED),
        ("/a/,title at least,10,it,x,", {"title": {"length": 10}}, PASSED),
        ("/a/,has structured data,Product,it,x,", {"structured_data": {"types": ["Offer"]}}, FAILED),
        ("/a/,is not indexable,,it,x,", {"indexable": True}, FAILED),
        ("/a/,is in the sitemap,,it,x,", {"sitemap": {"listed": True}}, PASSED),
        ("/a/,answers with,404,it,x,", {"http": {"status": 200}}, FAILED),
        ("/a/,links to,/b/,it,x,", {"links": {"items": [{"url": "https://a.example/b/#top"}]}}, PASSED),
        ("/a/,links to,/b/,it,x,", {"links": {"items": [{"url": "https://a.example/b/c/"}]}}, FAILED),
        ("/a/,language is,en,it,x,", {"lang": {"html": "en-GB"}}, PASSED),
        ("/a/,language is,en,it,x,", {"lang": {"html": "english"}}, FAILED),
        ("/a/,canonical is itself,,it,x,", {"canonical": {"is_self": False}}, FAILED),
    ],
)
def test_a_phrase_passes_and_fails_where_people_would_say_so(line: str, facts: Facts, wanted: str) -> None:
    assert outcome(line, facts) == wanted


@pytest.mark.parametrize(
    ("pages", "path", "applies"),
    [
        ("every page", "/x/", True),
        ("every page under /landing/", "/landing/a/", True),
        ("every page under /landing/", "/", False),
        ("/landing/**", "/landing/a/b", True),
        ("/landing/*", "/landing/a/b", False),
        ("/landing/", "/landing/?a=1", True),
        ("/landing/", "/landing/a", False),
        ("/über uns/", "/%C3%BCber%20uns/", True),
        ("/a.b/", "/aXb/", False),
    ],
)
def test_a_line_is_about_the_pages_that_it_names_and_no_others(pages: str, path: str, applies: bool) -> None:
    found = outcome(f"{pages},title at most,65,it,x,", {"path": path, "title": {"length": 1}})
    assert (found != INAPPLICABLE) == applies


def test_a_whole_address_is_one_page_of_that_site() -> None:
    facts = {"url": "https://www.example.com/a/", "title": {"length": 1}}
    assert outcome("https://www.example.com/a/,title at most,65,it,x,", facts) == PASSED
    assert outcome("https://WWW.example.com/%61/,title at most,65,it,x,", facts) == PASSED
    assert outcome("https://shop.example.com/a/,title at most,65,it,x,", facts) == INAPPLICABLE


@pytest.mark.parametrize(("to", "wanted"), [("/new/", PASSED), ("/newer/", FAILED)])
def test_a_redirect_is_looked_for_among_those_of_the_site(to: str, wanted: str) -> None:
    shape = shapes.load("site")
    rules = [{"from": "https://a.example/old/", "to": f"https://a.example{to}"}]
    found = policy("/old/,redirects to,/new/,it,x,")
    [(said, _)] = outcomes(found, [{"redirects": {"rules": rules}}], Fact.of(shape, shape))
    assert (found.reads, said) == ("site", wanted)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/a/,mentoins,x,it,x,", "did you mean `mentions`?"),
        ("/a/,mentions,,it,x,", "`mentions` needs the words"),
        ("/a/,is indexable,yes,it,x,", "`is indexable` has no value"),
        ("/a/,title at most,many,it,x,", "`many` is no whole number"),
        ("/a/,title at least,0,it,x,", "at least 0 always holds"),
        ("/a/,answers with,999,it,x,", "there is no status 999"),
        ("landing,mentions,x,it,x,", "`landing` names no page"),
        ("/a/*,redirects to,/b/,it,x,", "`redirects to` is about one address"),
        ("/a/,links to,somewhere,it,x,", "`somewhere` is no address"),
        ("/a/,mentions,x,it,x,fatal", "`fatal` is no severity"),
        ("/a/,mentions,x,,x,", "`owner` is empty"),
        ("/a/,mentions,x,The Boss,x,", "can't be an owner"),
        ("/a/,mentions,x,it,,", "`why` is empty"),
    ],
)
def test_a_line_that_means_nothing_is_refused_with_its_number_and_a_remedy(line: str, what: str) -> None:
    found, [problem] = compiled(sheet("/ok/,title at most,65,it,x,", line))
    assert (len(found), problem.line, what in problem.what, bool(problem.remedy)) == (1, 3, True, True), problem


def test_a_line_that_says_again_what_another_says_is_refused() -> None:
    _, [problem] = compiled(sheet("/a/,title at most,65,it,x,", "/a/,title at most,70,it,x,"))
    assert problem.what == "it says again what line 2 says"


def test_a_line_that_moves_is_the_same_policy() -> None:
    first, second = "/a/,mentions,x,it,x,", "/b/,mentions,x,it,x,"
    there, back = (compiled(sheet(*lines))[0] for lines in ((first, second), (second, first)))
    assert {(one.id, str(one.document)) for one in there} == {(one.id, str(one.document)) for one in back}


def test_a_number_that_changes_leaves_the_policy_the_same_one_and_words_that_change_make_another() -> None:
    def ids(*lines: str) -> set[str]:
        return {one.id for one in compiled(sheet(*lines))[0]}

    assert ids("/a/,title at most,65,it,x,") == ids("/a/,title at most,70,it,x,")
    assert ids("/a/,mentions,one,it,x,").isdisjoint(ids("/a/,mentions,two,it,x,"))


def test_a_line_that_is_only_proposed_blocks_nothing() -> None:
    found = policy("/a/,title at most,65,it,x,proposed")
    assert (found.proposed, found.severity, found.blocks) == (True, "error", False)


def test_signs_without_width_are_looked_for_by_nobody() -> None:
    line = "/a/,never mentions,\u200b2025\u00ad,it,x,"
    assert outcome(line, text("since 2025")) == FAILED


def test_a_phrase_of_nothing_that_can_be_seen_could_never_fail_and_is_refused() -> None:
    [one], _ = compiled(sheet("/a/,mentions,\u200b,it,x,"))
    assert any("it must fail" in problem.what for problem in problems(one.id, one.document))


def test_braces_in_a_sheet_are_filled_in_by_nobody() -> None:
    found = policy("/a/,mentions,{title.text} {x,it,x,")
    assert found.message == "The main text does not mention: title.text x"


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\0"\r\n,'), max_size=30)


@given(st.sampled_from(["/a/", "every page", "/ü*/**", "https://a.example/b"]), st.sampled_from(list(PHRASES)), ANY)
def test_whatever_the_value_is_the_line_is_a_sound_policy_or_refused(pages: str, name: str, value: str) -> None:
    found, wrong = compiled(sheet(f'"{pages}","{name}","{value}",it,x,'))
    assert len(found) + len(wrong) == 1
    for one in found:
        assert is_id(one.id)
        # The strict loader may still refuse it, with a reason; it never accepts what can't fail.
        assert all(problem.what for problem in problems(one.id, one.document))


@given(ANY, ANY, ANY)
def test_whatever_the_cells_are_a_line_is_a_policy_or_refused(pages: str, must: str, owner: str) -> None:
    found, wrong = compiled(sheet(f'"/{pages}","{must}",x,"{owner}",x,'))
    assert len(found) + len(wrong) == 1
