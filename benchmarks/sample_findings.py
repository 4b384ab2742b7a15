"""Draw findings of a run, to read each against the page that it speaks of.

In: a run folder, how many, and a seed. Out: that many findings, the same ones for the same seed: first one of each
policy in random order, then a second one of each, so that no policy and no cause that fills a site hides the others.

    python benchmarks/sample_findings.py gonogo-run 20 1
    python benchmarks/sample_findings.py gonogo-run 20 1 change/

With the beginning of a policy's name, only findings of such policies are drawn.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

LONGEST = 300


def main(run: Path, count: int, seed: int, family: str = "") -> None:
    """Print the findings that were drawn."""
    with (run / "findings.jsonl").open(encoding="utf-8") as lines:
        findings = [one for one in map(json.loads, lines) if one["policy"].startswith(family)]
    for one in drawn(findings, count, random.Random(seed)):  # noqa: S311 - a sample is no secret
        place = one.get("page") or "the site"
        print(
            f"{one['severity']} {one['policy']} {place}\n  {one['message'][:LONGEST]}\n  what: {one['what'][:LONGEST]}"
        )


def drawn(findings: list[dict[str, Any]], count: int, chance: random.Random) -> list[dict[str, Any]]:
    """Return `count` findings, or all there are, no two of one cause before each policy had its turn."""
    causes: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for one in findings:
        causes[one["policy"]][one["cause"]].append(one)
    turns = []
    for policy in sorted(causes):
        names = sorted(causes[policy])
        chance.shuffle(names)
        order = chance.random()
        turns += [(turn, order, causes[policy][name]) for turn, name in enumerate(names)]
    turns.sort(key=lambda each: each[:2])
    return [chance.choice(members) for _, _, members in turns[:count]]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
