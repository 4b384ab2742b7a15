"""The lab, as a stage: the facts of pages -> lighthouse documents, and lines of the coverage ledger.

In: the settings, the build (and the baseline's, where there is one), the page documents of the run. Out:
lighthouse.jsonl and the ledger's lines, as they come. Nothing else of ours runs while something is measured.
Read top to bottom: choose, tune, then page by page and profile by profile within the budget.
"""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks.baseline.kinds import BUILD, kind_of
from checks.collect import discover, subject, ways
from checks.collect.ledger import EXCLUDED, FAILED, MEASURED
from checks.collect.lighthouse import choose, pairs
from checks.collect.lighthouse.command import TIMINGS, Asked, Command
from checks.collect.lighthouse.profiles import PROFILE_BY_NAME, slowdown_for
from checks.collect.lighthouse.same_bytes import SameBytes
from checks.facts import comparison, lighthouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from checks.collect.browser import Browser
    from checks.collect.lighthouse.choose import Choice
    from checks.collect.lighthouse.command import Outcome
    from checks.collect.lighthouse.profiles import Profile
    from checks.collect.lighthouse.tools import Tools
    from checks.collect.preview import Preview
    from checks.settings import Settings
    from checks.settings.lighthouse import Lighthouse

Document = dict[str, Any]

SAME: Final = "its bytes, and those of all that it loads, are the same in the baseline"
_OK: Final = 200


class BudgetError(Exception):
    """The budget of the lab was used up in the middle of a page."""


@dataclass(slots=True)
class Results:
    """What the lab leaves."""

    documents: list[Document] = field(default_factory=list)
    ledger: list[Document] = field(default_factory=list)
    took: dict[str, float] = field(default_factory=dict)
    """Seconds by what they were spent on."""
    runs: int = 0

    def spent(self, stage: str, begun: float) -> None:
        """Add the time since `begun` to what a stage took."""
        self.took[stage] = self.took.get(stage, 0.0) + time.monotonic() - begun

    def cover(self, choice: Choice, state: str, why: str) -> None:
        """Add the line of a page that was chosen."""
        by = "config" if choice.named else "build"
        line = {"path": choice.path, "state": state, "why": why, "found_in": [by], "kind": "lighthouse"}
        self.ledger.append(line)


@dataclass(frozen=True, slots=True)
class Lab:
    """Everything that measuring needs."""

    settings: Settings
    asked: Lighthouse
    origin: str
    sides: Mapping[str, Command]
    """How to measure the preview and, where there is one, the baseline."""
    versions: Mapping[str, str]
    ends: float
    """When the budget is used up, by `time.monotonic`."""
    results: Results
    say: Callable[[str], None]

    async def all(self, choices: Iterable[Choice]) -> None:
        """Measure the chosen pages, one after the other."""
        slowdown: float | None = None
        for choice in choices:
            if not choice.changed:
                self.results.cover(choice, EXCLUDED, f"{choice.why}; {SAME}")
                continue
            if self._left() <= 0:
                self._not_reached(choice)
                continue
            try:
                slowdown = slowdown or await self._tune(choice)
                await self._page(choice, slowdown)
            except BudgetError:
                self._not_reached(choice)

    def _left(self) -> float:
        return self.ends - time.monotonic()

    def _not_reached(self, choice: Choice) -> None:
        """What the config names must be measured; of the pages that were chosen for it, the budget is a rule for all.

        That nothing at all was measured is never left out by a rule.
        """
        budget = self.asked.budget
        must = choice.named or not self.results.documents
        said = f"{choice.why}; the lab's budget (`lighthouse.budget`: {budget}) was used up before its turn"
        self.results.cover(choice, FAILED if must else EXCLUDED, said)
        if must:
            for name in self.asked.profiles:
                about = self._about(choice, PROFILE_BY_NAME[name], 1.0)
                self.results.documents.append(lighthouse.unmeasured(about, said))

    async def _tune(self, choice: Choice) -> float:
        """Measure once and throw it away: files are in memory then, and it is known how fast this machine is."""
        self.say("warming up")
        asked = Asked(self.origin + choice.path, PROFILE_BY_NAME["phone"], 1.0, 1, TIMINGS)
        outcome = await self._measure(pairs.PREVIEW, asked, "warming up")
        index = outcome.reports[0]["environment"]["benchmarkIndex"] if outcome.reports else None
        return slowdown_for(index)

    async def _page(self, choice: Choice, slowdown: float) -> None:
        found = []
        for profile in (PROFILE_BY_NAME[name] for name in self.asked.profiles):
            about = self._about(choice, profile, slowdown)
            found.append(await (self._compared if choice.live else self._alone)(about, profile, slowdown))
        self.results.documents.extend(found)
        problems = [f"{one['profile']}: {one['not_measured']}" for one in found if not one["measured"]]
        state = FAILED if problems else MEASURED
        self.results.cover(choice, state, "; ".join(problems) or f"{choice.why}; {' and '.join(self.asked.profiles)}")

    async def _alone(self, about: lighthouse.About, profile: Profile, slowdown: float) -> Document:
        self.say(f"{about.path} ({about.profile}), {self.asked.runs} runs")
        asked = Asked(about.url, profile, slowdown, self.asked.runs)
        outcome = await self._measure(pairs.PREVIEW, asked, "measuring")
        if outcome.problem is not None:
            return lighthouse.unmeasured(about, outcome.problem)
        return lighthouse.document(about, outcome.reports)

    async def _compared(self, about: lighthouse.About, profile: Profile, slowdown: float) -> Document:
        """Compare first, for that is what may block, then measure the other categories of the preview once."""
        number = 0

        async def once(side: str) -> Outcome:
            nonlocal number
            number += 1
            self.say(f"{about.path} ({about.profile}), compared with the baseline: run {number}")
            return await self._measure(side, Asked(about.url, profile, slowdown, 1, TIMINGS), "comparing")

        paired = await pairs.in_turn(once, self.asked.pairs)
        if paired.problem is not None:
            return lighthouse.unmeasured(about, paired.problem)
        whole = await self._measure(pairs.PREVIEW, Asked(about.url, profile, slowdown, 1), "measuring")
        if whole.problem is not None:
            return lighthouse.unmeasured(about, whole.problem)
        return lighthouse.document(about, paired.reports, whole.reports, comparison.compare(paired.pairs))

    async def _measure(self, side: str, asked: Asked, stage: str) -> Outcome:
        begun = time.monotonic()
        outcome = await self.sides[side].measure(asked, max(1.0, self._left()))
        self.results.spent(stage, begun)
        self.results.runs += len(outcome.reports)
        if outcome.problem is not None and self._left() <= 0:
            raise BudgetError
        return outcome

    def _about(self, choice: Choice, profile: Profile, slowdown: float) -> lighthouse.About:
        expected = self.settings.expected(choice.path)
        return lighthouse.About(
            url=self.origin + choice.path,
            path=choice.path,
            profile=profile.name,
            conditions=profile.told(slowdown),
            versions=self.versions,
            noindex_expected=bool(expected["noindex"]),
        )


