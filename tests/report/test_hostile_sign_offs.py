"""Nothing that somebody writes into a sign-off becomes more than text in any report."""

from __future__ import annotations

import json
import re
from functools import cache

from hypothesis import given
from lxml import etree

from action import comment
from action.comment import Place
from checks.report.result import Result
from tests.action.commenting import check_harmless
from tests.action.hostile import ALL, some, texts
from tests.report.signed_run import APPLIED, OFFER, TOLD, result, signed, written


def told_everywhere(texts: list[str]) -> Result:
    """Return a run whose sign-offs say another of ten texts in each place where somebody can put one."""
    told_by, role, why, until, decided, said_by, owner, reason, where, outcome = texts
    told = {**TOLD, "by": [told_by], "roles": [role], "reason": why, "until": until, "decided_by": decided}
    said = {**APPLIED, "by": [said_by], "owners": [owner], "reason": reason, "where": where, "why": why, "until": until}
    return result(signed(sign_off=told), said=[said, {**said, "outcome": outcome}])


def marks(of: Result) -> str:
    return "".join(re.findall(r"[<>]", written("html", of)))


@cache
def harmless_marks() -> str:
    return marks(told_everywhere([f"{number}x" for number in range(10)]))


@some
@given(texts)
def test_hostile_sign_offs_make_a_report_of_the_same_shape(hostile: list[str]) -> None:
    of = told_everywhere([f"{number}{text}x" for number, text in enumerate(hostile)])
    assert marks(of) == harmless_marks()
    assert "\x1b" not in written("text", of)
    etree.fromstring(written("junit", of).encode())
    json.loads(written("sarif", of))


def test_a_hostile_sign_off_makes_a_harmless_comment() -> None:
    said = {**APPLIED, "by": [ALL], "reason": ALL, "where": ALL, "why": ALL, "owners": [ALL], "until": ALL}
    told = {**TOLD, "by": [ALL], "reason": ALL, "until": ALL}
    check_harmless(
        comment.text(result(signed(sign_off=told), said=[said], offer={**OFFER, "codes": {"x": ALL}}), Place())
    )
