"""Preview -> facts: the first stage, and what a run folder says of how it was made.

In: rules, the preview, what was asked. Out: the run folder with documents, ledger and run.json.
"""

from __future__ import annotations

import datetime as dt
import platform
import subprocess
from typing import TYPE_CHECKING

from checks import __version__, merging, reviewing, run_folder, verdict
from checks.against import bringing, changes
from checks.baseline import kinds
from checks.errors import CannotMeasureError
from checks.gate.ruling import keep, told
from checks.trust import exports
from checks.trust.git import TIME_LIMIT_S

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.stage import Collected
    from checks.gate.asked import Document, Invocation, Progress, Ruling
    from checks.run_folder import RunFolder


def collect(
    ruling: Ruling,
    root: Path,
    run: RunFolder,
    asked: Invocation,
    progress: Progress,
    *,
    render: bool = True,
) -> Collected:
    """Fill the run folder with the facts of the build in `root`, and with what is needed to judge them again."""
    from checks import clustering
    from checks.collect import browser, stage
    from checks.collect.reuse.opening import Asked as CacheAsked
    from checks.collect.review import Before

    rules = ruling.rules
    settings = rules.settings
    reviewing.require(rules, asked.gate, render=render)
    found = browser.find() if render else None
    kinds.require_other(settings.baseline, settings.preview_url or root, run, asked.launch.folder)
    merged = merging.merged(asked.parts, settings, root, run, found) if asked.parts else None
    run.clear()
    with run_folder.writing(run.path), run.scratching():
        cache = CacheAsked(asked.cache, asked.no_cache)
        if asked.cluster is not None:
            merged = clustering.measured(asked.cluster, settings, root, run, found, progress)
        brought = bringing.bring(settings, run, bringing.Means(found, progress, cache), rules.trust, asked.launch)
        named = list(exports.files(rules.trust, settings.exports.files, run.scratch))
        review = None if asked.gate == verdict.LAUNCH else Before(brought.pages if brought.about else None)
        elsewhere = merged.elsewhere if merged else None
        beside = stage.Beside(named, brought.paths, brought.origin(), cache, elsewhere, review, asked.only)
        collected = stage.collect(settings, root, run, found, progress, beside)
    about = {
        "site": collected.origin,
        "origin_known": collected.origin_known,
        "host": collected.host,
        "baseline": brought.about,
        "build_digest": collected.build_digest,
        "browser_restarts": collected.browser_restarts,
        "reuse": collected.reuse,
        "notes": [*collected.notes, *brought.notes, *(merged.notes if merged else ())],
    }
    run.write(run_folder.RUN, _record(ruling, root, asked, found, about))
    keep(run, ruling)
    changes.compare(run, settings)
    return collected


def collect_shard(
    ruling: Ruling, root: Path, run: RunFolder, asked: Invocation, progress: Progress, *, render: bool
) -> Document:
    """Fill the run folder with the shard that was asked for; return `shard` of run.json.

    Such a folder gets no verdict: `collect` puts all parts together.
    """
    from checks import sharding
    from checks.collect import browser
    from checks.collect.reuse.opening import Asked as CacheAsked
    from checks.collect.shards import part

    found = browser.find() if render else None
    cache = CacheAsked(asked.cache, asked.no_cache)
    run.clear()
    with (
        run_folder.writing(run.path),
        run.scratching(),
        part.opened(ruling.rules.settings, root, run.scratch, found, cache) as work,
    ):
        about = sharding.collect(work, run, asked.shard or sharding.ALL, progress)
    run.write(run_folder.RUN, _record(ruling, root, asked, found, about))
    shard: Document = about["shard"]
    return shard


def _record(ruling: Ruling, root: Path, asked: Invocation, found: Browser | None, about: Document) -> Document:
    """Return run.json: what was judged, with what, and when; `about` is what the stage says of it."""
    finished = dt.datetime.now(dt.UTC)
    return {
        "schema": 1,
        "gonogo": __version__,
        "gate": asked.gate,
        "started": asked.started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "duration_s": round((finished - asked.started).total_seconds(), 1),
        "preview": asked.cluster.shown if asked.cluster else ruling.rules.settings.preview_url or str(root),
        "commit": commit(),
        "browser": f"{found.kind} {found.version}" if found else None,
        "python": platform.python_version(),
        "command": asked.command,
        **({"only": list(asked.only)} if asked.only else {}),
        **about,
        **told(ruling.rules),
    }


def commit() -> str | None:
    """Return the commit that the working directory is at, or None outside a repository.

    Raises CannotMeasureError where git does not answer: which commit was judged is asked for before anything ships.
    """
    try:
        command = ["git", "rev-parse", "HEAD"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)
    except OSError:
        return None
    except subprocess.TimeoutExpired as error:
        what = f"git rev-parse took longer than {TIME_LIMIT_S} seconds"
        raise CannotMeasureError(what, where="git", remedy="Try again.") from error
    return done.stdout.strip() or None if done.returncode == 0 else None
