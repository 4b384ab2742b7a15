"""What a run is compared with: brought into the run folder before the preview is collected, compared afterwards.

In: the settings, a run folder. Out: `baseline/` in it, a run folder of its own with the facts of what is live; then
changes.jsonl. A baseline that can't be had leaves the reason and a gap in the ledger, and `change` documents that
measured nothing: no policy about changes passes, and the verdict is CANNOT TELL.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks import course, kept_facts, run_folder
from checks.baseline import ages, facts, history, kinds, store
from checks.baseline.launch import NOT_AT_A_DESK, NOTHING_KEPT, Launch
from checks.compare import comparing
from checks.compare.page_change import Place
from checks.compare.sides import is_left_out
from checks.errors import CannotMeasureError, GonogoError, UserError
from checks.run_folder import RunFolder
from checks.trust import live
from checks.trust.rules import BASE, FOLDER, WORKING_TREE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from checks.collect.browser import Browser
    from checks.collect.reuse.opening import Asked
    from checks.settings import Settings
    from checks.trust.rules import Trust

Document = dict[str, Any]
KIND: Final = "baseline"
"""Kind of the ledger's line about a baseline that could not be had."""
_UNTOLD: Final = Launch()


@dataclass(frozen=True, slots=True)
class Brought:
    """A baseline, or why there is none."""

    about: Document | None
    """`baseline` of run.json; None: nothing is compared."""
    run: RunFolder
    notes: tuple[str, ...] = ()
    """What a reader must know of it."""

    @property
    def is_read(self) -> bool:
        """Whether its facts are there."""
        return self.about is not None and self.about["why"] is None

    def paths(self) -> Iterable[str]:
        """Give the addresses at which the preview must still answer: its pages, and what redirects."""
        return facts.paths(self.run) if self.is_read else ()

    def origin(self) -> str | None:
        """Return where it was published; None where it does not know."""
        about = kept_facts.former_site(self.run)["config"] if self.is_read else {}
        return str(about["production_origin"]) if about.get("origin_known") else None

    def pages(self) -> Iterable[Document]:
        """Give its page documents; none where it can't be had."""
        return kept_facts.former_pages(self.run) if self.is_read else ()


@dataclass(frozen=True, slots=True)
class Means:
    """By what a baseline is collected that nobody has collected before."""

    browser: Browser | None
    progress: Callable[[int, int], None]
    cache: Asked | None = None
    """Pages of a build that are there are not measured again; the preview then finds there what it has unchanged."""


def bring(
    settings: Settings, run: RunFolder, means: Means, trust: Trust | None = None, launch: Launch = _UNTOLD
) -> Brought:
    """Fill `baseline/` of the run folder with the facts of what the settings name as baseline.

    A folder that the base of a change holds is read from there, where `trust` says that the base decides. Where the
    settings name the last launch, `launch` says where that lies; before the first one there is nothing to compare with.
    """
    if settings.baseline == kinds.NONE:
        return Brought(None, run.baseline)
    if settings.baseline == kinds.LAUNCH and launch.is_none_yet:
        return Brought(None, run.baseline, (NOTHING_KEPT,))
    if settings.baseline == kinds.LAUNCH and _is_at_desk(launch, trust):
        return Brought(None, run.baseline, (NOT_AT_A_DESK,))
    kind = _kind(settings.baseline)
    why = None
    try:
        place = _place(settings, run, trust, launch)
        kind = kinds.kind_of(place)
        _fill(kind, replace(settings, baseline=place), run.baseline, means)
        facts.believe(run.baseline, _origins(settings))
    except GonogoError as error:
        if not isinstance(error, CannotMeasureError | UserError):
            raise
        why = _said(error)
    about = {"name": settings.baseline, "kind": kind, "why": why, **_known(run.baseline, read=why is None)}
    return Brought(about, run.baseline)


def _is_at_desk(launch: Launch, trust: Trust | None) -> bool:
    """Whether somebody looks at a change for himself: no base decides, and no CI system."""
    return launch.is_at_desk and trust is not None and trust.root == WORKING_TREE


def _kind(named: str) -> str:
    """Return the kind of what is named, as far as its name tells it."""
    return kinds.SAVED if named == kinds.LAUNCH else kinds.kind_of(named)


