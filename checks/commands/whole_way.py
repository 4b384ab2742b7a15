"""check, collect, merge, judge, report: the stages, alone or all together.

In: parsed arguments. Out: a run folder, what is printed, an exit code.
"""

from __future__ import annotations

import os
import sys
import tempfile
import webbrowser
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from action import annotations as annotating
from checks import errors, gate, illustrate, merging, picturing
from checks.baseline import launch
from checks.commands import exceptions, unchanged
from checks.commands.finished import finished, today
from checks.commands.printing import print_json, print_lines
from checks.commands.progress import Progress
from checks.commands.ruling import ruling
from checks.partial import require
from checks.report import junit, sarif
from checks.report.formats import WRITERS
from checks.report.words import count
from checks.run_folder import FILE_BY_FORMAT, RUN, RunFolder
from checks.run_result import result_of, write_reports
from checks.settings import FILE_NAME
from checks.sources import repository
from checks.sources.published import published
from checks.verdict import LAUNCH

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import date

    from checks.cache.store import Store
    from checks.collect.cluster.driver import Cluster
    from checks.collect.stage import Collected
    from checks.report.formats import Writer


_OF_A_VERDICT = ("advisory", "strict_waivers", "json", "screens")
_OF_THE_WHOLE = ("shard", "shards", "lighthouse", "strict_waivers")


def check(parsed: argparse.Namespace) -> int:
    """Judge a built site: the whole way."""
    _require_sense(parsed)
    if parsed.shard:
        _collect_shard(parsed)
        print_lines("CANNOT TELL  a shard alone gets no verdict.")
        return errors.EXIT_CANNOT_TELL
    if parsed.shards:
        return _judge(_merge(parsed, merging.within(parsed.shards)), parsed, screens=parsed.screens)
    asked, run = _invocation(parsed), RunFolder(parsed.run)
    decided, folder = _decided(parsed, asked.started.date())
    with unchanged.watched(parsed, decided, folder, asked, run) as before:
        if said := before.given():
            return _told(run, parsed, said)
        collected = _measured(parsed, decided, folder, asked)
        before.tell()
        code = _judge(run, parsed, screens=parsed.screens, store=before.store)
        before.keep(collected)
        return code


def collect(parsed: argparse.Namespace) -> int:
    """Write the facts into a run folder."""
    _require_sense(parsed)
    if parsed.shard:
        _collect_shard(parsed)
        return errors.EXIT_GO
    run = _with_cluster(parsed) if parsed.cluster else _collect(parsed)
    print_lines(f"Facts are in {run.path}; judge them: gonogo judge {run.path}")
    return errors.EXIT_GO


def _with_cluster(parsed: argparse.Namespace) -> RunFolder:
    """Let a cluster measure the pages; the build is read by all machines from where PREVIEW says."""
    from checks import clustering

    clustering.require()
    from checks.collect.cluster.build import fetched
    from checks.collect.cluster.driver import Cluster

    if not parsed.preview:
        raise errors.UserError(
            "no build is named",
            where="--cluster",
            remedy="Say where every machine can read it: a folder that they share, s3://bucket/dist, or "
            "tar::https://host/dist.tar.gz.",
        )
    with tempfile.TemporaryDirectory(prefix="gonogo-build-") as folder:
        root = fetched(parsed.preview, Path(folder))
        address = parsed.preview if root.is_relative_to(folder) else str(root.resolve())
        parsed.preview = str(root)
        return _collect(parsed, cluster=Cluster(parsed.cluster, address))


def merge(parsed: argparse.Namespace) -> int:
    """Put shards together: write the facts of the whole site into a run folder."""
    run = _merge(parsed, parsed.parts)
    shards = count(len(parsed.parts), "shard")
    print_lines(f"The site is put together in {run.path}, of {shards}; judge it: gonogo judge {run.path}")
    return errors.EXIT_GO


def judge(parsed: argparse.Namespace) -> int:
    """Judge the facts of a run again, offline: by the rules that it holds, or by others where they are named."""
    run = finished(parsed.run)
    if parsed.config or parsed.trust_ref or parsed.trust_dir or parsed.fail_on:
        decided = ruling(parsed, {}, today())
        gate.rule(run, decided, _launch(parsed))
        exceptions.keep(run, decided, parsed)
    return _judge(run, parsed, screens=False)


def report(parsed: argparse.Namespace) -> int:
    """Write the reports of a run again, offline; print the one that was asked for."""
    run = finished(parsed.run)
    formats = {**WRITERS, "annotations": annotating.write}
    if parsed.format not in formats:
        raise errors.UserError(
            f"no format `{parsed.format}`", where="--format", remedy=f"There are: {', '.join(sorted(formats))}."
        )
    write_reports(run, dict(_variants(parsed)))
    if parsed.open:
        return _shown(run.file(FILE_BY_FORMAT["html"]).resolve())
    formats = formats | dict(_variants(parsed))
    formats[parsed.format](result_of(run), sys.stdout)
    return errors.EXIT_GO


def _shown(file: Path) -> int:
    """Show a file in the reader's browser; where there is none, its path is what helps."""
    opened = webbrowser.open(file.as_uri())
    print_lines(f"{file}{'' if opened else ': there is no browser that would open it'}")
    return errors.EXIT_GO


def _variants(parsed: argparse.Namespace) -> Iterator[tuple[str, Writer]]:
    """Give the formats that the flags want in another dialect."""
    if parsed.sarif_waived:
        yield "sarif", partial(sarif.write, waived=parsed.sarif_waived)
    if parsed.junit_profile:
        yield "junit", partial(junit.write, profile=parsed.junit_profile)


