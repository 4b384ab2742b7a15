"""The report for a terminal or a build log: poll, verdict, findings by cause, what was not measured, what to do next.

In: a `Result`. Out: lines of text. `lines` is pure; `write` alone knows whether it writes to a terminal, where lines
are wrapped and coloured (NO_COLOR is respected), or to a pipe, where each is one plain line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from checks.report import causes, compared, course, escalating, lab, ledger, poll, sign_offs, while_here
from checks.report.escape import terminal
from checks.report.words import at_risk, clip, count, listed, measured_and_limit, place, prefix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.report.causes import Cause, Causes
    from checks.report.ledger import Ledger
    from checks.report.result import Result

CAUSES_SHOWN = 20
PAGES_SHOWN = 3
NOT_MEASURED_SHOWN = 10
_NARROWEST = 20
_INDENT = 9  # the width of "warning" and two spaces
_VERDICT_STYLES = {"GO": "bold green", "NO-GO": "bold red", "CANNOT TELL": "bold yellow", "GO FOR REVIEW": "bold cyan"}
_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report, not yet wrapped."""

    spans: tuple[tuple[str, str], ...] = ()
    """Escaped text and its style, in order."""
    indent: int = 0

    @property
    def plain(self) -> str:
        """The line as it stands in a pipe."""
        return (" " * self.indent + "".join(text for text, _style in self.spans)).rstrip()


def write(result: Result, out: TextIO, *, limit: int = CAUSES_SHOWN) -> None:
    """Write the report to `out`, with at most `limit` causes; wrapped and coloured where `out` is a terminal."""
    # Imported here: a report that goes into a file, and every other report, does without.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        out.writelines(f"{line.plain}\n" for line in lines(result, limit=limit))
        return
    for line in lines(result, limit=limit):
        # `Text` takes its words as they are; markup is read only from strings.
        words, width = Text.assemble(*line.spans), max(_NARROWEST, console.width - line.indent)
        for row in words.wrap(console, width) or [words]:
            row.rstrip()
            console.print(Text(" " * line.indent) + row, soft_wrap=True)


def lines(result: Result, *, limit: int = CAUSES_SHOWN) -> Iterator[Line]:
    """Yield the lines of the report, with at most `limit` causes."""
    found = causes.collect(result.findings, limit=limit, pages=PAGES_SHOWN)
    yield from _head(result)
    yield from _poll(result)
    yield from _verdict(result)
    yield from _told(poll.rule_changes(result.verdict))
    yield from _causes(result, "Blocks the launch", [cause for cause in found.shown if cause.rank == 0], found.blocking)
    covered = ledger.read(result.coverage(), NOT_MEASURED_SHOWN)
    yield from _not_measured(covered, "failed", "Not measured")
    yield from _told(compared.sections(result))
    yield from _told(escalating.sections(result.verdict))
    yield from _told(while_here.sections(result.verdict))
    yield from _told(course.sections(result.course))
    others = [cause for cause in found.shown if cause.rank]
    yield from _causes(result, "Does not block", others, found.total - found.blocking)
    yield from _not_measured(covered, "represented", "Read, not rendered")
    yield from _not_measured(covered, "left-out", "Left out of this run")
    yield from _not_measured(covered, "excluded", "Excluded")
    yield from _told(lab.sections(result))
    yield from _sign_offs(result)
    yield from _notes(result)
    yield from _next(result, found)


def _line(text: str, style: str = "", indent: int = 0) -> Line:
    return Line(((terminal(text), style),), indent)


def _heading(text: str) -> Iterator[Line]:
    yield Line()
    yield _line(text, "bold")


def _head(result: Result) -> Iterator[Line]:
    about = dict(poll.judged(result.verdict, result.run))
    took = f"in {about['took']}" if "took" in about else ""
    preview = f"{about['preview']} as {about['site']}" if "preview" in about else about.get("site", "")
    yield _line(f"gonogo {about.get('gonogo', '')}: {preview}; pages {about['pages']} {took}".rstrip(), "dim")


def _poll(result: Result) -> Iterator[Line]:
    table = [(terminal(clip(row.owner, 24)), row.verdict, terminal(row.words)) for row in poll.rows(result.verdict)]
    if not table:
        return
    owners, verdicts = (max(len(row[column]) for row in table) for column in (0, 1))
    yield Line()
    for owner, verdict, words in table:
        says = terminal(verdict).ljust(verdicts)
        yield Line(
            ((f"{owner.ljust(owners)}  ", ""), (f"{says}  ", _VERDICT_STYLES.get(verdict, "bold")), (words, "dim")), 2
        )


def _verdict(result: Result) -> Iterator[Line]:
    verdict = str(result.verdict.get("verdict", ""))
    first, *others = poll.sentences(result.verdict)
    # "GO, with 2 exceptions": the word stands there already.
    words = terminal(first[len(verdict) :]) if first.startswith(f"{verdict}, ") else f"  {terminal(first)}"
    yield Line()
    yield Line(((terminal(verdict), _VERDICT_STYLES.get(verdict, "bold")), (words, "bold")))
    for sentence in others:
        yield _line(sentence, indent=len(verdict) + 2)