def _place(settings: Settings, run: RunFolder, trust: Trust | None, launch: Launch) -> str:
    """Return where the baseline is read: its address, or the folder that holds it."""
    named = settings.baseline
    if named == kinds.LAUNCH:
        if launch.folder is None:
            raise CannotMeasureError(launch.why or NOTHING_KEPT)
        found = live.folder(trust, launch.folder, run.scratch / "live")
        if not (found / store.LATEST).is_file():
            raise CannotMeasureError("there is no saved baseline in it", where=launch.folder)
        return str(found)
    return named if kinds.kind_of(named) == kinds.ADDRESS else str(live.folder(trust, named, run.scratch / "live"))


def _origins(settings: Settings) -> tuple[str, ...]:
    """Return where the site is, and where it was before; none where the settings do not say."""
    return () if settings.site is None else (settings.site, *settings.exports.moved_from)


def _fill(kind: str, settings: Settings, into: RunFolder, means: Means) -> None:
    if kind == kinds.SAVED:
        store.load(Path(settings.baseline), into)
        into.write(run_folder.COURSE, {"points": list(history.points(Path(settings.baseline)))})
    elif kind == kinds.RUN:
        _copy(RunFolder(Path(settings.baseline)), into)
    else:
        _collect(kind, settings, into, means)


def _copy(run: RunFolder, into: RunFolder) -> None:
    into.path.mkdir()
    for name in (run_folder.RUN, run_folder.SITE):
        into.write(name, run.read(name))
    for name in (run_folder.COVERAGE, run_folder.PAGES):
        into.write_lines(name, run.lines(name))
    if ages.is_judged(run):
        into.write(run_folder.COURSE, {"points": [course.of_run(run)]})
        into.write_lines(run_folder.AGES, (age.to_document() for age in ages.from_findings(run)))
    if run.file(run_folder.FILES).is_file():
        into.write_lines(run_folder.FILES, run.lines(run_folder.FILES))


def _collect(kind: str, settings: Settings, into: RunFolder, means: Means) -> None:
    """Collect the facts of a build, or of what is live, as those of the preview are: by the same settings."""
    from checks import __version__
    from checks.collect import stage

    # What opens the preview is nobody else's business.
    other = replace(settings, preview=settings.baseline, access=None)
    folder = Path() if kind == kinds.ADDRESS else Path(settings.baseline)
    if kind == kinds.BUILD and not folder.is_dir():
        raise CannotMeasureError("there is no such folder", where=str(folder))
    into.clear()
    beside = stage.Beside() if means.cache is None else stage.Beside(cache=means.cache)
    collected = stage.collect(other, folder, into, means.browser, means.progress, beside)
    into.file(run_folder.DELIVERED).unlink(missing_ok=True)
    said = {"gonogo": __version__, "site": collected.origin, "commit": None, "finished": None}
    into.write(run_folder.RUN, {**said, "build_digest": collected.build_digest, "reuse": collected.reuse})


def _known(baseline: RunFolder, *, read: bool) -> Document:
    """Return what a report says of a baseline."""
    about = baseline.read(run_folder.RUN) if read else {}
    return {name: about.get(name) for name in ("gonogo", "commit", "finished", "build_digest")}


def told(run: RunFolder, fixed: int) -> Document | None:
    """Return `compared` of verdict.json: with what, how many pages became what, and how many findings are gone.

    None where there was no baseline, or none that could be read.
    """
    baseline = run.read(run_folder.RUN).get("baseline")
    if baseline is None or baseline["why"] is not None:
        return None
    site: Document = {}
    for document in run.lines(run_folder.CHANGES):
        site = document
    summary = site.get("summary", {})
    pages = {state: summary.get(state) for state in ("added", "removed", "moved", "changed", "same")}
    return {"baseline": baseline["name"], "pages": pages if summary else None, "fixed": fixed}


def notes(run: RunFolder) -> Iterator[str]:
    """Give what a reader must know: that a baseline is there and could not be had, or was measured in part only."""
    about = run.read(run_folder.RUN).get("baseline")
    if about is None or about["why"] is not None:
        return
    failed = left_out = 0
    for line in kept_facts.former_coverage(run.baseline):
        failed += line["kind"] == "page" and line["state"] == "failed"
        left_out += is_left_out(line)
    if about["kind"] == kinds.SAVED and not run.baseline.file(run_folder.FILES).is_file():
        yield f"the baseline {about['name']} does not list its files: whether one of them is lost, nobody can tell"
    if failed:
        yield f"the baseline {about['name']} was measured in part only: {failed} of its pages were not"
    if left_out:
        many = "1 address" if left_out == 1 else f"{left_out:,} addresses"
        yield f"`limits` leaves out {many} of the baseline {about['name']}; raise them to compare it all"


