"""facts, explain: what is known of a page, and why one finding is one.

In: parsed arguments and a finished run. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors, illustrate, run_folder
from checks.commands.finished import finished
from checks.commands.printing import print_json
from checks.report import explain as explaining
from checks.report import facts_view
from checks.run_result import result_of

if TYPE_CHECKING:
    import argparse

    from checks.gate import Document
    from checks.run_folder import RunFolder


def facts(parsed: argparse.Namespace) -> int:
    """Show what is known of a page, or of the site."""
    run = finished(parsed.run)
    document = run.read(run_folder.SITE) if parsed.page == "site" else _page(run, parsed.page)
    if parsed.json:
        print_json(document)
    else:
        print(facts_view.view(document))
    return errors.EXIT_GO


def explain(parsed: argparse.Namespace) -> int:
    """Explain one finding: what was measured, where it stands, how to mend it."""
    run = finished(parsed.run)
    finding = _finding(run, parsed.finding)
    in_force = run.read(run_folder.POLICIES).get(finding["policy"], {})
    document = _explained(run, finding)
    pages = [one.get("page", "the site") for one in run.lines(run_folder.FINDINGS) if one["cause"] == finding["cause"]]
    snippet = result_of(run).snippets(finding["fingerprint"]) or illustrate.snippet_of(run, finding)
    print(explaining.explain(finding, in_force, document, snippet, pages))
    return errors.EXIT_GO


def _page(run: RunFolder, page: str) -> Document:
    path = page if page.startswith("/") else f"/{page}"
    near: list[str] = []
    for document in run.lines(run_folder.PAGES):
        if document["path"] == path or document["url"] == page:
            return document
        if path.strip("/") and path.strip("/") in document["path"]:
            near.append(document["path"])
    hint = f"Did you mean {', '.join(near[:3])}?" if near else "`coverage.jsonl` in the run folder lists every address."
    raise errors.UserError(f"no page `{page}` was measured", where=str(run.path), remedy=hint)


def _explained(run: RunFolder, finding: Document) -> Document | None:
    """Return the document that a finding was found in."""
    if finding["reads"] == "site":
        return run.read(run_folder.SITE)
    return next((one for one in run.lines(run_folder.PAGES) if one["path"] == finding.get("page")), None)


def _finding(run: RunFolder, name: str) -> Document:
    wanted = name.removeprefix("v1:")
    for finding in run.lines(run_folder.FINDINGS):
        if finding["policy"] == name or finding["fingerprint"].removeprefix("v1:").startswith(wanted):
            return finding
    raise errors.UserError(
        f"no finding `{name}`",
        where=str(run.path),
        remedy="Take the beginning of a fingerprint from the report, or a policy's id.",
    )
