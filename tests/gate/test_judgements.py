"""What policies said of a document is not asked again; whatever it depends on is in its key."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from checks import gate, kept_facts, run_folder
from checks.cache.store import Store
from checks.gate.judgements import Judgements
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.judge.finding import Finding
from checks.judge.policy import Policy
from checks.report.outline import outlined
from checks.run_folder import RunFolder
from checks.trust import rules

SECRET = bytes(32)
PAGE = (
    '<!doctype html><html lang="en"><head><title>{0}</title></head><body><h1>{0}</h1><img src="/x.png"></body></html>'
)
Said = tuple[list[Finding], list[Any]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Return the facts of two pages that several policies fail."""
    folder = tmp_path_factory.mktemp("judgements")
    (folder / "dist").mkdir()
    for name in ("index", "two"):
        (folder / f"dist/{name}.html").write_text(PAGE.format(name), encoding="utf-8")
    (folder / "gonogo.yaml").write_text("site: https://www.example.com\nhost: netlify\n", encoding="utf-8")
    moment = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
    decided = gate.Ruling(rules.from_folder(folder / "gonogo.yaml", {}, moment.date()))
    run = RunFolder(folder / "run")
    gate.collect(decided, folder / "dist", run, gate.Invocation("gonogo check", moment), lambda *_: None, render=False)
    return run


@pytest.fixture
def in_force(run: RunFolder) -> tuple[Policy, ...]:
    return policies.from_documents(run.read(run_folder.POLICIES))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path, SECRET, 0)
    yield store
    store.close()


def judged(run: RunFolder, store: Store, in_force: tuple[Policy, ...]) -> tuple[Said, int]:
    """Return what was found and counted, and of how many documents it was known; all outlines are told."""
    kept, judging, outlines = Judgements.by(store, in_force), Judge(in_force), list[Mapping[str, Any]]()
    found = [finding for _, finding in kept.judged(run, judging, outlines.append)]
    assert outlines == [outlined(document) for document in kept_facts.pages(run)]
    return (found, [(one.passed, one.failed, one.cannot_tell, one.lacked) for one in judging.tallies]), kept.reused


def without(run: RunFolder, in_force: tuple[Policy, ...]) -> Said:
    judging = Judge(in_force)
    found = [finding for document in kept_facts.pages(run) for finding in judging.document(document)]
    return found, [(one.passed, one.failed, one.cannot_tell, one.lacked) for one in judging.tallies]


def test_what_is_known_is_what_is_found_by_judging(run: RunFolder, store: Store, in_force: tuple[Policy, ...]) -> None:
    anew = without(run, in_force)
    assert anew[0]
    assert judged(run, store, in_force) == (anew, 0)
    assert judged(run, store, in_force) == (anew, 2)


def test_a_document_that_is_known_is_not_read(run: RunFolder, store: Store, in_force: tuple[Policy, ...]) -> None:
    judged(run, store, in_force)
    kept = Judgements.by(store, in_force)
    lines = [line for line, _ in kept.judged(run, Judge(in_force), lambda _: None)]
    assert lines
    assert [line for line in lines if line._document is not None] == []  # noqa: SLF001 - the claim


def test_another_document_is_judged(run: RunFolder, store: Store, in_force: tuple[Policy, ...], tmp_path: Path) -> None:
    judged(run, store, in_force)
    other = RunFolder(tmp_path / "other")
    other.clear()
    for name in (run_folder.COVERAGE, run_folder.PAGES):
        text = run.file(name).read_bytes()
        other.file(name).write_bytes(text.replace(b'"text":"two"', b'"text":"Two"'))
    assert judged(other, store, in_force) == (without(other, in_force), 1)


@pytest.mark.parametrize("change", ["severity", "fail_on", "one less"])
def test_by_other_policies_all_is_judged_anew(
    run: RunFolder, store: Store, in_force: tuple[Policy, ...], change: str
) -> None:
    judged(run, store, in_force)
    others = {
        "severity": policies.from_documents({one.id: {**one.document, "x-severity": "info"} for one in in_force}),
        "fail_on": tuple(dataclasses.replace(one, fail_on="info") for one in in_force),
        "one less": in_force[1:],
    }[change]
    assert judged(run, store, others) == (without(run, others), 0)


def test_a_judgement_that_was_forged_is_not_believed(
    run: RunFolder, store: Store, in_force: tuple[Policy, ...], tmp_path: Path
) -> None:
    judged(run, store, in_force)
    store.close()
    (file,) = tmp_path.glob("*.sqlite")
    with sqlite3.connect(file) as table:
        bodies = table.execute("SELECT key, body FROM body").fetchall()
        table.executemany(
            "UPDATE body SET body = ? WHERE key = ?",
            [(body, key) for (key, _), (_, body) in zip(bodies, reversed(bodies), strict=True)],
        )
    assert judged(run, Store(tmp_path, SECRET, 0), in_force) == (without(run, in_force), 0)
