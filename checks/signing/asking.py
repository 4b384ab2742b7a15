"""Questions on a terminal: which numbers, why, until when, whether really.

In: a function that asks and one that tells, both given. Out: answers that were checked; a wrong one is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeVar

from checks.errors import UserError
from checks.report.escape import terminal
from checks.signing import terms
from checks.signing.terms import REASON_CODES, Said

Ask = Callable[[str], str]
Tell = Callable[[str], None]
_RANGE: Final = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_USUAL_DAYS: Final = 14
WHY: Final = "Why may it go live all the same? One sentence: "
WHY_BACK: Final = "Why is it taken back? One sentence: "
T = TypeVar("T")


def numbers(text: str, most: int) -> tuple[int, ...]:
    """Return the numbers that `1, 3-5` or `all` names, each once and in order. Raises UserError."""
    words = [word for word in re.split(r"[,\s]+", text.strip().lower()) if word]
    found: set[int] = set()
    for word in [f"1-{most}"] if words == ["all"] else words:
        match = _RANGE.fullmatch(word)
        first = int(match[1]) if match else 0
        last = int(match[2] or match[1]) if match else 0
        if not 1 <= first <= last <= most:
            raise UserError(f"`{word}` is none of the numbers", remedy=f"Write such as 1,3-5; they end at {most}.")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def choose(most: int, ask: Ask, tell: Tell) -> tuple[int, ...]:
    """Return the numbers that somebody chooses of a list; none where the answer is empty."""
    return _again(lambda: numbers(ask("Which ones? Numbers such as 1,3-5, or all; Enter for none: "), most), tell)


def complete(said: Said, today: date, ask: Ask, tell: Tell, why: str = WHY) -> Said:
    """Return `said` with the answers to what it leaves open; `why` is the question for the reason."""
    if said.reason_code is None:
        tell("What kind of reason is it?")
        for number, (code, meaning) in enumerate(REASON_CODES.items(), 1):
            tell(f"  {number}. {code}: {meaning}")
        said = Said(_again(lambda: _reason_code(ask("Number: ")), tell)).over(said)
    if said.reason is None:
        said = Said(reason=_again(lambda: _reason(ask(why)), tell)).over(said)
    if said.until is None:
        usual = today + timedelta(days=_USUAL_DAYS)
        question = f"Last day (such as {usual}): "
        said = Said(until=_again(lambda: _until(ask(question), today), tell)).over(said)
    return said


def really(ask: Ask) -> bool:
    """Return whether somebody writes `yes` in full."""
    return ask("Sign this? Write yes: ").strip().lower() == "yes"


def _again(question: Callable[[], T], tell: Tell) -> T:
    while True:
        try:
            return question()
        except UserError as error:
            tell(terminal(error.what))
            tell(f"  {terminal(error.remedy)}")


def _reason_code(answer: str) -> str:
    (number,) = numbers(answer, len(REASON_CODES))[:1] or (0,)
    if not number:
        raise UserError("a number is wanted", remedy=f"1 to {len(REASON_CODES)}.")
    return list(REASON_CODES)[number - 1]


def _reason(answer: str) -> str:
    text = answer.strip()
    terms.complain(Said("accepted-risk", text, date.min), date.min)
    return text


def _until(answer: str, today: date) -> date:
    until = terms.day(answer)
    terms.complain(Said("accepted-risk", "." * terms.SHORTEST_REASON, until), today)
    return until
