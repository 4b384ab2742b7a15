"""What each command does: arguments -> the gate -> what is printed.

In: parsed arguments. Out: an exit code. Each function reads like the help of its command; nothing here decides a
verdict.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from action import annotations as annotating
from checks import errors, gate, run_folder, settings
from checks.judge import selftest
from checks.judge.finding import Finding
from checks.report import escape, facts_view
from checks.report import explain as explaining
from checks.report.formats import WRITERS
from checks.report.result import Result
from checks.run_folder import RunFolder
from checks.signoff import adopted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from checks.gate import Document
    from checks.judge.policy import Policy


def check(parsed: argparse.Namespace) -> int:
    """Judge a built site: the whole way."""
    run = _collect(parsed)
    return _judge(run, parsed, None, screens=parsed.screens)


def collect(parsed: argparse.Namespace) -> int:
    """Write the facts into a run folder."""
    run = _collect(parsed)
    _print(f"Facts are in {run.path}; judge them: gonogo judge {run.path}")
    return errors.EXIT_GO


def judge(parsed: argparse.Namespace) -> int:
    """Judge the facts of a run again, offline."""
    run = _finished(parsed.run)
    by = settings.load(parsed.config, {}, _today()) if parsed.config else None
    return _judge(run, parsed, by, screens=False)


def report(parsed: argparse.Namespace) -> int:
    """Write the reports of a run again, offline; print the one that was asked for."""
    run = _finished(parsed.run)
    formats = {**WRITERS, "annotations": annotating.write}
    if parsed.format not in formats:
        raise errors.UserError(
            f"no format `{parsed.format}`", where="--format", remedy=f"There are: {', '.join(sorted(formats))}."
        )
    write_reports(run)
    formats[parsed.format](result_of(run), sys.stdout)
    return errors.EXIT_GO


def facts(parsed: argparse.Namespace) -> int:
    """Show what is known of a page, or of the site."""
    run = _finished(parsed.run)
    document = run.read(run_folder.SITE) if parsed.page == "site" else _page(run, parsed.page)
    if parsed.json:
        _print_json(document)
    else:
        print(facts_view.view(document))
    return errors.EXIT_GO


def explain(parsed: argparse.Namespace) -> int:
    """Explain one finding: what was measured, where it stands, how to mend it."""
    run = _finished(parsed.run)
    finding = _finding(run, parsed.finding)
    in_force = run.read(run_folder.POLICIES).get(finding["policy"], {})
    document = _explained(run, finding)
    pages = [one.get("page", "the site") for one in run.lines(run_folder.FINDINGS) if one["cause"] == finding["cause"]]
    snippet = result_of(run).snippets(finding["fingerprint"]) or gate.snippet_of(run, finding)
    print(explaining.explain(finding, in_force, document, snippet, pages))
    return errors.EXIT_GO


def policy(parsed: argparse.Namespace) -> int:
    """List, show or test policies."""
    in_force = gate.load_policies(settings.load(parsed.config, {"set": parsed.set}, _today()))
    actions = {"list": _policy_list, "show": _policy_show, "test": _policy_test}
    return actions[parsed.action](in_force, parsed)


def adopt(parsed: argparse.Namespace) -> int:
    """Accept today's findings of a legacy site as debt that may only shrink."""
    run = _finished(parsed.run)
    about = settings.from_document(run.read(run_folder.RUN)["settings"])
    findings = (Finding.from_document(line) for line in run.lines(run_folder.FINDINGS))
    adoption = adopted.adopt(findings, _today(), about.key_pages, adopted.load(parsed.folder))
    with run_folder.writing(parsed.folder):
        parsed.folder.mkdir(parents=True, exist_ok=True)
        for owner, document in adoption.documents.items():
            (parsed.folder / f"{owner}.json").write_text(
                json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
            )
            _print(
                f"{parsed.folder / owner}.json: {len(document['findings'])} findings of {owner} are debt from now on"
            )
    for finding in adoption.refused:
        where = finding.page or "the site"
        _print(f"not adopted, for it blocks any launch: {finding.policy} on {where}: {finding.message}")
    return errors.EXIT_GO


def init(parsed: argparse.Namespace) -> int:
    """Write a gonogo.yaml to begin with."""
    from checks import init as initial

    file = initial.write(parsed.folder)
    _print(f"{file} is written. Read it, then: gonogo check")
    return errors.EXIT_GO


def doctor(parsed: argparse.Namespace) -> int:
    """Say what is missing, and how to get it."""
    from checks.collect import doctor as doctoring

    if parsed.install:
        doctoring.mend(_print)
    examined = doctoring.examine()
    for one in examined:
        state = "ok     " if one.ok else "MISSING" if one.needed else "absent "
        _print(f"{state}  {one.name}: {one.found}")
        if not one.ok:
            _print(f"         {one.remedy}")
    return errors.EXIT_GO if doctoring.all_needed(examined) else errors.EXIT_CANNOT_TELL


