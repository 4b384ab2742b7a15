"""check, collect, merge, judge: the stages, alone or all together; what a run leaves is shown by reports.py.

In: parsed arguments. Out: a run folder, what is printed, an exit code.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors, gate, illustrate, merging, picturing
from checks.alone import alone
from checks.baseline import launch
from checks.commands import exceptions, unchanged
from checks.commands.finished import finished, today
from checks.commands.printing import print_json, print_lines
from checks.commands.progress import Progress
from checks.commands.ruling import ruling
from checks.commands.sense import require_sense
from checks.report.formats import WRITERS
from checks.report.words import count
from checks.run_folder import RUN, RunFolder
from checks.run_result import result_of, write_reports
from checks.settings import FILE_NAME
from checks.sources import repository
from checks.sources.published import published

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date

    from checks.cache.store import Store
    from checks.collect.cluster.driver import Cluster
    from checks.collect.stage import Collected


def _alone(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Return `command` as one that has its run folder to itself."""

    @wraps(command)
    def run(parsed: argparse.Namespace) -> int:
        require_sense(parsed)
        with alone(parsed.run):
            return command(parsed)

    return run


@_alone
def check(parsed: argparse.Namespace) -> int:
    """Judge a built site: the whole way."""
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


@_alone
def collect(parsed: argparse.Namespace) -> int:
    """Write the facts into a run folder."""
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
    with alone(parsed.run):
        run = _merge(parsed, parsed.parts)
    shards = count(len(parsed.parts), "shard")
    print_lines(f"The site is put together in {run.path}, of {shards}; judge it: gonogo judge {run.path}")
    return errors.EXIT_GO


def judge(parsed: argparse.Namespace) -> int:
    """Judge the facts of a run again, offline: by the rules that it holds, or by others where they are named."""
    run = finished(parsed.run)
    with alone(run.path):
        if parsed.config or parsed.trust_ref or parsed.trust_dir or parsed.fail_on:
            decided = ruling(parsed, {}, today())
            gate.rule(run, decided, _launch(parsed))
            exceptions.keep(run, decided, parsed)
        return _judge(run, parsed, screens=False)


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
    illustrate.with_snippets(run, store)
    if screens:
        picturing.with_pictures(run)
    write_reports(run, store=store)
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
