from __future__ import annotations

import io
from typing import Any

import pytest

from checks.facts.advisories import advisories, retired
from checks.facts.host_mentions import Own
from checks.facts.leak_scan import LeakScan
from checks.facts.libraries import development
from checks.facts.reference import reference

OWN = Own("www.bakery.co", frozenset({"bakery.co"}), frozenset())


def leaks(*files: tuple[str, str]) -> dict[str, Any]:
    scan = LeakScan(OWN)
    for path, text in files:
        scan.read(path, io.BytesIO(text.encode()))
    return scan.leaks()


def told(kind: str, text: str, path: str = "app.js") -> list[str]:
    return [one["what"] for one in leaks((path, text))[kind]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"NODE_ENV":"development"}', ['NODE_ENV":"development"']),
        ('if (process.env.NODE_ENV !== "development") f()', []),
        ("Sentry.init({environment: 'staging'})", ["environment: 'staging'"]),
        ("Sentry.init({environment: 'production'})", []),
        ("gtag('config', 'G-1', {debug_mode: true})", ["debug_mode: true"]),
        ('{"props":{"env":"qa"}}', ['"env":"qa"']),
    ],
)
def test_code_that_says_that_it_is_for_another_environment_is_told(text: str, expected: list[str]) -> None:
    assert told("environments", text) == expected


def test_an_environment_that_is_only_written_about_is_none() -> None:
    assert told("environments", "<p>Set environment: 'staging' first.</p>", "index.html") == []
    assert told("environments", "<pre>environment: 'staging'</pre>", "index.html") == []
    assert told("environments", "<script>var x = {environment: 'staging'}</script>", "index.html") == [
        "environment: 'staging'"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"/home/ada/projects/bakery/src/a.js"', ["/home/ada/projects/bakery/src/"]),
        ('"/Users/ada/sites/x/node_modules/y"', ["/Users/ada/sites/x/node_modules/"]),
        (r'"C:\\Users\\Ada Lovelace\\site"', ["\\Users\\\\Ada Lovelace\\"]),
        ('"/home/bread/rye/"', []),
        ('"https://a.example/home/"', []),
    ],
)
def test_folders_of_somebodys_machine_are_told(text: str, expected: list[str]) -> None:
    assert told("local_paths", text) == expected


@pytest.mark.parametrize(
    ("comment", "rule"),
    [
        ("TODO: mend", "a note to oneself"),
        ("login: ada, password: rye123", "a password"),
        ("remove this before launch", "a word of warning"),
        ("see https://jira.bakery.co/browse/OVEN-12", "a ticket"),
        ("Todos los panes", None),
        ("[if IE]> TODO <![endif]", None),
    ],
)
def test_comments_that_were_not_meant_for_visitors_are_told(comment: str, rule: str | None) -> None:
    found = leaks(("index.html", f"<p>x</p><!-- {comment} -->"))["comments"]
    assert [one["rule"] for one in found] == ([rule] if rule else [])


def test_a_comment_of_a_template_is_told_once_with_its_first_file() -> None:
    found = leaks(("b.html", "\n<!-- TODO -->"), ("a.html", "<!-- TODO --><!-- TODO -->"))["comments"]
    assert [(one["what"], one["path"], one["line"], one["files"]) for one in found] == [("TODO", "a.html", 1, 2)]


@pytest.mark.parametrize(
    ("code", "hidden"),
    [
        ("eval(function(p,a,c,k,e,d){" + "x" * 1000, True),
        ("eval(atob('" + "QUFB" * 300 + "'))", True),
        (" ".join(f"_0x{number:04x}" for number in range(200)), True),
        ("var words = '" + "bread " * 300 + "'", False),
        ("eval(atob('QUFB'))", False),
    ],
)
def test_long_inline_scripts_that_hide_what_they_do_are_told(code: str, *, hidden: bool) -> None:
    assert bool(told("hidden_code", f"<script>{code}</script>", "index.html")) is hidden


def test_keys_for_browsers_are_told_with_their_owner() -> None:
    key = "AIza" + "Sy0123456789abcdefghijklmnopqrstuvw"[:35]
    found = leaks(("app.js", f'"{key}"'))["public_keys"]
    assert [(one["what"], one["rule"]) for one in found] == [(key, "Google API key")]


def test_a_list_of_many_addresses_is_told_and_a_few_are_not() -> None:
    many = "\n".join(f"name{number}@bakery.co" for number in range(20))
    found = leaks(("people.csv", many), ("few.csv", many[:100]), ("page.html", many), ("AUTHORS", many))
    assert found["contact_lists"] == [{"path": "people.csv", "addresses": 20}]


@pytest.mark.parametrize(
    ("name", "version", "expected"),
    [
        ("jquery", "3.4.1", ["CVE-2020-11022", "CVE-2020-11023"]),
        ("jquery", "3.5.0", []),
        ("jquery", "3.5.0-rc.1", ["CVE-2020-11022", "CVE-2020-11023"]),
        ("bootstrap", "4.3.0", ["CVE-2019-8331"]),
        ("bootstrap", "3.4.1", ["CVE-2024-6485", "CVE-2025-1647"]),
        ("bootstrap", "4.1.1", ["CVE-2018-14040", "CVE-2018-14041", "CVE-2018-14042", "CVE-2019-8331"]),
        ("bootstrap", "4.6.2", []),
        ("highlight.js", "9.18.5", ["GHSA-7wwv-vh3v-89cq"]),
        ("highlight.js", "10.1.1", ["CVE-2020-26237", "GHSA-7wwv-vh3v-89cq"]),
        ("vue", "3.0.0-rc.1", []),
        ("unheard-of", "1.0.0", []),
    ],
)
def test_advisories_are_those_of_the_version(name: str, version: str, expected: list[str]) -> None:
    assert [one["id"] for one in advisories(name, version)] == expected


def test_a_version_between_two_ranges_of_an_advisory_is_not_touched_by_it() -> None:
    touched = {
        version: "CVE-2015-9251" in {one["id"] for one in advisories("jquery", version)}
        for version in ("1.12.1", "1.12.2", "1.12.3", "2.2.4", "3.0.0")
    }
    assert touched == {"1.12.1": True, "1.12.2": False, "1.12.3": True, "2.2.4": True, "3.0.0": False}


def test_every_advisory_is_one_range_of_a_library_under_its_own_name() -> None:
    known = reference("advisories")["advisories"]
    ranges = [(one["library"], one["id"], one["from"]) for one in known]
    same = reference("libraries")["same"]
    assert len(set(ranges)) == len(ranges)
    assert not {library for library, _, _ in ranges} & set(same)
    assert {one["severity"] for one in known} <= {"low", "medium", "high", "critical"}


def test_a_library_is_retired_below_the_first_version_that_is_looked_after() -> None:
    assert (retired("vue", "2.7.16"), retired("vue", "3.0.0")) == ("2023-12-31", None)


def test_development_builds_say_so() -> None:
    assert development(b"/** @license React react-dom.development.js */") == ("react",)
    assert development(b"/** @license React react-dom.production.min.js */") == ()
