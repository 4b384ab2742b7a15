"""Which answers a page still waits for: each has an end, unless nobody reads it or its document was left."""

from __future__ import annotations

import pytest

from checks.collect.awaited import UNREAD_S, Awaited

MODULE = "checks.collect.awaited.time.monotonic"


@pytest.fixture
def awaited() -> Awaited:
    """Return what a page waits for that has asked for one thing."""
    awaited = Awaited()
    awaited.sent("1", "document", ends=True)
    return awaited


def test_an_answer_is_waited_for_until_its_end(awaited: Awaited) -> None:
    assert awaited
    awaited.ended("1")
    assert not awaited


def test_what_never_ends_is_not_waited_for() -> None:
    awaited = Awaited()
    awaited.sent("1", "document", ends=False)
    assert not awaited


def test_an_answer_that_has_begun_is_waited_for_as_long_as_somebody_may_read_it(
    awaited: Awaited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MODULE, lambda: 100.0)
    awaited.begun("1")
    monkeypatch.setattr(MODULE, lambda: 100.0 + UNREAD_S - 0.1)
    assert awaited
    monkeypatch.setattr(MODULE, lambda: 100.0 + UNREAD_S)
    assert not awaited


def test_one_that_nobody_reads_ends_no_wait_for_another(awaited: Awaited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, lambda: 100.0)
    awaited.begun("1")
    awaited.sent("2", "document", ends=True)
    monkeypatch.setattr(MODULE, lambda: 200.0)
    assert awaited


def test_what_an_earlier_document_asked_for_is_not_waited_for(awaited: Awaited) -> None:
    awaited.sent("2", "next document", ends=True)
    awaited.leave("next document")
    awaited.ended("2")
    assert not awaited
