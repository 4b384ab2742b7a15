"""Four outcomes, and what a failure becomes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from checks import shapes
from checks.judge.evaluate import Judge, validator
from checks.judge.finding import MISSING, Finding, cause, fingerprint
from checks.judge.policy import Policy

Judged = Callable[..., list[Finding]]
MakePolicy = Callable[..., Policy]

NOINDEX = {"properties": {"robots": {"properties": {"noindex": {"const": False}}}}}
SECURE = {"properties": {"cookies": {"items": {"properties": {"secure": {"const": True}}}}}}
BROKEN_LINKS = {
    "properties": {
        "links": {
            "properties": {
                "items": {
                    "items": {
                        "if": {"properties": {"internal": {"const": True}}},
                        "then": {"properties": {"status": {"minimum": 200, "maximum": 299}}},
                    }
                }
            }
        }
    }
}


def link(href: str, status: int, **facts: Any) -> dict[str, Any]:
    return {"href": href, "url": f"https://example.com{href}", "internal": True, "status": status, **facts}


def page(path: str = "/a/", measured: list[str] | None = None, **facts: Any) -> dict[str, Any]:
    return {"kind": "page", "path": path, "measured": sorted(facts) if measured is None else measured, **facts}


def outcome(judge: Judge, document: dict[str, Any]) -> str:
    """Return the one outcome that judging `document` adds."""
    judge.document(document)
    (tally,) = judge.tallies
    counts = {name: getattr(tally, name) for name in ("inapplicable", "passed", "cannot_tell", "failed")}
    (name,) = (name for name, count in counts.items() if count)
    return name


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (page(robots={"noindex": False}), "passed"),
        (page(robots={"noindex": True}), "failed"),
        (page(title={"length": 3}), "cannot_tell"),
        (page(measured=["title"], robots={"noindex": True}), "cannot_tell"),
    ],
)
def test_a_policy_passes_fails_or_cannot_tell(
    policy: MakePolicy, shape_of: Any, document: dict[str, Any], expected: str
) -> None:
    assert outcome(Judge([policy(NOINDEX)], shape_of), document) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (page(http={"status": 404}, robots={"noindex": True}), "inapplicable"),
        (page(http={"status": 404}), "inapplicable"),
        (page(http={"status": 200}, robots={"noindex": True}), "failed"),
        (page(http={"status": 200}), "cannot_tell"),
        (page(robots={"noindex": True}), "cannot_tell"),
    ],
)
def test_what_a_policy_applies_to_is_asked_first(
    policy: MakePolicy, shape_of: Any, document: dict[str, Any], expected: str
) -> None:
    applies = {"required": ["http"], "properties": {"http": {"properties": {"status": {"const": 200}}}}}
    assert outcome(Judge([policy(NOINDEX, applies_to=applies)], shape_of), document) == expected


@pytest.mark.parametrize(
    "schema",
    [
        {"required": ["title"]},
        {"allOf": [{"required": ["title"]}]},
        {"anyOf": [True, {"properties": {"title": True}}]},
        {"oneOf": [{"properties": {"title": True}}]},
        {"not": {"properties": {"title": {"required": ["text"]}}}},
        {"if": {"required": ["title"]}, "then": True},
        {"if": True, "then": {"required": ["title"]}},
        {"if": False, "then": True, "else": {"required": ["title"]}},
        {"dependentRequired": {"expect": ["title"]}},
        {"dependentSchemas": {"expect": {"required": ["title"]}}},
        {"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"required": ["title"]}}},
    ],
)
def test_a_group_is_read_through_every_applicator_and_reference(
    policy: MakePolicy, shape_of: Any, schema: dict[str, Any]
) -> None:
    assert outcome(Judge([policy(schema)], shape_of), page(robots={"noindex": False})) == "cannot_tell"


def test_what_every_document_has_is_never_unmeasured(policy: MakePolicy, shape_of: Any) -> None:
    schema = {"required": ["kind", "path", "config"], "properties": {"config": {"required": ["host"]}}}
    assert outcome(Judge([policy(schema)], shape_of), page(measured=[], config={"host": "plain"})) == "passed"


def test_a_tally_names_the_groups_that_it_lacked(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy({"required": ["title", "robots"]})], shape_of)
    judge.document(page(title={}))
    assert judge.tallies[0].lacked == {"robots"}


def test_a_policy_judges_documents_of_its_kind_only(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy(NOINDEX), policy({"required": ["files"]}, "site/it", reads="site")], shape_of)
    judge.document({"kind": "site", "path": "/", "measured": ["files"], "files": {"private": []}})
    assert [tally.applied for tally in judge.tallies] == [0, 1]


def test_a_member_of_a_list_is_known_by_its_identity_and_not_by_its_place(judged: Judged) -> None:
    found = judged(BROKEN_LINKS, {"links": {"items": [link("/ok/", 200), link("/gone/", 404), link("/err/", 500)]}})
    assert [(each.what, each.value, each.pointer) for each in found] == [
        ("/gone/", 404, "/links/items/1/status"),
        ("/err/", 500, "/links/items/2/status"),
    ]


def test_identity_does_not_change_when_positions_do(judged: Judged) -> None:
    links = [link("/a/", 404), link("/b/", 500)]
    one = judged(BROKEN_LINKS, {"links": {"items": links}})
    other = judged(BROKEN_LINKS, {"links": {"items": [link("/new/", 200), *reversed(links)]}})
    assert {each.fingerprint for each in one} == {each.fingerprint for each in other}


def test_every_member_of_a_list_that_must_be_empty_is_a_finding(judged: Judged) -> None:
    errors = [{"text": "one", "url": "/x.js"}, {"text": "two", "url": "/x.js"}]
    found = judged(
        {"properties": {"console": {"properties": {"errors": {"maxItems": 0}}}}}, {"console": {"errors": errors}}
    )
    assert [(each.what, each.value, each.limit) for each in found] == [("one", errors[0], 0), ("two", errors[1], 0)]


def test_beyond_a_bound_the_surplus_members_are_the_findings(judged: Judged) -> None:
    found = judged(
        {"properties": {"headings": {"properties": {"h1": {"maxItems": 1}}}}}, {"headings": {"h1": ["A", "B"]}}
    )
    assert [each.what for each in found] == ["B"]


def test_a_member_that_breaks_two_limits_is_one_finding(judged: Judged) -> None:
    schema = {
        "properties": {
            "cookies": {"items": {"properties": {"secure": {"const": True}}, "required": ["secure", "name"]}}
        }
    }
    found = judged({"allOf": [schema, SECURE]}, {"cookies": [{"name": "id", "secure": False}]})
    assert [each.what for each in found] == ["id"]


def test_a_list_found_through_a_reference_in_the_shape_has_its_identity(judged: Judged) -> None:
    assert [each.what for each in judged(SECURE, {"cookies": [{"name": "id", "secure": False}]})] == ["id"]


@pytest.mark.parametrize(
    ("schema", "facts", "what", "value", "limit"),
    [
        (
            {"properties": {"title": {"properties": {"length": {"maximum": 60}}}}},
            {"title": {"length": 80}},
            "title.length",
            80,
            60,
        ),
        ({"properties": {"title": {"required": ["text"]}}}, {"title": {}}, "title.text", MISSING, MISSING),
        (
            {"properties": {"html": {"properties": {"mode": {"enum": ["no-quirks"]}}}}},
            {"html": {"mode": "quirks"}},
            "html.mode",
            "quirks",
            ["no-quirks"],
        ),
        (
            {"properties": {"title": {"properties": {"text": {"pattern": "^[A-Z]"}}}}},
            {"title": {"text": "home"}},
            "title.text",
            "home",
            "^[A-Z]",
        ),
        (
            {"properties": {"http": {"properties": {"headers": {"required": ["x-frame-options"]}}}}},
            {"http": {"headers": {}}},
            "http.headers.x-frame-options",
            MISSING,
            MISSING,
        ),
        ({"not": NOINDEX}, {"robots": {"noindex": False}}, "robots.noindex", False, MISSING),
        (
            {"anyOf": [{"properties": {"expect": {"required": ["noindex"]}}, "required": ["expect"]}, NOINDEX]},
            {"robots": {"noindex": True}},
            "robots.noindex",
            True,
            MISSING,
        ),
        (
            {"properties": {"headings": {"properties": {"h1": {"contains": {"minLength": 1}}}}}},
            {"headings": {"h1": [""]}},
            "headings.h1",
            [""],
            MISSING,
        ),
    ],
)
def test_without_a_list_the_name_of_the_fact_says_what_failed(
    judged: Judged, schema: dict[str, Any], facts: dict[str, Any], what: str, value: Any, limit: Any
) -> None:
    assert [(each.what, each.value, each.limit) for each in judged(schema, facts)] == [(what, value, limit)]


def test_where_a_rule_fails_as_a_whole_its_pointer_says_what(judged: Judged) -> None:
    schema = {"anyOf": [{"properties": {"canonical": {"properties": {"is_self": {"const": True}}}}}]}
    facts = {"canonical": {"url": "https://example.com/b/", "is_self": False}}
    found = judged(schema, facts, what="/canonical/url")
    assert [(each.what, each.value) for each in found] == [("https://example.com/b/", "https://example.com/b/")]


def test_a_pointer_to_nothing_says_its_own_name(judged: Judged) -> None:
    found = judged({"properties": {"canonical": {"type": "object"}}}, {"canonical": None}, what="/canonical/url")
    assert [each.what for each in found] == ["canonical.url"]


def test_a_fingerprint_stands_on_policy_page_and_what_alone(judged: Judged) -> None:
    (found,) = judged(BROKEN_LINKS, {"links": {"items": [link("/gone/", 404)]}}, message="Anything.", severity="info")
    assert found.fingerprint == fingerprint("seo/it", "/a/", "/gone/")


def test_one_broken_target_on_two_pages_is_one_cause(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy(BROKEN_LINKS)], shape_of)
    pages = [page(path, links={"items": [link("/gone/", 404)]}) for path in ("/a/", "/b/")]
    found = [each for document in pages for each in judge.document(document)]
    assert (len({each.fingerprint for each in found}), len({each.cause for each in found})) == (2, 1)


LOST = {"properties": {"links": {"properties": {"items": {"items": {"properties": {"fragment_ok": {"const": True}}}}}}}}
NOT_GONE = {"properties": {"status": {"not": {"const": 404}}}}


def causes_of_fragments(make: MakePolicy, shape_of: Any, schema: dict[str, Any]) -> int:
    """Return how many causes two links have that differ in their fragment alone."""
    links = [link(f"/gone/#{name}", 404, fragment_ok=False) for name in "ab"]
    found = Judge([make(schema)], shape_of).document(page(links={"items": links}))
    assert len({each.fingerprint for each in found}) == 2
    return len({each.cause for each in found})


@pytest.mark.parametrize(
    "schema",
    [
        BROKEN_LINKS,
        {"properties": {"links": {"properties": {"items": {"items": NOT_GONE}}}}},
        {"properties": {"links": {"properties": {"items": {"items": {"anyOf": [NOT_GONE]}}}}}},
    ],
)
def test_a_missing_target_is_one_cause_whatever_the_fragment(
    policy: MakePolicy, shape_of: Any, schema: dict[str, Any]
) -> None:
    assert causes_of_fragments(policy, shape_of, schema) == 1


def test_each_missing_fragment_is_a_cause_of_its_own(policy: MakePolicy, shape_of: Any) -> None:
    assert causes_of_fragments(policy, shape_of, LOST) == 2


def test_a_rule_that_speaks_of_no_fact_has_a_cause(judged: Judged) -> None:
    assert [each.what for each in judged({"not": {}}, {})] == ["page"]


def test_one_relative_address_that_leads_to_two_targets_is_two_causes(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy(BROKEN_LINKS)], shape_of)
    pages = [
        page(f"/{name}/", links={"items": [link("x.html", 404, url=f"https://example.com/{name}/x.html")]})
        for name in "ab"
    ]
    assert len({each.cause for document in pages for each in judge.document(document)}) == 2


def test_one_fault_of_every_page_is_one_cause_even_where_its_value_differs(policy: MakePolicy, shape_of: Any) -> None:
    schema = {"properties": {"canonical": {"properties": {"is_self": {"const": True}}}}}
    judge = Judge([policy(schema, what="/canonical/url")], shape_of)
    pages = [page(f"/{n}/", canonical={"url": f"https://staging.example/{n}/", "is_self": False}) for n in "ab"]
    assert {each.cause for document in pages for each in judge.document(document)} == {cause("seo/it", "canonical.url")}


def test_a_finding_of_the_site_has_no_page(policy: MakePolicy, shape_of: Any) -> None:
    schema = {"properties": {"files": {"properties": {"private": {"maxItems": 0}}}}}
    judge = Judge([policy(schema, reads="site")], shape_of)
    private = [{"path": ".env", "rule": "environment file"}]
    (found,) = judge.document({"kind": "site", "path": "/", "measured": ["files"], "files": {"private": private}})
    assert (found.page, "page" in found.to_document()) == (None, False)


@pytest.mark.parametrize(
    ("keys", "blocking"),
    [
        ({"severity": "error"}, True),
        ({"severity": "warning"}, False),
        ({"severity": "info"}, False),
        ({"severity": "error", "status": "proposed"}, False),
    ],
)
def test_only_an_error_that_is_in_force_blocks(judged: Judged, keys: dict[str, str], blocking: bool) -> None:
    assert [each.blocking for each in judged(NOINDEX, {"robots": {"noindex": True}}, **keys)] == [blocking]


def test_a_finding_is_of_the_published_shape(judged: Judged) -> None:
    (found,) = judged(BROKEN_LINKS, {"links": {"items": [link("/gone/", 404)]}})
    jsonschema.validate(found.to_document(), shapes.load("finding"))


def test_a_finding_is_read_again_as_it_was_written(judged: Judged) -> None:
    (found,) = judged(NOINDEX, {"robots": {"noindex": True}})
    assert Finding.from_document(found.to_document()) == found


def test_an_endless_name_keeps_its_identity_in_a_digest(judged: Judged) -> None:
    links = [link("/" + "x" * 5000 + end, 404) for end in "ab"]
    found = judged(BROKEN_LINKS, {"links": {"items": links}})
    assert [len(each.what) <= 500 for each in found] == [True, True]


def test_a_long_value_is_cut(judged: Judged) -> None:
    schema = {"properties": {"title": {"properties": {"text": {"maxLength": 60}}}}}
    (found,) = judged(schema, {"title": {"text": "x" * 5000}})
    assert len(found.value) == 200


def test_nothing_is_held_from_one_document_to_the_next(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy(NOINDEX)], shape_of)
    for number in range(100):
        judge.document(page(f"/{number}/", robots={"noindex": True}))
    assert [(tally.failed, tally.lacked) for tally in judge.tallies] == [(100, set())]


@pytest.mark.parametrize("pattern", [r"(a)\1", "(?=a)b", "(?<!a)b", "(?>a+)b"])
def test_a_pattern_that_could_run_for_ever_is_none(pattern: str) -> None:
    with pytest.raises(jsonschema_rs.ValidationError, match="regex"):
        validator({"pattern": pattern})


def test_a_schema_that_lies_elsewhere_is_not_fetched() -> None:
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep quiet."""

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"true")

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/schema.json"
        with pytest.raises(jsonschema_rs.ValidationError):
            validator({"$ref": address}).is_valid({})
        server.shutdown()
    assert asked == []


def test_of_a_page_that_was_read_only_a_policy_has_no_outcome_where_a_browser_must_say(
    policy: MakePolicy, shape_of: Any
) -> None:
    judge = Judge([policy(SECURE)], shape_of)
    assert judge.document(page(robots={"noindex": False}), represented=True) == []
    (tally,) = judge.tallies
    assert (tally.represented, tally.unanswered) == (1, 1)
    assert (tally.applied, tally.inapplicable, tally.cannot_tell) == (0, 0, 0)


def test_what_its_html_says_is_judged_all_the_same(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy(NOINDEX)], shape_of)
    assert len(judge.document(page(robots={"noindex": True}), represented=True)) == 1


def test_whether_a_policy_applies_to_it_may_be_what_only_a_browser_knows(policy: MakePolicy, shape_of: Any) -> None:
    applies = {"properties": {"cookies": {"minItems": 1}}}
    judge = Judge([policy(NOINDEX, applies_to=applies)], shape_of)
    judge.document(page(robots={"noindex": True}), represented=True)
    (tally,) = judge.tallies
    assert (tally.represented, tally.unanswered) == (1, 0)
