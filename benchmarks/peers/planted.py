"""Which of the defects planted in `examples/bakery-broken` each tool tells of: seen, not known.

    python -m benchmarks.peers.planted [--tools NAME ...] [--results FILE] [--report] [--show TOOL]

Each tool runs over the sound bakery and over the broken one. What it tells only of the broken one is searched, on the
page of a defect, for the sign of that defect (`signs.json`, by policy). The tools were not made to find all of these:
the table says where they look, not how good they are. `--show` prints what was taken for what, to be read.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.peers.install import install
from benchmarks.peers.measure import adopt_orphans
from benchmarks.peers.opened import assert_told
from benchmarks.peers.running import ran
from benchmarks.peers.served import file_of, part_of
from benchmarks.peers.told import Told
from benchmarks.peers.tools import TOOLS

_EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
_SIGNS: Final[dict[str, str]] = json.loads(Path(__file__).with_name("signs.json").read_text(encoding="utf-8"))
_SITES: Final = ("bakery", "bakery-broken")
_ALL: Final = 10_000


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect, as the list beside the site has it."""

    policy: str
    page: str | None
    """None where it is one of the site."""
    what: str
    story: str

    @property
    def sign(self) -> re.Pattern[str]:
        """What must stand in the words of a tool that means this; `{what}` is the address's path, or what it is."""
        path = urlsplit(self.what).path if "://" in self.what else self.what
        return re.compile(_SIGNS[self.policy].replace("{what}", re.escape(path.strip("/"))), re.IGNORECASE)


def main() -> None:
    """Run what is missing, and print the tables."""
    arguments = _arguments()
    planted = json.loads((_EXAMPLES / "bakery-broken.defects.json").read_text(encoding="utf-8"))
    defects = [Defect(**each) for each in planted["defects"]]
    if not arguments.report:
        _run_all(arguments, planted["site"])
    found = read(arguments.results)
    if arguments.show:
        for defect in defects:
            for told in meant(defect, found[arguments.show]):
                print(f"{defect.policy} {defect.page}\n    {told.rule} {told.page} {told.evidence[:160]}")
    print(table(defects, found), told_by(defects, found), sep="\n\n")


def read(path: Path) -> dict[str, list[Told]]:
    """Return what each tool tells of the broken site and does not tell of the sound one, by tool.

    A site may have been looked at in parts, each a row of its own.
    """
    both: dict[str, dict[str, set[Told]]] = defaultdict(lambda: defaultdict(set))
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        both[row["tool"]][row["site"]].update(Told(**each) for each in row["told"])
    return {tool: sorted(sites["bakery-broken"] - sites["bakery"]) for tool, sites in both.items() if len(sites) == 2}


def meant(defect: Defect, told: list[Told]) -> list[Told]:
    """Return what of `told` means the defect."""
    here = [each for each in told if defect.page is None or each.page == defect.page]
    return [each for each in here if defect.sign.search(f"{each.rule} {each.evidence}")]


def table(defects: list[Defect], found: dict[str, list[Told]]) -> str:
    """Return, by family of rules, how many defects each tool tells of."""
    tools = [tool.name for tool in TOOLS if tool.name in found]
    families = sorted({defect.policy.partition("/")[0] for defect in defects})
    lines = [f"| planted | {' | '.join(tools)} |", f"| --- |{' ---: |' * len(tools)}"]
    for family in [*families, ""]:
        ours = [defect for defect in defects if defect.policy.startswith(family)]
        counts = [sum(bool(meant(defect, found[tool])) for defect in ours) for tool in tools]
        lines.append(f"| {family or 'all'}: {len(ours)} | {' | '.join(str(count or '-') for count in counts)} |")
    return "\n".join(lines)


def told_by(defects: list[Defect], found: dict[str, list[Told]]) -> str:
    """Return, for each defect, who told of it."""
    lines = ["| planted | told by |", "| --- | --- |"]
    for defect in defects:
        tools = [tool.name for tool in TOOLS if meant(defect, found.get(tool.name, []))]
        lines.append(f"| `{defect.policy}`: {defect.story} | {', '.join(tools) or 'none'} |")
    return "\n".join(lines)


def _run_all(arguments: argparse.Namespace, production: str) -> None:
    chosen = [tool for tool in TOOLS if tool.name in arguments.tools]
    home, failed = install([tool.name for tool in chosen])
    assert_told()
    adopt_orphans()
    lines = arguments.results.read_text(encoding="utf-8").splitlines() if arguments.results.is_file() else []
    done = {(row["tool"], row["site"]) for row in map(json.loads, lines)}
    for tool in chosen:
        for name in arguments.sites:
            if tool.name in failed or (tool.name, name) in done:
                continue
            with tempfile.TemporaryDirectory(prefix="peers-") as scratch:
                site = part_of(_EXAMPLES / name, _ALL, Path(scratch, "site"), name)
                site = replace(site, pages=tuple(page for page in site.pages if page not in arguments.without))
                with ran(tool, home, site, limit_s=arguments.limit, production=production) as ended:
                    seen = f"{ended.opened} of {len(site.pages)} pages opened, {ended.counted} told of"
                    print(f"{tool.name}, {name}: exit code {ended.cost.code}, {seen}", file=sys.stderr, flush=True)
                    if ended.cost.code not in tool.codes:
                        print(f"it is left out; it said: {ended.said}", file=sys.stderr)
                        continue
                    told = {on_site(each, site.root) for each in tool.told(ended.folder)}
            row: dict[str, Any] = {"tool": tool.name, "site": name, "pages": len(site.pages), "opened": ended.opened}
            with arguments.results.open("a", encoding="utf-8") as file:
                file.write(json.dumps({**row, "told": [asdict(each) for each in sorted(told)]}) + "\n")


def on_site(told: Told, root: Path) -> Told:
    """Return it with its page as an address on the site, and without the folder that the site lay in.

    A tool may name that folder whole, or by the way that leads there from where it runs.
    """
    folder = re.compile(rf"(?:{re.escape(str(root))}|(?:\.\./)+{re.escape('/'.join(root.parts[-2:]))})/")
    page, rule, evidence = (folder.sub("/", each) for each in astuple(told))
    path = "/" + file_of(urlsplit(page).path) if page else ""
    return Told(path.removesuffix("index.html"), rule, evidence)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [tool.name for tool in TOOLS]
    parser.add_argument("--tools", nargs="+", choices=names, default=names)
    parser.add_argument("--sites", nargs="+", choices=_SITES, default=_SITES)
    parser.add_argument("--without", nargs="+", default=[], metavar="FILE", help="pages that a tool is not sent to")
    parser.add_argument("--limit", type=float, default=3600, help="seconds after which a run is ended")
    parser.add_argument("--results", type=Path, default=Path("planted.jsonl"))
    parser.add_argument("--report", action="store_true", help="run nothing")
    parser.add_argument("--show", choices=names, help="also print what this tool said of each defect")
    return parser.parse_args()


if __name__ == "__main__":
    main()
