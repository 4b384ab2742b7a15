"""A page that is reused is told anew what other pages show; what they do not show to it does not matter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checks.collect import browser
from checks.collect.reuse.opening import Asked
from tests.collect.reuse.edited import Project, page

OFF = Asked(off=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a site of two pages; the first links to a place in the second, and names it as its canonical."""
    project = Project(tmp_path)
    named = '<link rel="canonical" href="https://www.example.com/two/">'
    project.write("index.html", page("Bread", '<a href="/two/#rolls">Rolls</a>', named))
    project.write("two/index.html", page("Two", '<h2 id="rolls">Rolls</h2>'))
    project.write("site.css", "h1 { color: #333 }")
    return project


def first(said: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(said["pages"][0])
    return document


def warm_and_cold(project: Project, reused: int) -> dict[str, Any]:
    """Return the first page of a run that reuses, which has to be that of one that does not."""
    found, kept = browser.find(), Asked(project.folder / "cache")
    warm, cold = project.collect("warm", kept, found), project.collect("cold", OFF, found)
    assert warm["reuse"]["reused"] == reused
    assert [warm[name] for name in ("pages", "findings", "verdict")] == [
        cold[name] for name in ("pages", "findings", "verdict")
    ]
    return first(warm)


def test_a_page_is_told_what_others_show_though_it_is_not_measured_again(project: Project) -> None:
    before = warm_and_cold(project, 0)
    (link,) = [one for one in before["links"]["items"] if one["fragment"]]
    assert (link["fragment_ok"], before["canonical"]["target"]["indexable"]) == (True, True)
    project.replace("two/index.html", 'id="rolls"', 'id="cakes"')
    after = warm_and_cold(project, 1)
    assert [one["fragment_ok"] for one in after["links"]["items"] if one["fragment"]] == [False]
    project.replace("two/index.html", "<meta name=", '<meta name="robots" content="noindex"><meta name=')
    assert warm_and_cold(project, 1)["canonical"]["target"]["indexable"] is False
    (project.build / "two/index.html").unlink()
    assert warm_and_cold(project, 1)["canonical"]["target"]["status"] == 404


def test_the_whole_document_of_a_page_is_kept_while_another_says_another_sentence(project: Project) -> None:
    found, kept = browser.find(), Asked(project.folder / "cache")
    project.collect("warm", kept, found)
    project.collect("warm", kept, found)
    before = (project.folder / "warm/pages.jsonl").read_bytes().splitlines()
    project.replace("two/index.html", "</main>", "<p>One sentence more.</p></main>")
    project.collect("warm", kept, found)
    after = (project.folder / "warm/pages.jsonl").read_bytes().splitlines()
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False]
