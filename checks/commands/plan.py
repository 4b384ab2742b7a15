"""plan: judge a redirect spreadsheet before anybody writes it as rules.

In: parsed arguments. Out: what is printed, an exit code: 0 it can be made into rules, 1 it is wrong, 3 nobody can tell.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import errors, run_folder, settings
from checks.collect import subject
from checks.commands.finished import finished, today
from checks.commands.printing import print_json, print_lines
from checks.plan import judging, redirect_map, told
from checks.plan.targets import OfBuild, OfRun
from checks.settings.exports import Export
from checks.worth.addresses import Own
from checks.worth.reading import MONTH, read
from checks.worth.store import Store

if TYPE_CHECKING:
    import argparse

    from checks.plan.redirect_map import Line
    from checks.plan.targets import Targets
    from checks.settings import Settings


def plan(parsed: argparse.Namespace) -> int:
    """Judge a redirect map."""
    if parsed.build and parsed.run:
        raise errors.UserError("only one of them says what is there", where="--build, --run", remedy="Leave one out.")
    about = _about(parsed)
    said = settings.load(parsed.config, {"site": parsed.site or about.get("site"), "host": parsed.host}, today())
    if said.site is None:
        remedy = "Say where the site will be live: `--site https://www.example.com`, or `site:` in gonogo.yaml."
        raise errors.UserError("no `site` is known, so that paths are no addresses", where=parsed.map, remedy=remedy)
    lines = redirect_map.read(Path(parsed.map), parsed.map, said.site)
    clicks, notes = _clicks(said, parsed)
    with ExitStack() as stack:
        targets = _targets(said, parsed, [*lines], clicks or {}, stack)
        judgement = judging.judge(lines, said.site + said.base_path, targets, clicks)
    judgement.notes += notes
    if parsed.format == "json":
        print_json({"map": parsed.map, **judgement.to_document()})
    else:
        print_lines("\n".join(told.lines(judgement, parsed.map, str(parsed.build or parsed.run or ""))))
    return judgement.exit_code


def _about(parsed: argparse.Namespace) -> dict[str, Any]:
    """Return what a run says of itself, where one is named."""
    return finished(parsed.run).read(run_folder.RUN) if parsed.run else {}


def _targets(
    said: Settings, parsed: argparse.Namespace, lines: list[Line], clicks: dict[str, float], stack: ExitStack
) -> Targets | None:
    if parsed.build:
        return OfBuild(stack.enter_context(subject.shown(said, Path(parsed.build))))
    if parsed.run:
        named = [url for line in lines for url in (line.source, line.target) if url]
        return OfRun(finished(parsed.run), str(said.site), [*named, *clicks])
    return None


def _clicks(said: Settings, parsed: argparse.Namespace) -> tuple[dict[str, float] | None, list[str]]:
    """Return the clicks of each known address, by the file that was named or the exports of the config, and notes."""
    exports = [Export("search", parsed.worth, MONTH)] if parsed.worth else list(said.exports.of_addresses)
    if not exports:
        return None, []
    site = str(said.site)
    with tempfile.TemporaryDirectory(prefix="gonogo-") as folder:
        store = Store(Path(folder) / "known.sqlite")
        try:
            own = Own(site, said.base_path, said.exports.moved_from)
            notes = [note for one in exports for note in read(one, Path(one.file), one.file, own, store)]
            return {_whole(one.target, site): one.clicks for one in store.addresses()}, notes
        finally:
            store.close()


def _whole(target: str, site: str) -> str:
    return site + target if target.startswith("/") else target
