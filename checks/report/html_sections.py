"""The sections of report.html: the poll, findings by cause, what was not measured, sign-offs, policies.

In: a `Result`, its causes, its coverage. Out: markup, a section at a time. Each cause is made in html_cause.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.report import compared, course, escalating, lab, poll, sign_offs, while_here
from checks.report.html_cause import Album, article
from checks.report.markup import Safe, element, join, preformatted, with_code
from checks.report.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.report.causes import Cause, Causes
    from checks.report.ledger import Ledger
    from checks.report.result import Document, Result

STYLES: Final = {"GO": "go", "NO-GO": "no-go", "CANNOT TELL": "cannot-tell"}
"""Verdict -> the class that colours it."""
_SHARES: Final = (
    ("indexable_share", "can be indexed"),
    ("described_share", "have a description"),
    ("structured_data_share", "have structured data"),
    ("valid_structured_data_share", "of those, valid"),
    ("reachable_share", "within three clicks of the home page"),
)


def sections(result: Result, found: Causes, covered: Ledger) -> Iterator[Safe]:
    """Give the sections of the page, the poll first."""
    yield _poll(result)
    if notes := poll.notes(result.verdict):
        yield _section("notes", "Notes", _list(with_code(note) for note in notes))
    for number, (title, sentences) in enumerate(poll.rule_changes(result.verdict), start=1):
        yield _section(f"rules-{number}", title, _list(sentences))
    for title, sentences in compared.sections(result):
        yield _section("compared", title, _list(sentences))
    for title, sentences in while_here.sections(result.verdict):
        yield _section("while-here", title, _list(sentences))
    for title, sentences in escalating.sections(result.verdict):
        yield _section("escalating", title, _list(sentences))
    yield from _figures(result.site)
    for title, sentences in course.sections(result.course):
        yield _section("course", title, _list(sentences))
    album = Album(result)
    blocking, others = [one for one in found.shown if one.rank == 0], [one for one in found.shown if one.rank]
    yield from _findings("blocking", "Blocks the launch", blocking, found.blocking, album)
    yield from _uncovered(covered, "failed", "Not measured")
    yield from _findings("others", "Does not block", others, found.total - found.blocking, album)
    if not found.total:
        yield _section("none", "Findings", element("p", "None.", class_="none"))
    yield from _uncovered(covered, "represented", "Read, not rendered")
    yield from _uncovered(covered, "left-out", "Left out of this run")
    yield from _uncovered(covered, "excluded", "Excluded")
    for title, sentences in lab.sections(result):
        yield _section("lighthouse", title, _list(sentences))
    yield from _sign_offs(result.verdict)
    yield _policies(result.verdict.get("policies", ()))
    yield _judged(result)


def _section(name: str, title: str, *content: Safe) -> Safe:
    return element("section", element("h2", title), *content, id=name)


def _list(sentences: Iterable[str | Safe]) -> Safe:
    return element("ul", *(element("li", one) for one in sentences))


def _poll(result: Result) -> Safe:
    rows = [
        element(
            "tr", element("th", row.owner, scope="row"), element("td", _lamp(row.verdict)), element("td", row.words)
        )
        for row in poll.rows(result.verdict)
    ]
    return _section("poll", "The poll", element("table", element("tbody", *rows), class_="poll"))


def _lamp(verdict: str) -> Safe:
    return element("span", verdict, class_=f"lamp {STYLES.get(verdict, 'cannot-tell')}")


def _figures(site: Document) -> Iterator[Safe]:
    summary = site.get("summary") or {}
    known = [(label, float(summary[key])) for key, label in _SHARES if summary.get(key) is not None]
    if known:
        yield _section("figures", "The pages", element("ul", *(_figure(*pair) for pair in known), class_="figures"))


def _figure(label: str, share: float) -> Safe:
    bar = element(
        "svg",
        element("rect", width=round(100 * share, 1), height=4),
        viewBox="0 0 100 4",
        aria_hidden="true",
        preserveAspectRatio="none",
    )
    return element("li", element("b", f"{100 * share:.0f} %"), " ", element("span", label), bar)


def _findings(name: str, title: str, group: list[Cause], total: int, album: Album) -> Iterator[Safe]:
    if total:
        shown = f", {len(group):,} shown" if len(group) < total else ""
        yield Safe(f'<section id="{name}">')
        yield element("h2", title, " ", element("small", f"{count(total, 'cause')}{shown}"))
        yield from (article(cause, album) for cause in group)
        yield Safe("</section>")


def _uncovered(covered: Ledger, state: str, title: str) -> Iterator[Safe]:
    if covered.counts[state]:
        lines = [
            _row(line.get("path"), line.get("why") or "no reason given", line.get("owner"))
            for line in covered.shown[state]
        ]
        table = _scroll(element("table", _heads("address", "why", "owner"), element("tbody", *lines)))
        more = f"and {covered.left_out(state):,} more" if covered.left_out(state) else ""
        number = element("small", f"{covered.counts[state]:,}")
        yield element("section", element("h2", title, " ", number), table, element("p", more), id=state)


def _sign_offs(verdict: Document) -> Iterator[Safe]:
    for number, (title, sentences) in enumerate(sign_offs.ledger(verdict), start=1):
        yield _section(f"sign-offs-{number}", title, _list(sentences))
    if offered := sign_offs.offer(verdict):
        more = element("p", f"{offered.left_out:,} more left out here." if offered.left_out else "")
        yield _section("offer", sign_offs.HOW_TO_SIGN, preformatted("\n".join(offered.lines)), more)


def _policies(policies: Iterable[Document]) -> Safe:
    rows = [
        _row(
            element("span", element("code", str(policy.get("id"))), element("br"), str(policy.get("title", ""))),
            policy.get("owner"),
            policy.get("severity"),
            *(policy.get(key) or "" for key in ("passed", "failed", "inapplicable", "cannot_tell")),
            policy.get("why"),
        )
        for policy in policies
    ]
    heads = _heads("policy", "owner", "severity", "passed", "failed", "does not apply", "cannot tell", "why")
    table = _scroll(element("table", heads, element("tbody", *rows), class_="policies"))
    summary = element("summary", f"{count(len(rows), 'policy', 'policies')}, counted by documents")
    return _section("policies", "Policies", element("details", summary, table))


def _judged(result: Result) -> Safe:
    pairs = [join(element("dt", name), element("dd", value)) for name, value in poll.judged(result.verdict, result.run)]
    return _section("judged", "What was judged", element("dl", *pairs))


def _heads(*names: str) -> Safe:
    return element("thead", element("tr", *(element("th", name, scope="col") for name in names)))


def _row(*cells: object) -> Safe:
    return element("tr", *(element("td", _cell(cell), class_="n" if isinstance(cell, int) else None) for cell in cells))


def _cell(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)


def _scroll(table: Safe) -> Safe:
    return element("div", table, class_="scroll", tabindex=0)
