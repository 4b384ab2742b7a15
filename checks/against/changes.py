"""The preview against its baseline: what the run folder holds of both -> changes.jsonl.

In: a run folder with `baseline/` in it, the settings. Out: `change` documents. A baseline that can't be had leaves the
reason, a gap in the ledger, and documents that measured nothing: no policy about changes passes, and the verdict is
CANNOT TELL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks import kept_facts, run_folder
from checks.against.naming import reason
from checks.compare import comparing
from checks.compare.page_change import Place
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.run_folder import RunFolder
    from checks.settings import Settings

Document = dict[str, Any]
KIND: Final = "baseline"
"""Kind of the ledger's line about a baseline that could not be had."""


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
            baseline["why"] = reason(error)
            run.write(run_folder.RUN, about)
    if baseline["why"] is not None:
        run.write_lines(run_folder.CHANGES, comparing.not_compared(place))
        run.write_lines(run_folder.COVERAGE, [gap(baseline)], after=True)


def gap(about: Mapping[str, Any]) -> Document:
    """Return the line of the ledger about a baseline that could not be had."""
    why = f"the baseline {about['name']} can't be had: {about['why']}"
    return {"path": "/", "state": "failed", "why": why, "found_in": ["baseline"], "kind": KIND}


def _changes(run: RunFolder, place: Place) -> Iterator[Document]:
    former = run.baseline
    was = (kept_facts.former_coverage(former), kept_facts.former_pages(former), kept_facts.former_site(former))
    before = comparing.Side(*was, kept_facts.files(former), kept_facts.published(former))
    now = (run.lines(run_folder.COVERAGE), run.lines(run_folder.PAGES), run.read(run_folder.SITE))
    after = comparing.Side(*now, kept_facts.files(run))
    yield from comparing.compare(before, after, run.lines_or_none(run_folder.ANSWERS), place)