def result_of(run: RunFolder) -> Result:
    """Return the run as the reports read it."""
    snippets = (
        {one["fingerprint"]: one for one in run.lines(run_folder.SNIPPETS)}
        if run.file(run_folder.SNIPPETS).is_file()
        else {}
    )
    screens = {
        file.stem: f"{run_folder.SCREENS}/{file.name}" for file in sorted(run.file(run_folder.SCREENS).glob("*.png"))
    }

    def picture(fingerprint: str) -> str | None:
        return screens.get(fingerprint.replace(":", "-"))

    def read_picture(name: str) -> bytes | None:
        file = run.path / name
        return file.read_bytes() if file.is_file() else None

    return Result(
        verdict=run.read(run_folder.VERDICT),
        run=run.read(run_folder.RUN),
        findings=lambda: run.lines(run_folder.FINDINGS),
        coverage=lambda: run.lines(run_folder.COVERAGE),
        site=run.read_or(run_folder.SITE, {}),
        policies=run.read(run_folder.POLICIES),
        snippets=snippets.get,
        screens=picture,
        read_screen=read_picture,
        folder=str(run.path),
        report=str(run.file("report.html")),
    )


def write_reports(run: RunFolder) -> None:
    """Write every report that has a file into the run folder."""
    result = result_of(run)
    for name, file in run_folder.FILE_BY_FORMAT.items():
        with run_folder.writing(run.path), run.file(file).open("w", encoding="utf-8") as out:
            WRITERS[name](result, out)


def _collect(parsed: argparse.Namespace) -> RunFolder:
    asked = gate.Invocation.now(f"gonogo {parsed.command}")
    preview = str(parsed.preview) if parsed.preview else None
    said = {"preview": preview, "site": parsed.site, "host": parsed.host, "set": parsed.set}
    told = settings.load(parsed.config, said, asked.started.date())
    if told.preview is None:
        raise errors.UserError(
            "no preview is named",
            remedy="Say which folder the build leaves: `gonogo check dist`, or `preview:` in gonogo.yaml.",
        )
    run = RunFolder(parsed.run)
    with _Progress() as progress:
        gate.collect(told, Path(told.preview), run, asked, progress.show, render=not parsed.no_render)
    return run


def _judge(run: RunFolder, parsed: argparse.Namespace, by: settings.Settings | None, *, screens: bool) -> int:
    said = gate.judge(run, advisory=parsed.advisory, by=by)
    gate.illustrate(run)
    if screens:
        gate.picture(run)
    write_reports(run)
    if parsed.json:
        _print_json(said)
    else:
        WRITERS["text"](result_of(run), sys.stdout)
    code: int = said["exit_code"]
    return code


def _finished(path: Path) -> RunFolder:
    run = RunFolder(path)
    if not run.exists():
        raise errors.UserError(
            "holds no finished run",
            where=str(path),
            remedy="Name the folder that `gonogo check --run DIR` wrote (gonogo-run).",
        )
    return run


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


def _policy_list(in_force: tuple[Policy, ...], _: argparse.Namespace) -> int:
    width = max((len(one.id) for one in in_force), default=0)
    for one in in_force:
        _print(f"{one.id:{width}}  {one.severity:7}  {one.owner:11}  {one.title}")
    return errors.EXIT_GO


def _policy_show(in_force: tuple[Policy, ...], parsed: argparse.Namespace) -> int:
    for one in in_force:
        if one.id == parsed.id:
            _print_json(one.document)
            return errors.EXIT_GO
    raise errors.UserError(
        f"no policy `{parsed.id}` is in force", remedy="`gonogo policy list --set strict` lists them all."
    )


def _policy_test(in_force: tuple[Policy, ...], _: argparse.Namespace) -> int:
    results = [result for one in in_force for result in selftest.run(one)]
    wrong = [result for result in results if not result.holds]
    for result in wrong:
        _print(f"{result.policy} {result.pointer}: {result.outcome}; {'; '.join(result.said)}")
    _print(f"{len(in_force)} policies, {len(results)} examples and counterexamples: {len(wrong)} wrong")
    return errors.EXIT_GO if not wrong else errors.EXIT_WRONG_USE


class _Progress:
    """A bar on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self._shown: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._shown.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def show(self, done: int, total: int) -> None:
        """Say how many pages are done."""
        if self._shown is None:
            return
        if self._task is None:
            self._task = self._shown.add_task("rendering", total=total)
        self._shown.update(self._task, completed=done, total=total)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _print(text: str) -> None:
    """Print lines that may hold words from a page or a config; the indentation stays."""
    print("\n".join(_harmless(line) for line in text.split("\n")))


def _harmless(line: str) -> str:
    words = line.lstrip(" ")
    return line[: len(line) - len(words)] + escape.terminal(words)


def _print_json(document: Mapping[str, Any]) -> None:
    """Print JSON in ASCII, so that nothing in it speaks to a terminal; and no `##[`, which a CI system would obey."""
    print(json.dumps(document, indent=2).replace("##", "#\\u0023"))
