"""report.html: one file that works offline, without anything from elsewhere, and can be read without scripts.

In: a `Result`. Out: a page with the poll, the verdict, what was judged, findings by cause, coverage and policies. Its
content security policy allows its own style sheets and its own script by hash and images that it carries, and nothing
else: markup that slipped through would still do nothing. Its sections are made in html_sections.py; what the script
shows in place of the page, where it was built and runs, is in interactive/.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from checks.report import causes, ledger, poll
from checks.report.html_cause import PAGES_SHOWN
from checks.report.html_sections import STYLES, sections
from checks.report.interactive import bundle, carried
from checks.report.interactive.bundle import HOW_TO_GET_IT, source_hash
from checks.report.markup import Safe, element, with_code
from checks.report.words import clip, count

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.report.causes import Causes
    from checks.report.interactive.bundle import Bundle
    from checks.report.ledger import Ledger
    from checks.report.result import Document, Result

CAUSES_SHOWN = 500
NOT_MEASURED_SHOWN = 500


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
    out.writelines(f"{section}\n" for section in sections(result, found, covered))
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
        ("left-out", f"{covered.counts['left-out']:,} left out", covered.counts["left-out"]),
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
        class_=f"mast {STYLES.get(verdict, 'cannot-tell')}",
    )
