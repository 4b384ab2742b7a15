"""A page after a visitor has consented or refused: as the settings say, by itself, in a fresh context.

In: a rendering place, an address and the choice. Out: what was asked before and after it, and what is kept then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.facts.choices import Chosen

if TYPE_CHECKING:
    from checks.collect.place import Place

_WAIT_MS = 5000
_CLICK = """(async () => {
  const until = performance.now() + WAIT;
  for (;;) {
    const button = document.querySelector(SELECTOR);
    if (button?.checkVisibility()) { button.click(); return true; }
    if (performance.now() > until) return false;
    await new Promise((again) => setTimeout(again, 100));
  }
})()"""
_SCRIPT = "(async () => { SCRIPT\n; return true; })()"


@dataclass(frozen=True, slots=True)
class Choice:
    """How a visitor answers: by a click on a selector, a script, or a cookie (`name=value`)."""

    how: str
    what: str


async def choose(place: Place, url: str, choice: Choice) -> Chosen:
    """Open `url` and make the choice. Raises VisitError, ContaminatedError, BrowserGoneError."""
    if choice.how == "cookie":
        name, _, value = choice.what.partition("=")
        await place.remember(url, name, value)
        painted = await place.visit(url, scripted=True)
        return await _kept(place, frozenset(), frozenset({name}), painted.answer, done=True)
    painted = await place.visit(url, scripted=True)
    asked = frozenset(seen.url for seen in place.recorder.requests.values())
    known = frozenset(cookie["name"] for cookie in await place.cookies())
    known |= {*painted.answer["local"], *painted.answer["session"]}
    done, storage = await place.act(_expression(choice))
    return await _kept(place, asked, known, storage, done=bool(done))


async def _kept(
    place: Place, asked: frozenset[str], known: frozenset[str], storage: dict[str, list[str]], *, done: bool
) -> Chosen:
    """Return what is new since the choice."""
    cookies = [(cookie["name"], cookie["domain"]) for cookie in await place.cookies()]
    return Chosen(
        done=done,
        asked=tuple(sorted({seen.url for seen in place.recorder.requests.values()} - asked)),
        cookies=tuple(sorted(one for one in cookies if one[0] not in known)),
        local=tuple(sorted(set(storage["local"]) - known)),
        session=tuple(sorted(set(storage["session"]) - known)),
    )


def _expression(choice: Choice) -> str:
    if choice.how == "script":
        return _SCRIPT.replace("SCRIPT", choice.what)
    return _CLICK.replace("WAIT", str(_WAIT_MS)).replace("SELECTOR", json.dumps(choice.what))
