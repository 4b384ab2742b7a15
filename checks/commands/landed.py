"""landed: whether what is live after the deploy is what was judged.

In: parsed arguments. Out: what is printed, an exit code: 0 as judged, 1 it differs, 3 it could not be told.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import ada_url

from checks import errors, interrupted, kept_facts, run_folder, settings
from checks.collect.live import Live, elsewhere
from checks.commands.finished import launched
from checks.commands.printing import print_json, print_lines
from checks.commands.progress import Progress
from checks.landed import told
from checks.landed.asking import Asked, ask

if TYPE_CHECKING:
    import argparse

    from checks.collect.live import Place
    from checks.landed.check import Outcome
    from checks.run_folder import RunFolder

ALL = "all"


def landed(parsed: argparse.Namespace) -> int:
    """Compare what is live with what a run judged."""
    run = launched(parsed.run)
    verdict = run.read(run_folder.VERDICT)
    asked = _asked(run, parsed)
    outcome = interrupted.run(_ask(asked, dict(_elsewhere(parsed.connect_to))))
    if verdict["verdict"] != "GO":
        outcome.notes.append(f"what was judged did not get GO: the verdict of the run is {verdict['verdict']}")
    if parsed.connect_to:
        outcome.notes.append("`--connect-to` led past DNS: what visitors reach may be another server")
    if parsed.json:
        print_json(outcome.to_document({"live": asked.home, "run": str(parsed.run), "build": asked.build}))
    else:
        print_lines("\n".join(told.lines(outcome, asked.home, str(parsed.run))))
    return outcome.exit_code


def _asked(run: RunFolder, parsed: argparse.Namespace) -> Asked:
    about = run.read(run_folder.RUN)
    said = settings.from_document(about["settings"])
    origin = _origin(parsed.url)
    if about["origin_known"] and origin != about["site"]:
        raise errors.UserError(
            f"the run judged {about['site']}, and not {origin}",
            where="URL",
            remedy="Name the address that it was judged for; `--connect-to` asks another server by that name.",
        )
    build = about["build_digest"] or about["started"]
    return Asked(run, said, kept_facts.site(run), build, origin, _pages(parsed.pages))


def _origin(url: str) -> str:
    remedy = "Write the address of the live site, such as https://www.example.com."
    if not ada_url.check_url(url):
        raise errors.UserError("it is no address", where="URL", remedy=remedy)
    parts = ada_url.URL(url)
    if parts.protocol not in {"https:", "http:"} or parts.username or parts.password:
        raise errors.UserError("it must begin with https:// or http://, and hold no name", where="URL", remedy=remedy)
    return str(parts.origin)


def _pages(text: str) -> int | None:
    if text == ALL:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) > 1_000_000:  # noqa: PLR2004 - a sane number
        raise errors.UserError(f"`{text[:40]}` is no number", where="--pages", remedy="Write a number, or `all`.")
    return int(text)


def _elsewhere(said: list[str]) -> list[tuple[Place, Place]]:
    found = []
    for one in said:
        place = elsewhere(one)
        if place is None:
            remedy = "Write HOST:PORT:HOST:PORT, such as www.example.com:443:203.0.113.7:443."
            raise errors.UserError(f"`{one[:100]}` says nothing", where="--connect-to", remedy=remedy)
        found.append(place)
    return found


async def _ask(asked: Asked, places: dict[Place, Place]) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="gonogo-") as folder, Progress() as progress:
        total = asked.pages or 0
        async with Live(asked.settings.limits, Path(folder), places) as live:
            return await ask(live, asked, lambda done: progress.show(done, max(done, total)))
