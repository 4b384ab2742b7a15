"""What a policy may not hold, each told by place and with the nearest name: JSON Schema would pass it in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.judge.strictness import problems

Wrong = Callable[..., list[str]]


def on(fact: str, **keywords: Any) -> dict[str, Any]:
    """Return the `properties` of a schema that limits the fact at a dotted path."""
    *outer, last = fact.split(".")
    properties: dict[str, Any] = {last: keywords}
    for name in reversed(outer):
        properties = {name: {"properties": properties}}
    return properties


def test_a_sound_policy_has_no_problem(wrong: Wrong) -> None:
    assert wrong() == []


def test_a_list_is_no_policy(shape_of: Any) -> None:
    assert [each.what for each in problems("seo/it", [], shape_of)] == ["a policy is an object"]


@pytest.mark.parametrize(
    "key", ["title", "description", "x_reads", "x_severity", "x_owner", "x_fix", "examples", "x_counterexamples"]
)
def test_a_key_that_every_policy_has_is_missed(wrong: Wrong, key: str) -> None:
    assert wrong(**{key: None}) == [f": `{key.replace('_', '-')}` is missing"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"x_sevrity": "error"}, "/x-sevrity: unknown key `x-sevrity`; did you mean `x-severity`?"),
        ({"requierd": ["title"]}, "/requierd: unknown keyword `requierd`; did you mean `required`?"),
        (
            {"properties": on("title.length", minmum=3)},
            "/properties/title/properties/length/minmum: unknown keyword `minmum`; did you mean `minimum`?",
        ),
        ({"x_set": ["recomended"]}, "/x-set/0: no set `recomended`; did you mean `recommended`?"),
        ({"x_reads": "change"}, "/x-reads: no facts of kind `change` are collected yet"),
        ({"x_override": "Never"}, "/x-override: it can't be Never"),
        (
            {"x_override": {"any_of": ["marketing", "legal"]}},
            "/x-override: it can't be {'any_of': ['marketing', 'legal']}",
        ),
        ({"x_override": {"any-of": ["marketing"]}}, "/x-override: it can't be {'any-of': ['marketing']}"),
    ],
)
def test_an_unknown_word_is_refused_with_the_nearest_one(wrong: Wrong, keys: dict[str, Any], told: str) -> None:
    assert wrong(**keys) == [told]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"properties": on("titel.length", minimum=3)}, "/properties/titel: no fact `titel`; did you mean `title`?"),
        (
            {"properties": on("title.lenght", minimum=3)},
            "/properties/title/properties/lenght: no fact `title.lenght`; did you mean `title.length`?",
        ),
        ({"required": ["titel"]}, "/required/0: no fact `titel`; did you mean `title`?"),
        (
            {"dependentRequired": {"title": ["robotss"]}},
            "/dependentRequired/title/0: no fact `robotss`; did you mean `robots`?",
        ),
        ({"dependentSchemas": {"titel": {}}}, "/dependentSchemas/titel: no fact `titel`; did you mean `title`?"),
        ({"allOf": [{"required": ["titel"]}]}, "/allOf/0/required/0: no fact `titel`; did you mean `title`?"),
        ({"anyOf": [True, {"required": ["titel"]}]}, "/anyOf/1/required/0: no fact `titel`; did you mean `title`?"),
        ({"not": {"required": ["titel"]}}, "/not/required/0: no fact `titel`; did you mean `title`?"),
        ({"if": {"required": ["titel"]}, "then": True}, "/if/required/0: no fact `titel`; did you mean `title`?"),
        (
            {"x_applies_to": {"properties": {"indexabel": {"const": True}}}},
            "/x-applies-to/properties/indexabel: no fact `indexabel`",
        ),
        (
            {"properties": on("links.items", items={"required": ["hreff"]})},
            "/properties/links/properties/items/items/required/0: no fact `hreff`; did you mean `href`?",
        ),
        (
            {"properties": on("links.items", contains={"required": ["hreff"]})},
            "/properties/links/properties/items/contains/required/0: no fact `hreff`; did you mean `href`?",
        ),
        (
            {"properties": on("links.items", prefixItems=[{"required": ["hreff"]}])},
            "/properties/links/properties/items/prefixItems/0/required/0: no fact `hreff`; did you mean `href`?",
        ),
        (
            {"allOf": [{"$ref": "#/$defs/short"}], "$defs": {"short": {"required": ["titel"]}}},
            "/$defs/short/required/0: no fact `titel`; did you mean `title`?",
        ),
        ({"x_what": "/title/txt"}, "/x-what: no fact `title.txt`; did you mean `title.text`?"),
        ({"x_message": "It has {title.lenght}."}, "/x-message: no fact `title.lenght`; did you mean `title.length`?"),
        ({"x_message": "It has {title length}."}, "/x-message: `{title length}` names no fact"),
        (
            {"examples": [{"title": {"txt": "Sourdough", "length": 28}}]},
            "/examples/0/title/txt: no fact `title.txt`; did you mean `title.text`?",
        ),
    ],
)
def test_a_fact_that_does_not_exist_is_refused_wherever_it_is_named(
    wrong: Wrong, keys: dict[str, Any], told: str
) -> None:
    assert wrong(**keys) == [told]


@pytest.mark.parametrize(
    ("fact", "keywords", "told"),
    [
        ("title.length", {"minLength": 3}, "`minLength` cannot apply to `title.length`, which is a whole number"),
        ("title.text", {"maximum": 3}, "`maximum` cannot apply to `title.text`, which is a text or nothing (null)"),
        ("title.text", {"maxItems": 0}, "`maxItems` cannot apply to `title.text`, which is a text or nothing (null)"),
        ("links.items", {"required": ["href"]}, "`required` cannot apply to `links.items`, which is a list"),
        ("robots.noindex", {"type": "string"}, "`robots.noindex` is a boolean and never a text"),
        ("robots.noindex", {"const": "no"}, "`robots.noindex` is a boolean and never 'no'"),
        ("http.status", {"const": "200"}, "`http.status` is a whole number and never '200'"),
        ("http.status", {"const": 1.5}, "`http.status` is a whole number and never 1.5"),
        ("html.mode", {"const": "no-quirk"}, "`html.mode` is never 'no-quirk'; did you mean `no-quirks`?"),
        ("html.mode", {"enum": ["quirks", 1]}, "`html.mode` is a text and never 1"),
    ],
)
def test_a_keyword_that_cannot_apply_to_its_fact_is_refused(
    wrong: Wrong, fact: str, keywords: dict[str, Any], told: str
) -> None:
    assert told in wrong(properties=on(fact, **keywords))[0]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"then": True}, "`then` does nothing without `if` beside it"),
        ({"if": {"required": ["title"]}}, "`if` does nothing without `then` or `else` beside it"),
        ({"minProperties": 1}, "`minProperties` at the top level would read every fact there is"),
        ({"$defs": {"unused": True}}, "nothing refers to the definition `unused`"),
        ({"format": "uri"}, "a policy may not use `format`"),
    ],
)
def test_a_keyword_that_would_judge_nothing_is_refused(wrong: Wrong, keys: dict[str, Any], told: str) -> None:
    assert any(told in each for each in wrong(**keys))


@pytest.mark.parametrize(
    "keyword",
    ["$dynamicRef", "$anchor", "$id", "unevaluatedProperties", "unevaluatedItems", "multipleOf", "definitions"],
)
def test_what_cannot_be_checked_is_refused_with_the_reason(wrong: Wrong, keyword: str) -> None:
    told = wrong(properties={"title": {keyword: "x"}})
    assert told[0].startswith(f"/properties/title/{keyword}: a policy may not use `{keyword}`: ")


@pytest.mark.parametrize("ref", ["https://example.com/rule.json", "other.json", "#", "#/properties/title"])
def test_a_reference_to_anything_but_an_own_definition_is_refused(wrong: Wrong, ref: str) -> None:
    assert wrong(allOf=[{"$ref": ref}])[0].startswith("/allOf/0/$ref: ")


def test_a_reference_to_no_definition_names_the_nearest(wrong: Wrong) -> None:
    told = wrong(**{"allOf": [{"$ref": "#/$defs/shrot"}, {"$ref": "#/$defs/short"}], "$defs": {"short": True}})
    assert told[0] == "/allOf/0/$ref: no definition `shrot`; did you mean `short`?"


def test_a_definition_that_refers_to_itself_is_refused(wrong: Wrong) -> None:
    told = wrong(**{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}})
    assert told == ["/$defs/b/$ref: the definition `a` refers to itself"]


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "a(", "(?<!a)b"])
def test_a_pattern_that_may_not_run_in_linear_time_is_refused(wrong: Wrong, pattern: str) -> None:
    told = wrong(properties=on("title.text", pattern=pattern))
    assert told == [f"/properties/title/properties/text/pattern: the pattern `{pattern}` cannot be used"]


def test_a_pattern_that_only_the_engine_knows_is_accepted(wrong: Wrong) -> None:
    schema = on("title.text", pattern=r"^\p{Lu}")
    counterexample = [{"title": {"text": "über", "length": 4}}]
    assert wrong(properties=schema, x_counterexamples=counterexample) == []


def test_a_keyword_with_a_value_that_json_schema_does_not_know_is_refused(wrong: Wrong) -> None:
    assert wrong(properties=on("title.text", type="txt"))[0].startswith("/properties/title/properties/text/type: ")


def test_an_example_that_fails_is_refused_with_what_it_says(wrong: Wrong) -> None:
    told = wrong(examples=[{"title": {"text": "Home", "length": 4}}])
    assert told == ["/examples/0: an example does not hold: title.length is 4; at least 10 is needed"]


def test_a_counterexample_that_passes_is_refused(wrong: Wrong) -> None:
    told = wrong(x_counterexamples=[{"title": {"text": "Sourdough courses", "length": 17}}])
    assert told == ["/x-counterexamples/0: a counterexample is passed, where it must fail"]


def test_a_counterexample_that_the_policy_does_not_apply_to_is_refused(wrong: Wrong) -> None:
    told = wrong(x_applies_to={"required": ["robots"]}, examples=[{"robots": {"noindex": False}}])
    assert told == ["/x-counterexamples/0: a counterexample is inapplicable, where it must fail"]


def test_one_example_at_least_must_be_one_that_the_policy_applies_to(wrong: Wrong) -> None:
    counterexample = [{"robots": {"noindex": False}, "title": {"length": 4}}]
    told = wrong(x_applies_to={"required": ["robots"]}, x_counterexamples=counterexample)
    assert told == ["/examples/0: an example does not hold: the policy applies to none of its examples"]


def test_an_example_may_be_part_of_a_document_but_not_of_another_type(wrong: Wrong) -> None:
    told = wrong(examples=[{"title": {"length": "28"}}])
    assert told == ["/examples/0/title/length: not what the fact can be: '28' is not of type 'integer'"]


def test_a_header_may_have_any_name(wrong: Wrong) -> None:
    sound = {
        "properties": on("http.headers", required=["x-frame-options"]),
        "examples": [{"http": {"headers": {"x-frame-options": "DENY"}}}],
        "x_counterexamples": [{"http": {"headers": {}}}],
    }
    assert wrong(**sound) == []


def test_a_message_may_speak_of_the_member_that_fails(wrong: Wrong) -> None:
    sound = {
        "properties": on("cookies", items={"properties": {"secure": {"const": True}}}),
        "x_message": "The cookie {name} is not safe ({value}, {limit}, {what}).",
        "examples": [{"cookies": []}],
        "x_counterexamples": [{"cookies": [{"name": "id", "secure": False}]}],
    }
    assert wrong(**sound) == []
