"""The browser's judge says what gonogo's engine says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from checks import shapes
from checks.judge import evaluate, policies, wordlike
from checks.judge.demands import demand
from checks.judge.draft import subject
from checks.judge.evaluate import Judge
from checks.judge.policy import Policy
from checks.judge.shape import Fact
from checks.report.interactive.fact_table import fact_table

SHIPPED = policies.shipped_documents()
PARTS = """(policies, parts) => policies.map((policy, at) => {
  const judge = new engine.Judge(policy);
  return parts[at].map((one) => judge.outcomeOfPart(one));
})"""
RUNS = """(policies, documents) => policies.map((policy) => {
  const judge = new engine.Judge(policy);
  return documents.map((one) => judge.outcome(one));
})"""
MATCHES = (
    "(pattern, texts) => { const p = new RegExp(engine.translated(pattern), 'u'); return texts.map((t) => p.test(t)); }"
)
TEXTS = [
    "École", "école de pain", "a École.", "xÉcole", "Bread\u2019s  best", "bread's best", "BREAD", "\u0661\u0662", "12",
    "a\nb", "a\r", "\u2028", " ", "\u00a0", "", "über-uns", "uber", "Ünder", "naïve-case", "a_b", "\u0301e", "Straße",
    "STRASSE", "\u212aelvin", "kelvin", "[x]", "a.b", "a-b", "日本語", "x日本語y", "\U0001f35e bread",
]  # fmt: skip
PATTERNS = [
    wordlike.literal("École"), wordlike.literal("bread's best"), wordlike.literal("über-uns"),
    wordlike.literal("日本語"),
    wordlike.literal("a.b"), wordlike.literal("[x]"), wordlike.literal("kelvin"), wordlike.literal("straße"),
    r"^.$", r"^a.*b$", r"\d", r"^\w+$", r"\s", r"^\S*$", r"\bbread\b", r"\Bber", r"\p{L}", r"^\p{Lu}", r"^\pL+$",
    r"[^]x]", r"\-", r"a\_b", r"[\w-]+\.[a-z]", r"\A12\z", r"(?P<n>1)2", r"(?i)[a-c]read",
]  # fmt: skip


def test_it_judges_every_example_and_counterexample_as_the_engine_does(engine: Callable[..., Any]) -> None:
    expected, asked = {}, []
    for name, document in SHIPPED.items():
        policy = Policy.of(name, document, "")
        parts = [*policy.examples, *policy.counterexamples]
        shape = Fact.of(shapes.load(policy.reads), shapes.load(policy.reads))
        expected[name] = [outcome for outcome, _ in evaluate.outcomes(policy, parts, shape)]
        asked.append((document, parts))
    found = engine(PARTS, *zip(*asked, strict=True))
    assert dict(zip(SHIPPED, found, strict=True)) == expected


def test_it_judges_real_documents_by_every_shipped_policy_as_the_engine_does(
    bakery_run: Path, engine: Callable[..., Any]
) -> None:
    for kind, documents in (
        ("page", [json.loads(line) for line in (bakery_run / "pages.jsonl").read_text().splitlines()]),
        ("site", [json.loads((bakery_run / "site.json").read_text())]),
    ):
        named = {name: document for name, document in SHIPPED.items() if document["x-reads"] == kind}
        judges = [Judge([Policy.of(name, document, "")]) for name, document in named.items()]
        expected = [[next(judge.each(one)).outcome for one in documents] for judge in judges]
        assert engine(RUNS, list(named.values()), documents) == expected


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_the_same_to_both(pattern: str, engine: Callable[..., Any]) -> None:
    rust = jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    found = dict(zip(TEXTS, engine(MATCHES, pattern, TEXTS), strict=True))
    assert found == {text: rust.is_valid(text) for text in TEXTS}


@pytest.mark.parametrize("pattern", [r"[[:alpha:]]", r"[a&&b]", r"(", r"\q", r"(?x) a"])
def test_a_pattern_that_the_browser_does_not_know_is_refused_and_never_guessed(
    pattern: str, engine: Callable[..., Any]
) -> None:
    assert engine("(pattern) => { try { engine.translated(pattern); return false; } catch { return true; } }", pattern)


@pytest.mark.parametrize(
    "phrase", ["École", "it's", "a-b  c", "[x]", "日本語", "so\u00adft", "£5.00", "C++", "e\u0301"]
)
def test_a_phrase_becomes_the_pattern_that_the_command_writes(phrase: str, engine: Callable[..., Any]) -> None:
    assert engine("literal", phrase) == wordlike.literal(phrase)


SAID = """(table, path, phrase, values) => {
  const one = engine.PHRASES.find((each) => each.id === phrase);
  const key = engine.keyOf(table, path);
  const about = { table, key, fact: table[key] };
  return [one.fits(table[key]), one.words(values), one.schema(about, values)];
}"""


@pytest.mark.parametrize(
    ("fact", "phrase", "values"),
    [
        ("title.length", "at-most", ["65"]),
        ("title.length", "at-least", ["10"]),
        ("title.length", "between", ["10", "65"]),
        ("title.text", "is-there", []),
        ("title.text", "is-empty", []),
        ("title.text", "at-most", ["60"]),
        ("title.text", "is", ["Home"]),
        ("title.text", "is-not", ["Home"]),
        ("title.text", "one-of", ["Home, About us"]),
        ("title.text", "contains", ["Bread & butter"]),
        ("title.text", "lacks", ["2025"]),
        ("title.text", "matches", ["^[A-Z]"]),
        ("indexable", "is", ["yes"]),
        ("indexable", "is-not", ["no"]),
        ("http.status", "one-of", ["200, 204"]),
        ("lang.html", "one-of", ["en, de"]),
        ("canonical.url", "is-there", []),
        ("structured_data.types", "contains", ["Product"]),
        ("structured_data.types", "lacks", ["Product"]),
        ("links.items", "at-most", ["100"]),
        ("links.items", "contains", ["/prices/"]),
        ("links.items.text", "is-there", []),
        ("images.items.alt", "at-most", ["120"]),
        ("vitals.lcp_ms", "at-least", ["0.5"]),
    ],
)
def test_a_phrase_means_what_the_command_reads_in_it(
    fact: str, phrase: str, values: list[str], engine: Callable[..., Any]
) -> None:
    about = subject(fact)
    fits, words, schema = engine(SAID, fact_table(shapes.load("page")), list(about.path), phrase, values)
    assert fits
    assert schema == demand(words, about.fact)
