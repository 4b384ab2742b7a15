"""A statement for one site, repository, branch, policy or finding is none for another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks.signoff import statement
from checks.signoff.statement import MalformedError
from checks.signoff.verification import Context, StatementFiles
from tests.signoff.signing import HERE, SITE, Judged, Keys, document, entry, finding, policy

# Attacks 3 and 4: replay on something else.


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"about": replace(HERE, site_id="https://www.example.org")}, "wrong-context"),
        ({"about": replace(HERE, repository_id=78)}, "wrong-context"),
        ({"about": replace(HERE, repository_id=None)}, "wrong-context"),
        ({"about": replace(HERE, base_branch="release")}, "wrong-context"),
        ({"about": replace(HERE, base_branch="")}, "wrong-context"),
        ({"policies": {"perf/lcp": policy(title="Another text")}}, "policy-changed"),
        ({"policies": {}}, "policy-changed"),
    ],
)
def test_a_statement_for_one_thing_is_none_for_another(
    judged: Judged, good: StatementFiles, change: dict[str, Any], outcome: str
) -> None:
    assert replace(judged, **change).outcome(good) == outcome


@pytest.mark.parametrize("other", [finding("/b/"), finding("/A/"), finding(what="cls"), finding(None)])
def test_a_statement_about_one_finding_is_none_about_another(judged: Judged, good: StatementFiles, other: Any) -> None:
    of = replace(other, fingerprint="v1:" + "0" * 32) if other.what == "cls" else other
    assert judged.outcome(good, of=of) == "unused"


def test_a_fingerprint_of_another_policy_or_page_is_not_accepted(keys: Keys, judged: Judged) -> None:
    changes: tuple[dict[str, Any], ...] = ({"policy_id": "perf/cls"}, {"url_path": "/b/"})
    assert [judged.outcome(keys.files(document(entry(**each)), "ana")) for each in changes] == ["unused"] * 2


def test_an_unrelated_policy_may_change(judged: Judged, good: StatementFiles) -> None:
    others = {"perf/lcp": policy(), "seo/x": policy("seo/x", title="Another")}
    assert replace(judged, policies=others).outcome(good) == "applied"


def test_a_repository_without_an_id_is_known_by_its_name(keys: Keys, judged: Judged) -> None:
    context = {"repository_id": None, "repository": "example/shop", "site_id": SITE, "base_branch": "main"}
    signed = keys.files(document(entry(), context=context), "ana")
    here = replace(HERE, repository_id=None)
    names = [replace(judged, about=replace(here, repository=name)) for name in ("example/shop", "example/Shop", "")]
    assert [each.outcome(signed) for each in names] == ["applied", "wrong-context", "wrong-context"]


@pytest.mark.parametrize(("level", "key"), [("commit", "commit"), ("tree", "tree"), ("site-digest", "site_digest")])
def test_what_a_statement_is_bound_to_must_be_the_same(keys: Keys, judged: Judged, level: str, key: str) -> None:
    binding = {"level": level, key: getattr(HERE, key)}
    signed = keys.files(document(entry(), binding=binding), "ana")
    assert judged.outcome(signed) == "applied"
    for other in ("d" * len(binding[key]), None):
        assert replace(judged, about=_here(key, other)).outcome(signed) == "wrong-context"


def _here(key: str, value: Any) -> Context:
    changes: dict[str, Any] = {key: value}
    return replace(HERE, **changes)


# Attack 8: wildcards. What the files of keys may say is told in test_signers.py.


@pytest.mark.parametrize(
    "changes",
    [{"policy_id": "*"}, {"policy_id": "perf/**"}, {"url_path": "**"}, {"fingerprint": "*"}, {"fingerprint": "v1:*"}],
)
def test_a_wildcard_cannot_be_signed(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        statement.to_bytes(document(entry(**changes)))


def test_a_star_in_a_path_stands_for_itself(keys: Keys, judged: Judged) -> None:
    signed = keys.files(document(entry(url_path="/*")), "ana")
    assert judged.outcome(signed) == "unused"
