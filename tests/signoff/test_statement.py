"""A statement is read one way only, and what is not exactly that is refused with file, line and key."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checks import shapes
from checks.errors import EXIT_WRONG_USE
from checks.signoff import statement
from checks.signoff.statement import MalformedError
from tests.signoff.signing import cause_entry, document, entry

GOOD = statement.to_bytes(document(entry()))


def refused(data: bytes) -> str:
    with pytest.raises(MalformedError) as caught:
        statement.parse(data, "x.json")
    assert caught.value.code == "malformed"
    assert caught.value.exit_code == EXIT_WRONG_USE
    return f"{caught.value.where}: {caught.value.what}"


def edited(old: str, new: str) -> bytes:
    text = GOOD.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_what_was_written_is_read() -> None:
    read = statement.parse(GOOD, "x.json")
    assert read.to_document() == document(entry())
    assert (read.findings[0].not_worse_than, read.until, read.context.repository_id) == (3.2, "2026-11-30", 77)


def test_the_file_is_sorted_utf_8_with_one_line_feed_at_its_end() -> None:
    data = statement.to_bytes(document(entry(), reason="Bis Mitte Dezember tragbar für uns."))
    assert "für".encode() in data
    assert data.endswith(b"}\n")
    assert list(json.loads(data)) == sorted(json.loads(data))


def test_an_id_is_the_first_26_of_the_base_32_of_the_digest() -> None:
    assert statement.id_of(b"") == "4oymiquy7qobjgx36tejs35zeq"


def test_weakenings_that_differ_in_anything_have_other_fingerprints() -> None:
    parts = ("rule-loosened", "gonogo/policies/x.json", "x", "60", "70")
    others = [[*parts[:at], parts[at] + "!", *parts[at + 1 :]] for at in range(5)]
    fingerprints = {statement.weakening_fingerprint(*each) for each in (parts, *others)}
    assert len(fingerprints) == 6
    assert all(each.startswith("w1:") and len(each) == 35 for each in fingerprints)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"nonce"', '"nonse"', "x.json:25: `nonse`: unknown key `nonse`; did you mean `nonce`?"),
        ('"policy_id"', '"policy"', "`findings.0.policy`: unknown key `policy`"),
        ('  "schema"', '  "action": "override",\n  "schema"', "x.json:34: the key `action` stands twice"),
        ('"override"', "&a override", "x.json:2: this is not JSON"),
        ('  "not_after": "2026-11-30T23:59:59Z",\n', "", "x.json:1: there is no `not_after`"),
        ("2026-11-30T23:59:59Z", "never", "x.json:26: `not_after`: it can't be 'never'"),
        ("2026-11-30T23:59:59Z", "2026-11-30T23:59:59", "x.json:26: `not_after`: it can't be"),
        ("2026-11-30T23:59:59Z", "2026-11-31T23:59:59Z", "x.json:26: `not_after`: there is no such moment"),
        ("2026-11-30T23:59:59Z", "2026-11-30T12:00:00Z", "x.json:26: `not_after`: it can't be"),
        ("2026-11-18T10:00:00Z", "2026-11-18T10:00:00+01:00", "`issued_at`: it can't be"),
        ("2026-11-30T", "2027-02-17T", "`not_after`: its last day is more than 90 days after"),
        ("2026-11-30T", "2026-11-17T", "`not_after`: its last day is before"),
        ('"fix-scheduled"', '"whatever"', "`reason_code`: it can't be 'whatever'"),
        ("The picture is replaced next week.", "soon", "`reason`: it can't be 'soon'"),
        ("The picture", "The\\npicture", "`reason`: a character that can't be seen"),
        ("The picture", "The \\ud800 picture", "`reason`: half a character"),
        ('"v1:', '"v2:', "`findings.0.fingerprint`: it can't be"),
        ('"/a/"', '"*"', "`findings.0.url_path`: it can't be '*'"),
        ('"perf/lcp"', '"perf/*"', "`findings.0.policy_id`: it can't be 'perf/*'"),
        ('"level": "finding"', '"level": "commit"', "`binding`: it is bound to `commit`"),
        ('"override"', '"revoke"', "`action`: a revocation names what it takes back, and accepts nothing"),
        ("3.2", "NaN", "x.json:16: `findings.0.not_worse_than`: this is not a number"),
        ("3.2", "1e999", "x.json:16: `findings.0.not_worse_than`: this is not a number"),
        ("3.2", "3.20", "it is not written as gonogo writes it"),
        ("77", "77 ", "it is not written as gonogo writes it"),
        ("The picture", "\\u0054he picture", "it is not written as gonogo writes it"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(old: str, new: str, said: str) -> None:
    assert said in refused(edited(old, new))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null\n",
        GOOD + b"\n",
        GOOD[:-1],
        GOOD.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + GOOD,
        b"\xff" + GOOD,
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 100_000,
        b" " * (statement.LARGEST + 1),
        b'{"a": 1, "a": 1}' * 10_000,
    ],
    ids=range(12),
)
def test_what_is_no_statement_is_refused_whatever_its_size_and_depth(data: bytes) -> None:
    assert refused(data).startswith("x.json")


@pytest.mark.parametrize(
    "changes",
    [
        {"findings": [entry()] * 51},
        {"findings": [entry()] * 2},
        {"findings": []},
        {"revokes": ["a" * 26]},
        {"action": "revoke", "findings": [], "revokes": ["*"]},
        {"action": "revoke", "findings": []},
        {"causes": [cause_entry(["/"], cause=f"c1:{number:016}") for number in range(11)]},
        {"nonce": "0" * 31},
        {"nonce": "0" * 32 + "\n"},
        {"context": {}},
    ],
    ids=range(10),
)
def test_what_is_not_of_the_shape_cannot_be_signed(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        statement.to_bytes(document(entry(), **changes))


def test_what_is_too_large_is_not_even_parsed() -> None:
    assert "at most 262,144 are read" in refused(b"[" * (statement.LARGEST + 1))


def test_lists_of_pages_are_found_by_their_digests() -> None:
    one, two = ("/b/", "/a/"), ("/ä/",)
    data = statement.pages_to_bytes(one, two)
    assert data == "/a/\n/b/\n\n/ä/\n".encode()
    found = statement.pages_by_digest(data)
    assert found[hashlib.sha256(b"/a/\n/b/\n").hexdigest()] == ("/a/", "/b/")
    assert sorted(found.values()) == [("/a/", "/b/"), ("/ä/",)]


@pytest.mark.parametrize("data", [b"", b"\n", b"/a/", b"/b/\n/a/\n", b"/a/\n/a/\n", b"a\n", b"/a/\n\n\n", b"/\xff\n"])
def test_a_list_of_pages_that_is_not_sorted_lines_of_paths_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"list of pages|utf-8"):
        statement.pages_by_digest(data)


def test_every_key_of_the_shape_is_described() -> None:
    def described(schema: dict[str, Any]) -> bool:
        inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
        return bool(schema.get("description") or "pattern" in schema) and all(map(described, inner))

    Draft202012Validator.check_schema(shapes.load("sign-off"))
    assert described(shapes.load("sign-off"))


def accepted(data: bytes) -> bool:
    try:
        statement.parse(data, "x.json")
    except MalformedError:
        return False
    return True


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=400) | JSON.map(lambda value: json.dumps(value).encode()))
def test_nothing_but_a_statement_is_accepted_and_nothing_crashes(data: bytes) -> None:
    assert not accepted(data)


@given(st.sampled_from(sorted(document(entry()))), JSON)
def test_any_other_value_of_a_key_is_accepted_only_where_it_can_be_signed_again(key: str, value: Any) -> None:
    made = {**document(entry()), key: value}
    data = (json.dumps(made, ensure_ascii=True, sort_keys=True, indent=2) + "\n").encode()
    if accepted(data):
        assert statement.to_bytes(made) == data


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255), st.integers(0, 3))
def test_a_damaged_statement_is_refused_or_is_another_one(place: int, byte: int, longer: int) -> None:
    data = GOOD[:place] + bytes([byte] * longer) + GOOD[place + 1 :]
    assert not accepted(data) or data == GOOD or statement.id_of(data) != statement.id_of(GOOD)