@dataclass(frozen=True, slots=True)
class Build:
    """What is measured: a folder, at the address that its run was collected at."""

    settings: Settings
    origin: str
    root: Path


async def measure(
    build: Build, pages: Callable[[], Iterator[Document]], browser: Browser, tools: Tools, say: Callable[[str], None]
) -> Results:
    """Measure the chosen pages of a build; `pages` gives the run's page documents each time it is called."""
    settings, begun, results = build.settings, time.monotonic(), Results()
    assert settings.lighthouse is not None  # noqa: S101 - who calls has looked
    # At one address on both sides: what looks at it must behave the same.
    there = replace(settings, site=build.origin)
    async with AsyncExitStack() as stack:
        builds = {pairs.PREVIEW: stack.enter_context(subject.shown(there, build.root))}
        if kind_of(settings.baseline) == BUILD and settings.baseline != "none":
            builds[pairs.BASELINE] = discover.discover(there, Path(settings.baseline)).preview
        limit = settings.lighthouse.time_limit_s
        sides = {
            side: Command(tools, browser, await ways.lead(there, one, stack), limit) for side, one in builds.items()
        }
        versions = {**tools.versions, "browser": f"{browser.kind} {browser.version}"}
        choices = _choices(settings, pages, builds)
        results.spent("choosing", begun)
        ends = begun + settings.lighthouse.budget_s
        await Lab(settings, settings.lighthouse, build.origin, sides, versions, ends, results, say).all(choices)
    return results


def _can_differ(page: Document, same: SameBytes) -> bool:
    """Return whether a page may differ from the baseline; what it loads is only known where a browser saw it."""
    if "requests" not in page["measured"]:
        return True
    return not same.of(page["url"], (item["url"] for item in page["requests"]["items"]))


def _choices(
    settings: Settings, pages: Callable[[], Iterator[Document]], builds: Mapping[str, Preview]
) -> list[Choice]:
    assert settings.lighthouse is not None  # noqa: S101 - who calls has looked
    named, baseline = settings.lighthouse.pages, builds.get(pairs.BASELINE)
    same = SameBytes(baseline, builds[pairs.PREVIEW]) if baseline else None

    def known() -> Iterator[choose.Page]:
        for page in pages():
            if page["http"]["status"] == _OK:
                live = baseline is not None and baseline.answer_at(page["url"]).status == _OK
                changed = same is None or _can_differ(page, same)
                yield choose.Page(page["path"], page["template"], changed=changed, live=live)

    return choose.named(named, known()) if named else choose.of_each_template(known(), settings.base_path)
