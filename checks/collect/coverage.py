"""Which code of a page is used while it loads: functions that ran, and rules that applied to something.

In: a session of the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/ and CSS). Out:
`Covered`, one for each script and style sheet that has an address. Functions are looked at as a whole: to count inside
them costs as much again and finds little more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from checks.facts.loading import Covered

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

Event = dict[str, Any]


class Coverage:
    """Begin it before a page is opened, and end it when the page has settled."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._sheets: dict[str, Event] = {}

    @classmethod
    async def begin(cls, session: CDPSession) -> Self:
        """Begin to watch what `session` shows next."""
        watching = cls(session)
        session.on("CSS.styleSheetAdded", watching._added)
        await session.send("Profiler.enable")
        await session.send("Profiler.startPreciseCoverage", {"callCount": False, "detailed": False})
        await session.send("DOM.enable")
        await session.send("CSS.enable")
        await session.send("CSS.startRuleUsageTracking")
        return watching

    async def end(self) -> tuple[Covered, ...]:
        """Return what was used, and watch no longer."""
        scripts = (await self._session.send("Profiler.takePreciseCoverage"))["result"]
        rules = (await self._session.send("CSS.stopRuleUsageTracking"))["ruleUsage"]
        for domain in ("CSS", "DOM", "Profiler"):
            await self._session.send(f"{domain}.disable")
        return (*map(_script, scripts), *(self._sheet(sheet, rules) for sheet in self._sheets))

    def _added(self, event: Event) -> None:
        header = event["header"]
        if not header.get("isInline"):
            self._sheets[header["styleSheetId"]] = header

    def _sheet(self, identity: str, rules: list[Event]) -> Covered:
        header = self._sheets[identity]
        used = sorted(
            (int(rule["startOffset"]), int(rule["endOffset"]), True)
            for rule in rules
            if rule["styleSheetId"] == identity and rule["used"]
        )
        return Covered(header["sourceURL"], "style", int(header["length"]), tuple(used))


def _script(script: Event) -> Covered:
    ranges = [
        (part["startOffset"], part["endOffset"], part["count"] > 0)
        for function in script["functions"]
        for part in function["ranges"]
    ]
    return Covered(script["url"], "script", max((end for _, end, _ in ranges), default=0), tuple(ranges))
