"""The course of the shares of pages that targets are about: over the saved baselines, and in this run.

In: what the saved runs say of the site, the site document of this run, the policies in force. Out: course.json, which
reports draw. It decides nothing: whether a target is missed says the policy that sets it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from checks import run_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder

Document = dict[str, Any]
SHARES: Final = {
    ("summary", "indexable_share"): "may be indexed",
    ("summary", "described_share"): "have a description",
    ("summary", "structured_data_share"): "have structured data",
    ("summary", "valid_structured_data_share"): "of these, can be read",
    ("summary", "reachable_share"): "within three clicks of the home page",
    ("budgets", "light_share"): "keep to the budget of weight",
    ("budgets", "still_share"): "stay still while they load",
    ("field", "good_share"): "good for real visitors",
    ("uptime", "share"): "of the time, the live site was up",
}
"""Group and fact of the site document -> what it is a share of."""
MOST: Final = 100
"""Runs that are told, the newest."""


def point(day: dt.date, site: Mapping[str, Any], name: str = "", commit: str | None = None) -> Document:
    """Return what one run says of its shares, as the history keeps it."""
    values = {".".join(key): _value(site, *key) for key in SHARES}
    return {"day": day.isoformat(), "name": name, "commit": commit, "values": values}


def of_run(run: RunFolder) -> Document:
    """Return what a run says of its shares."""
    about = run.read(run_folder.RUN)
    day = dt.datetime.fromisoformat(about["started"]).astimezone(dt.UTC).date()
    return point(day, run.read(run_folder.SITE), commit=about.get("commit"))


def to_document(history: Sequence[Mapping[str, Any]], this: Mapping[str, Any], policies: Iterable[Policy]) -> Document:
    """Return course.json: `history` and `this` are points, the oldest first."""
    points = [*history[-(MOST - 1) :], this]
    targets = dict(_strictest(policies))
    return {
        "schema": 1,
        "points": [
            {**{name: one[name] for name in ("day", "name", "commit")}, "this": number == len(points)}
            for number, one in enumerate(points, start=1)
        ],
        "shares": [_share(key, label, points, targets.get(key)) for key, label in SHARES.items()],
    }


def _share(
    key: tuple[str, str], label: str, points: Sequence[Mapping[str, Any]], target: tuple[float, Policy] | None
) -> Document:
    fact = ".".join(key)
    values = [one["values"].get(fact) for one in points]
    told = None
    if target is not None:
        least, policy = target
        met = None if values[-1] is None else values[-1] >= least
        said = {"policy": policy.id, "owner": policy.owner, "severity": policy.severity}
        told = {**said, "least": least, "met": met}
    return {"fact": fact, "label": label, "values": values, "target": told}


def _value(site: Mapping[str, Any], group: str, name: str) -> float | None:
    """Return a share; None where it was not measured, or another version of gonogo measured something else."""
    found = site.get(group)
    value = found.get(name) if isinstance(found, dict) and group in site.get("measured", ()) else None
    is_share = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return value if is_share else None


def _strictest(policies: Iterable[Policy]) -> Iterator[tuple[tuple[str, str], tuple[float, Policy]]]:
    """Give the least that policies in force ask of each share, the strictest last."""
    found = [one for policy in policies if policy.reads == "site" for one in _targets(policy)]
    return iter(sorted(found, key=lambda each: (each[0], each[1][0], each[1][1].id)))


def _targets(policy: Policy) -> Iterator[tuple[tuple[str, str], tuple[float, Policy]]]:
    for group, name in SHARES:
        least = policy.document.get("properties", {}).get(group, {}).get("properties", {}).get(name, {})
        if isinstance(least, dict) and isinstance(least.get("minimum"), int | float):
            yield (group, name), (least["minimum"], policy)
