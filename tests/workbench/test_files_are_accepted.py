"""What the workbench writes is read back by gonogo: rules by the strict loader, limits by the settings, reviews."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from checks import shapes
from checks.judge import policies, strictness
from checks.judge.merge_patch import merged
from checks.judge.patching import places_of
from checks.judge.refit import refitted
from checks.report.interactive.fact_table import fact_table
from checks.settings.yaml_text import parse
from checks.signoff import offers, review_text

Engine = Callable[..., Any]
DRAFT = """(reads, path, phrase, values, scope, why) => {
  const { table, documents } = globalThis.told;
  const answers = {
    reads, path, values, why, phrase: engine.PHRASES.find((one) => one.id === phrase),
    scope: engine.scopesOf(documents[0].path ?? "/")[scope], severity: "error", owner: "marketing", title: "", fix: "",
  };
  const { policy, lacks, found } = engine.draft(answers, table, documents);
  return { file: engine.fileOf(policy), lacks, found };
}"""
RULES = [
    ("title.length", "at-most", ["40"]),
    ("title.text", "contains", ["Bakery"]),
    ("title.text", "lacks", ["bakery"]),
    ("title.text", "is-there", []),
    ("title.text", "matches", ["^[A-Z]"]),
    ("description.text", "at-least", ["50"]),
    ("canonical.url", "is-there", []),
    ("indexable", "is", ["yes"]),
    ("http.status", "one-of", ["200, 204"]),
    ("lang.html", "is", ["en"]),
    ("links.items", "at-most", ["100"]),
    ("links.items.text", "is-there", []),
    ("images.items.alt", "at-most", ["60"]),
    ("structured_data.types", "contains", ["Product"]),
    ("requests.by_party.first.transfer", "at-most", ["500000"]),
    ("console.errors", "is-empty", []),
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
hostile = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def documents(bakery_run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (bakery_run / "pages.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def drafting(engine_page: Page, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Hand the table of facts and the pages to the engine once, for they are large; return the pages."""
    told = {"table": fact_table(shapes.load("page")), "documents": documents}
    engine_page.evaluate("(told) => { globalThis.told = told; }", told)
    return documents


@pytest.mark.parametrize("scope", [0, -1])
@pytest.mark.parametrize(("fact", "phrase", "values"), RULES)
def test_a_rule_is_accepted_with_examples_from_the_pages(
    fact: str, phrase: str, values: list[str], scope: int, drafting: list[dict[str, Any]], engine: Engine
) -> None:
    at = 0 if scope == 0 else engine("(path) => engine.scopesOf(path).length - 1", drafting[0]["path"])
    made = engine(DRAFT, "page", fact.split("."), phrase, values, at, "It matters.")
    assert made["lacks"] == ""
    assert strictness.problems("own/rule", json.loads(made["file"])) == []


@pytest.mark.usefixtures("drafting")
@hostile
@given(TEXT.filter(lambda text: text.strip("\"' \n\t") and re.search(r"\w", text)), TEXT)
def test_a_rule_about_any_text_is_accepted_and_says_what_was_typed(engine: Engine, text: str, why: str) -> None:
    code = f"""(...given) => {{ try {{ return ({DRAFT})(...given); }} catch (error) {{
      if (error instanceof engine.Unclear || error instanceof SyntaxError) {{ return null; }} throw error; }} }}"""
    made = engine(code, "page", ["title", "text"], "is-not", [text], 0, why)
    assume(made is not None and made["lacks"] == "")
    document = json.loads(made["file"])
    assert strictness.problems("own/rule", document) == []
    # What is nothing but space to Python need not be that to the page: a control character, such as U+001F.
    said = document["description"].strip()
    assert said == (why.strip() or said)


SHIPPED = policies.shipped_documents()
WITH_LIMITS = sorted(name for name, one in SHIPPED.items() if any(not place.in_list for place in places_of(one)))


@pytest.mark.parametrize("name", WITH_LIMITS)
def test_the_lines_for_the_settings_change_what_the_browser_judged_by(name: str, engine: Engine) -> None:
    for place in places_of(SHIPPED[name]):
        if place.in_list:
            continue
        limit = {"steps": place.steps, "fact": place.fact, "value": place.value}
        lines = engine("(id, limit, value) => engine.yamlOf(id, engine.patchOf(limit, value))", name, limit, 3)
        patch = parse(lines.encode(), "gonogo.yaml")[0]["policies"]["change"][name]
        assert merged(SHIPPED[name], patch) == engine("changed", SHIPPED[name], limit, 3)


def test_a_limit_that_no_example_of_the_rule_shows_brings_examples_of_the_pages(
    engine: Engine, documents: list[dict[str, Any]]
) -> None:
    policy = SHIPPED["seo/title-present"]
    limit = {"steps": ["properties", "title", "then", "properties", "length", "minimum"], "fact": "title.length"}
    code = "(id, ...given) => engine.yamlOf(id, engine.proposal(...given).patch)"
    lines = engine(code, "seo/title-present", policy, limit, 40, documents)
    patch = parse(lines.encode(), "gonogo.yaml")[0]["policies"]["change"]["seo/title-present"]
    changed = refitted("seo/title-present", merged(policy, patch), patch, shapes.load)
    assert strictness.problems("seo/title-present", changed) == []


class Choice:
    """Something that can be signed for."""

    def __init__(self, kind: str, entry: dict[str, Any], pages: tuple[str, ...] = ()) -> None:
        self.kind, self.entry, self.pages = kind, entry, pages
        self.owners, self.refused = ("marketing",), ""


CHOICES = [
    Choice(offers.FINDING, {"fingerprint": "v1:" + "ab" * 16, "policy_id": "seo/title", "not_worse_than": 84}),
    Choice(offers.CAUSE, {"cause": "c1:" + "cd" * 8, "policy_id": "links/broken"}, ("/a/", "/b/")),
    Choice(offers.FINDING, {"fingerprint": "v1:" + "ef" * 16, "policy_id": "sd/valid"}),
]
SITE = "https://www.bakery.example"
OFFERED = offers.offers(CHOICES, SITE, "main")
OFFER = {**offers.to_paste(OFFERED, SITE, date(2026, 12, 31)), "leftOut": 0}


@hostile
@given(st.sets(st.sampled_from(range(3)), min_size=1), TEXT.map(lambda text: f"{text} which we know and accept"))
def test_a_review_is_understood_whatever_the_reason_says(engine: Engine, chosen: set[int], reason: str) -> None:
    lines = [OFFER["lines"][index] for index in sorted(chosen)]
    terms = {"lines": lines, "kind": "fix-scheduled", "reason": reason, "until": "2026-12-24"}
    understood = review_text.parse(engine("reviewText", OFFER, terms), OFFERED, SITE)
    assert understood is not None
    assert understood.problems == ()
    assert [offers.line(offer) for offer, _ in understood.entries] == lines
    assert (understood.kind, understood.until) == ("fix-scheduled", date(2026, 12, 24))


@hostile
@given(TEXT.map(lambda text: f"{text} which we know and accept"), TEXT.filter(lambda text: "\0" not in text))
def test_a_shell_reads_the_command_as_it_was_meant(engine: Engine, reason: str, folder: str) -> None:
    asked = {"by": "cause", "name": "cdcdcdcdcd", "kind": "accepted-risk", "until": "2026-12-24"}
    words = shlex.split(engine("requestCommand", {**asked, "reason": reason, "folder": folder}))
    assert words[:5] == ["gonogo", "sign-off", "request", "--run", folder]
    assert words[-1] == "2026-12-24"
    assert words[words.index("--reason") + 1].endswith("which we know and accept")
