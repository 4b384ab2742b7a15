"""A saved baseline survives an upgrade: neither a new rule nor a new gonogo makes anything new."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checks import kept_facts, run_folder
from checks.run_folder import RunFolder
from tests.compare.seeds import ENGLISH
from tests.test_known import TITLE, Project, findings, small, untitled

Document = dict[str, Any]
Age = Callable[[Document], None]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def live(project: Project) -> RunFolder:
    """Return a run of a shop that has a page without a title."""
    return project.check(untitled(small(), ENGLISH))


def aged(live: RunFolder, folder: Path, age: Age, rendered: str | None = "chromium 1") -> Path:
    """Return a copy of a run, as a gonogo of another day would have written it."""
    old = RunFolder(folder / "old")
    old.path.mkdir()
    for name in (run_folder.PAGES, run_folder.COVERAGE):
        old.write_lines(name, each(live.lines(name), age))
    for name in (run_folder.SITE, run_folder.RUN):
        old.write(name, next(each([live.read(name)], age)))
    old.write(run_folder.RUN, {**old.read(run_folder.RUN), "gonogo": "0.0.1", "browser": rendered})
    return old.path


def each(documents: Any, age: Age) -> Iterator[Document]:
    for document in documents:
        other = json.loads(json.dumps(document))
        age(other)
        yield other


def nothing(_: Document) -> None:
    """It wrote the same."""


def config_less(one: Document) -> None:
    """Some settings were not there yet."""
    if "config" in one:
        one["config"].pop("sends_headers")
        one["config"]["allow"].pop("source_maps")


def config_more(one: Document) -> None:
    """Some settings are gone since, and others of another type."""
    if "config" in one:
        one["config"] |= {"carousel": True, "host": 7}


def run_more(one: Document) -> None:
    """Its settings and its record of the run had other keys."""
    if "settings" in one:
        one["settings"] = {"webring": {"on": True}}
        one["weather"] = "fine"


def ledger_more(one: Document) -> None:
    """Its ledger told more."""
    if "state" in one:
        one |= {"mood": "good", "found_in": [*one["found_in"], "webring"]}


def group_less(one: Document) -> None:
    """A group that is read by a rule lacked a fact."""
    if "config" in one and one["kind"] == "page":
        one["title"].pop("length")
        one["links"].pop("broken", None)


def group_more(one: Document) -> None:
    """Groups, and facts in them, that nobody knows any more."""
    if "config" in one and one["kind"] == "page":
        one["measured"].append("webring")
        one |= {"webring": {"next": "/"}, "title": {**one["title"], "hue": 7}}


def title_of_another_type(one: Document) -> None:
    """A group that a rule with a finding reads is of another type."""
    if "config" in one and one["kind"] == "page":
        one["title"] = "a text"


def title_unknown(one: Document) -> None:
    """A group that a rule with a finding reads was not there yet."""
    if "config" in one and one["kind"] == "page":
        one["measured"].remove("title")
        del one["title"]


AGES = [
    nothing,
    config_less,
    config_more,
    run_more,
    ledger_more,
    group_less,
    group_more,
    title_of_another_type,
    title_unknown,
]


@pytest.mark.parametrize("age", AGES)
def test_nothing_is_new_against_a_baseline_of_another_gonogo(
    age: Age, project: Project, live: RunFolder, tmp_path: Path
) -> None:
    run = project.check(untitled(small(), ENGLISH), aged(live, tmp_path, age))
    assert [one for one in findings(run).values() if one["state"] == "new" and one["reads"] != "change"] == []


@pytest.mark.parametrize("age", [nothing, config_less, config_more, run_more, ledger_more, group_more])
def test_what_is_compared_with_it_is_measured_all_the_same(
    age: Age, project: Project, live: RunFolder, tmp_path: Path
) -> None:
    run = project.check(untitled(small(), ENGLISH), aged(live, tmp_path, age))
    pages = run.read(run_folder.VERDICT)["compared"]["pages"]
    assert pages == {"added": 0, "removed": 0, "moved": 0, "changed": 0, "same": len(small().pages)}


def test_a_page_that_it_had_not_is_as_new_as_ever(project: Project, live: RunFolder, tmp_path: Path) -> None:
    site = untitled(small(), ENGLISH)
    site.pages["/fresh/"] = site.pages.pop(ENGLISH)
    site.pages["/fresh/"].text = "<p>Something else altogether.</p>"
    run = project.check(site, aged(live, tmp_path, title_of_another_type))
    assert findings(run)[TITLE, "/fresh/"]["state"] == "new"


def test_what_was_not_measured_by_choice_is_as_new_as_ever(project: Project, live: RunFolder, tmp_path: Path) -> None:
    run = project.check(untitled(small(), ENGLISH), aged(live, tmp_path, title_unknown, rendered=None))
    assert findings(run)[TITLE, ENGLISH]["state"] == "new"


def test_the_verdict_says_that_another_gonogo_did_not_write_it_all_down(
    project: Project, live: RunFolder, tmp_path: Path
) -> None:
    run = project.check(untitled(small(), ENGLISH), aged(live, tmp_path, title_of_another_type))
    notes = run.read(run_folder.VERDICT)["notes"]
    assert any("another gonogo saved the baseline" in note for note in notes)


def test_a_group_that_lacks_a_fact_is_read_for_the_others(live: RunFolder, tmp_path: Path) -> None:
    old = RunFolder(aged(live, tmp_path, group_less))
    pages = list(kept_facts.former(old))[:-1]
    assert {("title" in one.document["measured"], one.lacks([("title", "length")])) for one in pages} == {(True, True)}
    assert not any(one.lacks([("title", "text")]) for one in pages)


def test_a_list_of_files_of_another_gonogo_is_read_as_far_as_it_is_known(live: RunFolder, tmp_path: Path) -> None:
    old = RunFolder(aged(live, tmp_path, nothing))
    lines = [{**one, "mood": "good"} for one in live.lines(run_folder.FILES)]
    for one in lines:
        del one["entries"]
    old.write_lines(run_folder.FILES, lines)
    found = {(one["path"], len(one["entries"]), "mood" in one) for one in kept_facts.files(old) or ()}
    assert ("/feed.xml", 0, False) in found
