"""report.html: one file that works offline, without anything from elsewhere, and can be read without scripts.

In: a `Result`. Out: a page with the poll, the verdict, what was judged, findings by cause, coverage and policies. Its
content security policy allows its own style sheets and its own script by hash and images that it carries, and nothing
else: markup that slipped through would still do nothing. Each cause is made in html_cause.py; what the script shows in
place of the page, where it was built and runs, is in interactive/.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from checks.report import causes, compared, course, escalating, lab, ledger, poll, sign_offs, while_here
from checks.report.html_cause import PAGES_SHOWN, Album, article
from checks.report.interactive import bundle, carried
from checks.report.interactive.bundle import HOW_TO_GET_IT, source_hash
from checks.report.markup import Safe, element, join, preformatted, with_code
from checks.report.words import clip, count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from checks.report.causes import Cause, Causes
    from checks.report.interactive.bundle import Bundle
    from checks.report.ledger import Ledger
    from checks.report.result import Document, Result

CAUSES_SHOWN = 500
NOT_MEASURED_SHOWN = 500
_STYLES = {"GO": "go", "NO-GO": "no-go", "CANNOT TELL": "cannot-tell"}
_SHARES = (
    ("indexable_share", "can be indexed"),
    ("described_share", "have a description"),
    ("structured_data_share", "have structured data"),
    ("valid_structured_data_share", "of those, valid"),
    ("reachable_share", "within three clicks of the home page"),
)


def write(
    result: Result, out: TextIO, *, limit: int = CAUSES_SHOWN, find: Callable[[], Bundle | None] = bundle.find
) -> None:
    """Write the page to `out`, with at most `limit` causes; `find` returns the interactive part, if it was built."""
    built = find()
    out.write('<!doctype html>\n<html lang="en">\n')
    found = causes.collect(result.findings, limit=limit, pages=PAGES_SHOWN)
    covered = ledger.read(result.coverage(), NOT_MEASURED_SHOWN)
    out.write(f"{_head(result, built)}\n<body>\n")
    if built:
        carried.first_view(out, carried.index(result, found, covered), built)
    out.write(f"{_mast(result, _ways(found, covered, result.verdict))}\n<main>\n")
    out.writelines(f"{section}\n" for section in _sections(result, found, covered))
    out.write(f"</main>\n{'' if built else element('footer', with_code(HOW_TO_GET_IT))}\n")
    if built:
        carried.pages(out, result, found)
    out.write("</body>\n</html>\n")


@cache
def _style() -> str:
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def _head(result: Result, built: Bundle | None) -> Safe:
    styles = [_style(), *([built.style] if built else [])]
    rule = f"default-src 'none'; style-src {' '.join(map(source_hash, styles))}; img-src data:; base-uri 'none'"
    rule += "; form-action 'none'"
    if built:
        # Markup can't be made out of texts, not even by our own script.
        rule += f"; script-src {source_hash(built.script)}; require-trusted-types-for 'script'; trusted-types 'none'"
    verdict, site = str(result.verdict.get("verdict", "")), str(result.verdict.get("site", ""))
    return element(
        "head",
        element("meta", charset="utf-8"),
        # html() would write the quotes of the policy as references; that is what attribute values are read with.
        element("meta", http_equiv="Content-Security-Policy", content=rule),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", clip(f"{verdict}: {site}", 200)),
        element("link", rel="icon", href="data:,"),
        element("style", Safe(_style()), id="plain-style"),
        # It matches nothing until the script says that it runs.
        element("style", Safe(built.style), id="app-style", media="not all") if built else Safe(""),
    )


def _ways(found: Causes, covered: Ledger, verdict: Document) -> Safe:
    """The links under the verdict, to what there is to read."""
    ways = [
        ("blocking", f"{count(found.blocking, 'cause')} blocking", found.blocking),
        ("others", f"{count(found.total - found.blocking, 'cause')} not blocking", found.total - found.blocking),
        ("failed", f"{covered.counts['failed']:,} not measured", covered.counts["failed"]),
        ("represented", f"{covered.counts['represented']:,} read only", covered.counts["represented"]),
        ("excluded", f"{covered.counts['excluded']:,} excluded", covered.counts["excluded"]),
        ("sign-offs-1", "sign-offs", verdict.get("sign_offs")),
        ("policies", "policies", True),
        ("judged", "what was judged", True),
    ]
    return element("nav", *(element("a", words, href=f"#{name}") for name, words, there in ways if there))


def _mast(result: Result, ways: Safe) -> Safe:
    verdict = str(result.verdict.get("verdict", ""))
    first, *others = poll.sentences(result.verdict)
    about = dict(poll.judged(result.verdict, result.run))
    when = " · ".join(about[key] for key in ("site", "finished") if key in about)
    return element(
        "header",
        element("p", element("b", "gonogo"), " ", when, class_="brand"),
        element("h1", verdict),
        element("p", first, class_="why"),
        *(element("p", sentence) for sentence in others),
        ways,
        class_=f"mast {_STYLES.get(verdict, 'cannot-tell')}",
    )


def _sections(result: Result, found: Causes, covered: Ledger) -> Iterator[Safe]:
    yield _poll(result)
    if notes := poll.notes(result.verdict):
        yield _section("notes", "Notes", element("ul", *(element("li", with_code(note)) for note in notes)))
    for number, (title, sentences) in enumerate(poll.rule_changes(result.verdict), start=1):
        yield _section(f"rules-{number}", title, element("ul", *(element("li", one) for one in sentences)))
    for title, sentences in compared.sections(result):
        yield _section("compared", title, element("ul", *(element("li", one) for one in sentences)))
    for title, sentences in while_here.sections(result.verdict):
        yield _section("while-here", title, element("ul", *(element("li", one) for one in sentences)))
    for title, sentences in escalating.sections(result.verdict):
        yield _section("escalating", title, element("ul", *(element("li", one) for one in sentences)))
    yield from _figures(result.site)
    for title, sentences in course.sections(result.course):
        yield _section("course", title, element("ul", *(element("li", one) for one in sentences)))
    album = Album(result)
    blocking, others = [one for one in found.shown if one.rank == 0], [one for one in found.shown if one.rank]
    yield from _findings("blocking", "Blocks the launch", blocking, found.blocking, album)
    yield from _uncovered(covered, "failed", "Not measured")
    yield from _findings("others", "Does not block", others, found.total - found.blocking, album)
    if not found.total:
        yield _section("none", "Findings", element("p", "None.", class_="none"))
    yield from _uncovered(covered, "represented", "Read, not rendered")
    yield from _uncovered(covered, "excluded", "Excluded by the configuration")
    for title, sentences in lab.sections(result):
        yield _section("lighthouse", title, element("ul", *(element("li", one) for one in sentences)))
    yield from _sign_offs(result.verdict)
    yield _policies(result.verdict.get("policies", ()))
    yield _judged(result)


def _section(name: str, title: str, *content: Safe) -> Safe:
    return element("section", element("h2", title), *content, id=name)


def _poll(result: Result) -> Safe:
    rows = [
        element(
            "tr", element("th", row.owner, scope="row"), element("td", _lamp(row.verdict)), element("td", row.words)
        )
        for row in poll.rows(result.verdict)
    ]
    return _section("poll", "The poll", element("table", element("tbody", *rows), class_="poll"))


def _lamp(verdict: str) -> Safe:
    return element("span", verdict, class_=f"lamp {_STYLES.get(verdict, 'cannot-tell')}")


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
        told = element("ul", *(element("li", one) for one in sentences))
        yield _section(f"sign-offs-{number}", title, told)
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
