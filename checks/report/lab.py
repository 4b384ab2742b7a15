"""What Lighthouse measured, as sentences for every report.

In: the lighthouse documents of a run and its ledger, both as streams. Out: a sentence for each page and profile, and
for each page that was chosen and left out. All texts are the report's to escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.report import field, uptime
from checks.report.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Result

TITLE: Final = "Lighthouse"
KIND: Final = "lighthouse"
_SHORT: Final = {"lcp_ms": "LCP", "fcp_ms": "FCP", "tbt_ms": "TBT", "cls": "CLS"}


def sections(result: Result) -> list[tuple[str, list[str]]]:
    """Return the section about Lighthouse, and those about the live site, each where it was asked for."""
    measured = [sentence for document in result.lighthouse() for sentence in _measured(document)]
    left_out = [
        f"{line['path']} was left out: {line['why']}"
        for line in result.coverage()
        if line.get("kind") == KIND and line["state"] == "excluded"
    ]
    lab = [(TITLE, [*measured, *left_out])] if measured or left_out else []
    return [*lab, *field.sections(result), *uptime.sections(result)]


def _measured(document: Document) -> Iterator[str]:
    if "aggregate" not in document["measured"]:
        return
    aggregate = document["aggregate"]
    timings = ", ".join(_timing(name, aggregate["metrics"][name]) for name in _SHORT)
    scores = ", ".join(f"{name} {round(score * 100)}" for name, score in aggregate["categories"].items() if score)
    runs = count(aggregate["runs"], "run")
    yield f"{document['path']} ({document['profile']}, lab, median of {runs}): {timings}; {scores}"
    if document.get("comparison"):
        yield f"{document['path']} ({document['profile']}) {_compared(document['comparison'])}"


def _timing(name: str, spread: dict[str, Any]) -> str:
    unstable = " (unstable)" if spread["unstable"] else ""
    return f"{_SHORT[name]} {_amount(name, spread['median'])}{unstable}"


def _compared(comparison: dict[str, Any]) -> str:
    changed = [_change(name, comparison[name]) for name in _SHORT]
    pairs = count(comparison["pairs"], "pair")
    open_ = [_SHORT[name] for name in comparison["undecided"]]
    said = f"against the baseline, {pairs} in turn: {', '.join(changed)}"
    return f"{said}; undecided: {', '.join(open_)}" if open_ else said


def _change(name: str, metric: dict[str, Any]) -> str:
    effect = f"{_SHORT[name]} {'+' if metric['effect'] > 0 else ''}{_amount(name, metric['effect'])}"
    if metric["low"] is None:
        return effect
    return f"{effect} ({_amount(name, metric['low'])} to {_amount(name, metric['high'])})"


def _amount(name: str, value: float) -> str:
    return f"{value:.3g}" if name == "cls" else f"{value:,.0f} ms"