def gap(about: Mapping[str, Any]) -> Document:
    """Return the line of the ledger about a baseline that could not be had."""
    why = f"the baseline {about['name']} can't be had: {about['why']}"
    return {"path": "/", "state": "failed", "why": why, "found_in": ["baseline"], "kind": KIND}


def follow(run: RunFolder, settings: Settings, trust: Trust, launch: Launch = _UNTOLD) -> None:
    """Compare a run that was collected before with what the rules that decide now name as baseline.

    The base, or a folder of rules, says that there is none, too: a baseline excuses what it holds. The last launch is
    read again even where the run claims to have it: a fork could have written its own. A baseline that has to be
    collected can't be had here, without a browser.
    """
    about = run.read(run_folder.RUN)
    known = about.get("baseline")
    named = known["name"] if known else kinds.NONE
    if settings.baseline == kinds.LAUNCH and _is_at_desk(launch, trust):
        return
    decides = trust.root in {BASE, FOLDER}
    if settings.baseline == named and not (settings.baseline == kinds.LAUNCH and decides):
        return
    if settings.baseline == kinds.NONE and not decides:
        return
    # What was said of another launch is so no more.
    notes = [note for note in about["notes"] if note not in {NOTHING_KEPT, NOT_AT_A_DESK}]
    shutil.rmtree(run.baseline.path, ignore_errors=True)
    run.file(run_folder.CHANGES).unlink(missing_ok=True)
    if settings.baseline == kinds.LAUNCH and launch.is_none_yet:
        run.write(run_folder.RUN, {**about, "baseline": None, "notes": [*notes, NOTHING_KEPT]})
        return
    run.write(run_folder.RUN, {**about, "notes": notes, "baseline": _read_again(run, settings, trust, launch)})
    compare(run, settings)


def _read_again(run: RunFolder, settings: Settings, trust: Trust, launch: Launch) -> Document | None:
    if settings.baseline == kinds.NONE:
        return None
    kind = _kind(settings.baseline)
    why: str | None = "it is no saved baseline, and can't be collected without a browser"
    try:
        place = _place(settings, run, trust, launch)
        kind = kinds.kind_of(place)
        if kind in {kinds.SAVED, kinds.RUN}:
            _fill(kind, replace(settings, baseline=place), run.baseline, Means(None, lambda _done, _total: None))
            facts.believe(run.baseline, _origins(settings))
            why = None
    except (CannotMeasureError, UserError) as error:
        why = _said(error)
    finally:
        run.drop_scratch()
    return {"name": settings.baseline, "kind": kind, "why": why, **_known(run.baseline, read=why is None)}


def compare(run: RunFolder, settings: Settings) -> None:
    """Write changes.jsonl, where the run has a baseline."""
    about = run.read(run_folder.RUN)
    baseline = about.get("baseline")
    if baseline is None:
        return
    place = Place(about["site"], settings.base_path, settings.expected)
    if baseline["why"] is None:
        try:
            run.write_lines(run_folder.CHANGES, _changes(run, place))
        except CannotMeasureError as error:
            baseline["why"] = _said(error)
            run.write(run_folder.RUN, about)
    if baseline["why"] is not None:
        run.write_lines(run_folder.CHANGES, comparing.not_compared(place))
        run.write_lines(run_folder.COVERAGE, [gap(baseline)], after=True)


def _changes(run: RunFolder, place: Place) -> Iterator[Document]:
    former = run.baseline
    was = (kept_facts.former_coverage(former), kept_facts.former_pages(former), kept_facts.former_site(former))
    before = comparing.Side(*was, kept_facts.files(former), kept_facts.published(former))
    now = (run.lines(run_folder.COVERAGE), run.lines(run_folder.PAGES), run.read(run_folder.SITE))
    after = comparing.Side(*now, kept_facts.files(run))
    yield from comparing.compare(before, after, run.lines_or_none(run_folder.ANSWERS), place)


def _said(error: GonogoError) -> str:
    return f"{error.where}: {error.what}" if error.where else error.what