def _told(sections: Iterable[tuple[str, list[str]]]) -> Iterator[Line]:
    for title, sentences in sections:
        yield from _heading(title)
        yield from (_line(sentence, indent=2) for sentence in sentences)


def _sign_offs(result: Result) -> Iterator[Line]:
    yield from _told(sign_offs.ledger(result.verdict))
    if offered := sign_offs.offer(result.verdict):
        yield from _heading(sign_offs.HOW_TO_SIGN)
        yield from (_line(line, indent=2) for line in offered.lines)
        if offered.left_out:
            yield _line(f"and {offered.left_out:,} more, left out here", indent=2)


def _causes(result: Result, title: str, group: list[Cause], total: int) -> Iterator[Line]:
    if total:
        shown = f", {len(group):,} shown" if len(group) < total else ""
        yield from _heading(f"{title} ({count(total, 'cause')}{shown})")
        for cause in group:
            yield from _cause(cause, sign_offs.code(result.verdict, cause.first))


def _cause(cause: Cause, code: str) -> Iterator[Line]:
    finding = cause.first
    severity = str(finding.get("severity", ""))
    policy = terminal(str(finding.get("policy", "")))
    aside = listed(
        _where(cause),
        str(finding.get("owner", "")),
        *_states(cause),
        cause.opened,
        at_risk(cause.clicks, cause.conversions),
    )
    yield Line()
    yield Line(
        (
            (severity.ljust(_INDENT), _SEVERITY_STYLES.get(severity, "bold")),
            (policy, "bold"),
            (f"  {terminal(aside)}", "dim"),
        )
    )
    yield _line(clip(str(finding.get("message", "")), 500), indent=_INDENT)
    if cause.pages:
        more = f" and {cause.more_pages:,} more" if cause.more_pages else ""
        yield _line(f"on {', '.join(clip(page, 100) for page in cause.pages)}{more}", "cyan", _INDENT)
    if values := measured_and_limit(finding):
        yield _line(values, "dim", _INDENT)
    yield from (_line(said, "dim", _INDENT) for said in cause.signed)
    if fix := finding.get("fix"):
        yield _line(f"fix: {fix}", "green", _INDENT)
    explain = f"gonogo explain {prefix(str(finding.get('fingerprint', '')))}"
    yield _line(f"{explain}{f' (in a sign-off: {code})' if code else ''}", "dim", _INDENT)


def _where(cause: Cause) -> str:
    if not cause.page_count:
        return "the site"
    several = count(cause.count, "finding") if cause.count > cause.page_count else ""
    return listed(count(cause.page_count, "page"), several)


def _states(cause: Cause) -> list[str]:
    """What a reader must know beyond "new"; with numbers where the findings of the cause differ."""
    proposed = ["proposed"] if cause.first.get("proposed") else []
    if set(cause.states) == {"new"}:
        return proposed
    if len(cause.states) == 1:
        return [*cause.states, *proposed]
    return [*(f"{number:,} {state}" for state, number in sorted(cause.states.items())), *proposed]


def _not_measured(covered: Ledger, state: str, title: str) -> Iterator[Line]:
    if not covered.counts[state]:
        return
    yield from _heading(f"{title} ({covered.counts[state]:,})")
    for entry in covered.shown[state]:
        path, why = str(entry.get("path", "")), clip(str(entry.get("why") or "no reason given"), 300)
        owner = f" ({entry['owner']})" if entry.get("owner") else ""
        yield Line(((terminal(clip(path, 100)), "cyan"), (f"  {terminal(why + owner)}", "")), 2)
    if left_out := covered.left_out(state):
        yield _line(f"and {left_out:,} more", indent=2)


def _notes(result: Result) -> Iterator[Line]:
    if notes := poll.notes(result.verdict):
        yield from _heading("Notes")
        yield from (_line(note, indent=2) for note in notes)


def _next(result: Result, found: Causes) -> Iterator[Line]:
    commands = []
    if found.shown:
        first = found.shown[0].first
        about = f"{first.get('policy', '')} on {place(first)}"
        commands.append((f"gonogo explain {prefix(str(first.get('fingerprint', '')))}", clip(about, 60)))
    if found.left_out:
        where = "are in the report" if result.report else f"are in {result.folder}"
        commands.append((f"{len(found.shown):,} of {count(found.total, 'cause')} shown", f"all {where}"))
    if result.report:
        commands.append((result.report, "everything, as a page to read"))
    if not commands:
        return
    yield from _heading("Next")
    width = max(len(terminal(command)) for command, _why in commands)
    for command, why in commands:
        yield Line(((terminal(command).ljust(width), "bold"), (f"  {terminal(why)}", "dim")), 2)
