"""A line of the sheet -> a policy: a document like one that somebody wrote into a file.

In: the bytes of gonogo/expectations.csv. Out: `Compiled` lines with id and document, and every problem with its
line. Examples and counterexamples are made from what the phrase means; the strict loader runs them. The id is made from
what the line says, not from where it stands: a line that moves is the same policy, with its findings and sign-offs.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from checks.errors import UserError
from checks.judge.address import Place, applies_to, place_of
from checks.judge.expectations import sheet
from checks.judge.expectations.phrases import PHRASES, SAME
from checks.judge.problems import Problem
from checks.judge.vocabulary import SEVERITIES
from checks.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.judge.expectations.meanings import Rule
    from checks.judge.expectations.phrases import Phrase
    from checks.judge.expectations.sheet import Row

FOLDER: Final = "expectations"
"""The first part of the id of every policy that a sheet becomes."""
SEVERITY: Final = "error"
"""What holds where a line says nothing: what must hold, must."""
PROPOSED: Final = "proposed"
"""Written as the severity of a line that is shown, and blocks nothing yet."""
_LONGEST_SLUG: Final = 32
_OWNER: Final = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A line that is a policy."""

    id: str
    line: int
    document: Mapping[str, Any]


def compiled(data: bytes) -> tuple[tuple[Compiled, ...], tuple[Problem, ...]]:
    """Return the policies of a sheet, and what is wrong with its other lines. Never raises for what it holds."""
    read = sheet.read(data)
    found: dict[str, Compiled] = {}
    problems = list(read.problems)
    for row in read.rows:
        try:
            one = _compiled(row)
        except UserError as error:
            where = f"{error.where}: " if error.where else ""
            problems.append(Problem(f"{where}{error.what}", line=row.line, remedy=error.remedy))
            continue
        first = found.setdefault(one.id, one)
        if first is not one:
            what = f"it says again what line {first.line} says"
            problems.append(Problem(what, line=row.line, remedy="Keep one of the two."))
    return tuple(found.values()), tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _compiled(row: Row) -> Compiled:
    cells = row.cells
    for column in ("pages", "must", "owner", "why"):
        if not cells[column]:
            name = sheet.COLUMNS[column][0]
            raise UserError(f"`{name}` is empty", remedy="Say which pages, what must hold, whose it is, and why.")
    name, phrase = _phrase(cells["must"])
    value = _value(name, phrase, cells["value"])
    place = place_of(cells["pages"])
    rule = phrase.build(value, place)
    identity = [cells["pages"], name, value if phrase.many else ""]
    return Compiled(_id(identity), row.line, _document(cells, f"{name} {value}".strip(), place, phrase, rule))


def _phrase(words: str) -> tuple[str, Phrase]:
    said = words.lower().removeprefix("it ").removesuffix(":").strip()
    name = SAME.get(said, said)
    if name not in PHRASES:
        remedy = f"It can be: {', '.join(PHRASES)}."
        close = nearest(said, [*PHRASES, *SAME])
        raise UserError(f"nothing is known that `{words[:60]}` means{close}", where="what must hold", remedy=remedy)
    return name, PHRASES[name]


def _value(name: str, phrase: Phrase, value: str) -> str:
    if phrase.value and not value:
        raise UserError(f"`{name}` needs {phrase.value}", where="value", remedy="Write it into the column `value`.")
    if value and not phrase.value:
        raise UserError(f"`{name}` has no value, and there is `{value[:60]}`", where="value", remedy="Take it out.")
    return value


def _document(cells: Mapping[str, str], holds: str, place: Place, phrase: Phrase, rule: Rule) -> dict[str, Any]:
    owner, severity = cells["owner"].lower(), cells["severity"].lower() or SEVERITY
    proposed, severity = severity == PROPOSED, SEVERITY if severity == PROPOSED else severity
    if severity not in SEVERITIES:
        what = f"`{severity[:40]}` is no severity{nearest(severity, SEVERITIES)}"
        raise UserError(
            what, where="severity", remedy=f"One of: {', '.join(SEVERITIES)}, {PROPOSED}; empty means {SEVERITY}."
        )
    if not _OWNER.fullmatch(owner):
        remedy = "Owners are named in the config."
        raise UserError(f"`{cells['owner'][:40]}` can't be an owner", where="owner", remedy=remedy)
    page = phrase.reads == "page"
    scope = applies_to(place) if page else None
    at = {place.fact: place.sample} if page else {}
    where = cells["pages"] if place.said else "Every page"
    return {
        "title": f"{where}: {holds}",
        "description": cells["why"],
        "x-reads": phrase.reads,
        "x-severity": severity,
        "x-owner": owner,
        **({"x-status": PROPOSED} if proposed else {}),
        **({"x-message": rule.message} if rule.message else {}),
        "x-fix": f"{phrase.fix} Where it is meant to differ, change the line in gonogo/expectations.csv.",
        **({"x-applies-to": scope} if scope else {}),
        **rule.schema,
        "examples": [{**at, **rule.good}],
        "x-counterexamples": [{**at, **rule.bad}],
    }


def _id(identity: list[str]) -> str:
    """Return an id that people can read, and that no other line has."""
    words = "-".join(filter(None, (_slug(part) for part in identity)))
    text = json.dumps([" ".join(part.split()) for part in identity], ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{FOLDER}/{words}-{digest}" if words else f"{FOLDER}/{digest}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
