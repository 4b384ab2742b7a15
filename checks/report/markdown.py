"""summary.md: the report as GitHub Flavored Markdown, for the summary of a job and for a reader of the run folder.

In: a `Result`. Out: Markdown. GitHub drops a summary of more than 1 MiB whole, so this one ends, at the boundary of a
finding, before 900 KiB, and says what was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from checks.report import causes, compared, course, escalating, lab, ledger, poll, sign_offs, while_here
from checks.report.escape import markdown, markdown_block, markdown_code, web_address
from checks.report.location import files_of
from checks.report.words import at_risk, clip, code_spans, count, listed, measured_and_limit, prefix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.report.causes import Cause, Causes
    from checks.report.ledger import Ledger
    from checks.report.result import Document, Result

BYTES = 900 * 1024
"""https://docs.github.com/actions/reference/workflow-commands-for-github-actions: 1 MiB a step, over that nothing."""
CAUSES_SHOWN = 500
PAGES_SHOWN = 10
NOT_MEASURED_SHOWN = 50
_LONGEST = 1000  # characters of one text from a page
_MARKS = {"GO": "✅", "NO-GO": "⛔", "CANNOT TELL": "❔", "GO FOR REVIEW": "🔍"}


def write(
    result: Result, out: TextIO, *, limit: int = CAUSES_SHOWN, size: int = BYTES, references: bool = True
) -> None:
    """Write the summary to `out`: at most `limit` causes, and no more than `size` bytes of UTF-8.

    Without `references` it has no link, for those of a policy lead wherever its author likes.
    """
    found = causes.collect(result.findings, limit=limit, pages=PAGES_SHOWN)
    covered = ledger.read(result.coverage(), NOT_MEASURED_SHOWN)
    opening = "".join(
        [
            *_head(result),
            *_poll(result),
            *_told(compared.sections(result)),
            *_told(escalating.sections(result.verdict)),
            *_told(while_here.sections(result.verdict)),
            *_told(course.sections(result.course)),
            *_uncovered(covered, "failed", "Not measured"),
        ]
    )
    closing = "".join(
        [
            *_uncovered(covered, "represented", "Read, not rendered"),
            *_uncovered(covered, "left-out", "Left out of this run"),
            *_uncovered(covered, "excluded", "Excluded"),
            *_told(lab.sections(result)),
            *_sign_offs(result),
            *_notes(result),
        ]
    )
    room = size - _bytes(opening) - _bytes(closing) - 1024  # for headings and what is said at the cut
    out.write(opening)
    out.writelines(_causes(found, result, room, references=references))
    out.write(closing)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8"))


def _head(result: Result) -> Iterator[str]:
    verdict = str(result.verdict.get("verdict", ""))
    yield f"# {_MARKS.get(verdict, '')} {markdown(verdict)}\n\n".replace("#  ", "# ")
    yield from (f"- {_text(sentence)}\n" for sentence in poll.sentences(result.verdict))
    yield "\n"
    about = dict(poll.judged(result.verdict, result.run))
    took = f"in {about['took']}" if "took" in about else ""
    parts = [_code(about["site"]) if "site" in about else "", f"pages {_text(about['pages'])} {took}".strip()]
    commit = f"commit {_code(about['commit'])}" if "commit" in about else ""
    yield f"{' · '.join(part for part in [*parts, commit] if part)}\n"


def _poll(result: Result) -> Iterator[str]:
    if rows := poll.rows(result.verdict):
        yield "\n| owner | says | |\n|:--|:--|:--|\n"
        for row in rows:
            yield f"| {_text(row.owner)} | **{_text(row.verdict)}** | {_text(row.words)} |\n"


def _causes(found: Causes, result: Result, room: int, *, references: bool) -> Iterator[str]:
    """Yield the causes under their headings until `room` bytes are full, then what was left out."""
    heading, written = "", 0
    for cause in found.shown:
        title = "Blocks the launch" if cause.rank == 0 else "Does not block"
        block = (f"\n## {title}\n" if title != heading else "") + "".join(_cause(cause, result, references=references))
        room -= _bytes(block)
        if room < 0:
            break
        heading, written = title, written + 1
        yield block
    if written < found.total:
        yield f"\n_{written:,} of {count(found.total, 'cause')} shown. All findings: {_code(result.folder)}._\n"


