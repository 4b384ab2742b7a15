"""baseline save, show, redirects: what is live, kept for later runs to be compared with.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors, kept_facts, run_folder
from checks.baseline import drafts, pruning, store
from checks.baseline import launched as launches
from checks.commands.finished import finished, launched
from checks.commands.printing import print_lines
from checks.errors import UserError
from checks.report.words import count

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from checks.run_folder import RunFolder


def baseline(parsed: argparse.Namespace) -> int:
    """Do what `parsed.action` says."""
    return {"save": save, "show": show, "redirects": redirects}[parsed.action](parsed)


def save(parsed: argparse.Namespace) -> int:
    """Keep the facts of a run, as what is live from now on."""
    run = launched(parsed.run)
    if parsed.folder.exists() and not parsed.folder.is_dir():
        raise UserError("is not a folder", where=str(parsed.folder), remedy="Name a folder for saved baselines.")
    if parsed.keep is not None and parsed.keep < 1:
        raise UserError("is no number of baselines to keep", where=f"--keep {parsed.keep}", remedy="Keep 1 or more.")
    saved = store.save(run, parsed.folder)
    forgotten = pruning.keep(parsed.folder, parsed.keep) if parsed.keep else 0
    failed = sum(line["kind"] == "page" and line["state"] == "failed" for line in run.lines(run_folder.COVERAGE))
    print_lines(
        f"Saved {count(saved.pages, 'page')} as {saved.name} in {parsed.folder}; {saved.added:,} of them are new."
    )
    if forgotten:
        print_lines(f"Forgot {count(forgotten, 'older baseline')}.")
    addresses = count(saved.published, "address", "addresses")
    print_lines(f"{addresses} in the ledger of all that was ever published; each must go on leading somewhere.")
    for doubt in _doubts(run):
        print_lines(doubt)
    if failed:
        print_lines(f"Not measured in this run: {count(failed, 'page')}. A comparison with it can't tell all.")
    print_lines(f"Compare with it: gonogo check --baseline {parsed.folder}")
    return errors.EXIT_GO


def _doubts(run: RunFolder) -> Iterator[str]:
    """Give what speaks against a run as a baseline: what is wrong with it passes for existing from now on."""
    verdict = launches.verdict_of(run)
    if verdict == launches.GO:
        return
    if verdict is None:
        yield "Nobody judged this run. Is it what is live? What is wrong with it is existing from now on."
        return
    blocking = sum(one["blocking"] for one in run.lines(run_folder.FINDINGS))
    found = f", {count(blocking, 'finding')} blocked it" if blocking else ""
    yield f"WARNING: this run said {verdict}{found}. Save it only if it is live all the same:"
    yield "what is wrong with it is existing from now on, and blocks no more, but for launch blockers."
    yield "Was it not launched? Save the run of what is live again: the latest one saved counts."


def redirects(parsed: argparse.Namespace) -> int:
    """Draft the redirects that are missing, for a person to accept; raises UserError for a run without a baseline."""
    run = finished(parsed.run)
    if not run.file(run_folder.CHANGES).is_file():
        remedy = "Name what is live: `gonogo check --baseline DIR`."
        raise UserError("the run was compared with nothing", where=str(run.path), remedy=remedy)
    missing = drafts.missing(kept_facts.changes(run))
    if not missing:
        print_lines("No redirect is missing.")
        return errors.EXIT_GO
    print_lines(drafts.text(missing, run.read(run_folder.RUN)["host"]))
    return errors.EXIT_GO


def show(parsed: argparse.Namespace) -> int:
    """List what is saved, the oldest first; raises UserError where the folder is none of saved baselines."""
    if not (parsed.folder / store.LATEST).is_file():
        remedy = "Save one in it: `gonogo baseline save RUN DEST`."
        raise UserError("holds no saved baseline", where=str(parsed.folder), remedy=remedy)
    latest = store.latest(parsed.folder)
    for name in store.names(parsed.folder):
        about = store.about(parsed.folder, name)
        commit = f", commit {str(about['commit'])[:12]}" if about.get("commit") else ""
        pages = count(store.pages_of(parsed.folder, name), "page")
        mark = "  (compared with)" if name == latest else ""
        verdict = store.verdict(parsed.folder, name)
        said = f", said {verdict}" if verdict not in {None, launches.GO} else ""
        print_lines(f"{name}  {about.get('site', '')}  {pages}, gonogo {about.get('gonogo', '')}{commit}{said}{mark}")
    return errors.EXIT_GO
