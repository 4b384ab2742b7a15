"""Four outcomes: inapplicable, passed, cannot tell, failed; of pages that were read only, none; nothing is fetched."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jsonschema_rs
import pytest

from checks.judge.evaluate import Judge, validator
from tests.judge.pages import NOINDEX, SECURE, MakePolicy, page


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