def _collect(
    parsed: argparse.Namespace, parts: Sequence[merging.Part] = (), cluster: Cluster | None = None
) -> RunFolder:
    asked = replace(_invocation(parsed), parts=tuple(parts), cluster=cluster)
    today = asked.started.date()
    decided, folder = _decided(parsed, merging.day(parts, today) if parts else today)
    _measured(parsed, decided, folder, asked)
    return RunFolder(parsed.run)


def _measured(parsed: argparse.Namespace, decided: gate.Ruling, folder: Path, asked: gate.Invocation) -> Collected:
    """Fill the run folder with facts, and with what is needed to judge them."""
    run = RunFolder(parsed.run)
    with Progress() as progress:
        collected = gate.collect(decided, folder, run, asked, progress.show, render=not parsed.no_render)
    with Progress() as progress:
        gate.lab(run, progress.say)
    exceptions.keep(run, decided, parsed)
    return collected


def _merge(parsed: argparse.Namespace, folders: Sequence[Path]) -> RunFolder:
    """Put shards together; where no browser has measured them, none looks at the site as a whole."""
    parts = merging.parts(folders)
    parsed.no_render = parts[0].about["made_with"]["browser"] is None
    return _collect(parsed, parts)


def _require_sense(parsed: argparse.Namespace) -> None:
    """Raise UserError for flags that contradict one another."""
    if parsed.times and not parsed.shard:
        raise errors.UserError("balances shards", where="--times", remedy="Say which one with `--shard`.")
    said = next((name for name in _OF_A_VERDICT if getattr(parsed, name, None)), None)
    if parsed.shard and said:
        raise errors.UserError(
            "says what becomes of a verdict, and a shard alone gets none",
            where=f"--{said.replace('_', '-')}",
            remedy="Leave it to the command that puts the shards together; `gonogo collect --shard` exits with 0.",
        )
    divided = any(getattr(parsed, name, None) for name in ("shard", "shards", "cluster"))
    if divided and parsed.gate != LAUNCH:
        raise errors.UserError(
            "renders so few pages that they are not divided",
            where=f"--gate {parsed.gate}",
            remedy="Ask for it on one machine, or divide a launch gate.",
        )
    _require_sense_of_a_part(parsed)


def _require_sense_of_a_part(parsed: argparse.Namespace) -> None:
    """Raise UserError for flags that ask about the whole site beside `--only`, which asks about some pages."""
    only = getattr(parsed, "only", None)
    if not only:
        return
    require(only)
    said = [f"--{name.replace('_', '-')}" for name in _OF_THE_WHOLE if getattr(parsed, name, None)]
    if parsed.gate != LAUNCH:
        said.append(f"--gate {parsed.gate}")
    if said:
        raise errors.UserError(
            "is about the whole site, and `--only` asks about some pages",
            where=said[0],
            remedy="Leave one of them out.",
        )


def _collect_shard(parsed: argparse.Namespace) -> None:
    from checks import sharding

    part = sharding.shard(parsed.shard, parsed.times)
    asked = replace(_invocation(parsed), shard=part)
    decided, folder = _decided(parsed, asked.started.date())
    run = RunFolder(parsed.run)
    with Progress() as progress:
        said = gate.collect_shard(decided, folder, run, asked, progress.show, render=not parsed.no_render)
    pages = count(said["pages"], "page")
    print_lines(f"Shard {part} is in {run.path}: {pages}. When all {part.of} are there: gonogo merge RUN...")


def _invocation(parsed: argparse.Namespace) -> gate.Invocation:
    return gate.Invocation.now(
        f"gonogo {parsed.command}",
        parsed.cache,
        no_cache=parsed.no_cache,
        gate=parsed.gate,
        launch=_launch(parsed),
        only=tuple(getattr(parsed, "only", ())),
    )


def _decided(parsed: argparse.Namespace, today: date) -> tuple[gate.Ruling, Path]:
    """Return the rules that decide, and the preview."""
    said = {
        "preview": parsed.preview or None,
        "site": parsed.site,
        "host": parsed.host,
        "set": parsed.set,
        "lighthouse": parsed.lighthouse or None,
        "baseline": parsed.baseline,
    }
    decided = ruling(parsed, said, today)
    folder = decided.rules.settings.preview
    if folder is None:
        raise errors.UserError(
            "no preview is named",
            remedy="Say which folder the build leaves, or where it is deployed: `gonogo check dist`, or `preview:` in "
            "gonogo.yaml.",
        )
    return decided, Path(folder)


def _launch(parsed: argparse.Namespace) -> launch.Launch:
    return launch.told(parsed.launch, in_ci=os.environ.get("CI", "") not in {"", "0", "false"})


def _judge(run: RunFolder, parsed: argparse.Namespace, *, screens: bool, store: Store | None = None) -> int:
    sources = repository.find(parsed.config or Path(FILE_NAME))
    said = gate.judge(run, advisory=parsed.advisory, strict=parsed.strict_waivers, sources=sources, store=store)
    _tell_where(run, sources)
    illustrate.with_snippets(run)
    if screens:
        picturing.with_pictures(run)
    write_reports(run)
    return _told(run, parsed, said)


def _told(run: RunFolder, parsed: argparse.Namespace, said: gate.Document) -> int:
    """Print what was asked for, and return the exit code."""
    if parsed.json:
        print_json(said)
    else:
        WRITERS["text"](result_of(run), sys.stdout)
    code: int = said["exit_code"]
    return code


def _tell_where(run: RunFolder, sources: repository.Repository) -> None:
    """Write where the repository is published, unless that was known when the run was made and is not now."""
    about = run.read(RUN)
    where = published(sources.tree, about.get("context"), os.environ) or about.get("published")
    run.write(RUN, {**about, "published": where})