def _cause(cause: Cause, result: Result, *, references: bool) -> Iterator[str]:
    finding = cause.first
    about = listed(
        str(finding.get("severity", "")),
        count(cause.page_count, "page") if cause.page_count else "the site",
        str(finding.get("owner", "")),
        *(f"{number:,} {state}" for state, number in sorted(cause.states.items()) if set(cause.states) != {"new"}),
        "proposed" if finding.get("proposed") else "",
        cause.opened,
        at_risk(cause.clicks, cause.conversions),
    )
    yield f"\n### {_text(str(finding.get('title') or finding.get('policy', '')))}\n\n"
    yield f"{_code(str(finding.get('policy', '')))} · {_text(about)}\n\n"
    yield f"{_text(str(finding.get('message', '')))}\n\n"
    if values := measured_and_limit(finding):
        yield f"- {_text(values)}\n"
    if cause.pages:
        more = f" and {cause.more_pages:,} more" if cause.more_pages else ""
        yield f"- on {', '.join(_code(page) for page in cause.pages)}{more}\n"
    if files := files_of(cause, result):
        yield f"- written in {', '.join(_code(file) for file in files)}\n"
    yield from (f"- {_text(said)}\n" for said in cause.signed)
    if fix := finding.get("fix"):
        yield f"- fix: {prose(str(fix))}{_references(finding) if references else ''}\n"
    yield f"- {_code('gonogo explain ' + prefix(str(finding.get('fingerprint', ''))))}\n"
    snippet = result.snippets(str(finding.get("fingerprint", "")))
    if snippet:
        yield f"\nLine {snippet.get('line', 0)} of the delivered HTML:\n\n"
        yield f"{markdown_block(clip(str(snippet.get('text', '')), _LONGEST))}\n"


def _references(finding: Document) -> str:
    safe = [address for one in finding.get("reference", ()) if (address := web_address(str(one)))]
    # Percent-encoding keeps a parenthesis from ending the target.
    targets = [address.replace("(", "%28").replace(")", "%29") for address in safe]
    if len(targets) > 1:
        return f" (references: {', '.join(f'[{number}]({one})' for number, one in enumerate(targets, start=1))})"
    return "".join(f" ([reference]({target}))" for target in targets)


def _uncovered(covered: Ledger, state: str, title: str) -> Iterator[str]:
    if covered.counts[state]:
        yield f"\n## {title} ({covered.counts[state]:,})\n\n"
        for line in covered.shown[state]:
            owner = f" ({_text(str(line['owner']))})" if line.get("owner") else ""
            yield f"- {_code(str(line.get('path', '')))} {_text(str(line.get('why') or 'no reason given'))}{owner}\n"
        if left_out := covered.left_out(state):
            yield f"- and {left_out:,} more\n"


def _told(sections: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    for title, sentences in sections:
        yield f"\n## {title}\n\n"
        yield from (f"- {_text(one)}\n" for one in sentences)


def _sign_offs(result: Result) -> Iterator[str]:
    yield from _told(sign_offs.ledger(result.verdict))
    if offered := sign_offs.offer(result.verdict):
        pasted = "\n".join(offered.lines)
        yield f"\n## {sign_offs.HOW_TO_SIGN}\n\n{markdown_block(pasted)}\n"
        yield f"\n_{offered.left_out:,} more left out here._\n" if offered.left_out else ""


def _notes(result: Result) -> Iterator[str]:
    if notes := poll.notes(result.verdict):
        yield "\n## Notes\n\n"
        yield from (f"- {prose(note)}\n" for note in notes)


def prose(text: str) -> str:
    """Return a text of ours or of a policy as Markdown: what stands between backticks is code."""
    return "".join(_code(part) if code else _text_part(part) for code, part in code_spans(clip(text, _LONGEST)))


def _text_part(text: str) -> str:
    # The escaper takes the spaces at both ends away, which here stand between text and code.
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{before}{markdown(text)}{after}" if text.strip(" ") else text


def _text(text: str) -> str:
    return markdown(clip(text, _LONGEST))


def _code(text: str) -> str:
    return markdown_code(clip(text, _LONGEST))
