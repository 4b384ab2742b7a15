"""How long it takes to compare two sides of many pages, and how much memory, reading JSON Lines as a run does.

    python benchmarks/bench_change.py [--pages 1000 10000]

The pages are made up: 30 KB of facts, 80 links each. On the other side one in twenty is gone, one in twenty has moved
(its text stays), one in ten has another title. Each size is measured in a process of its own. Memory must not grow by
more than a third from the first size to the last (the cache of SQLite fills up: 8 MB), and the comparison of 10,000
pages must take less than a minute of processor time, most of which is reading.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_judge import ORIGIN, blank, page

from checks import json_bytes, shapes
from checks.compare import comparing
from checks.compare.page_change import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT_S = 60
LIMIT_GROWTH = 1.33
WORDS = [f"word{number}" for number in range(400)]


def documents(count: int, *, after: bool) -> Iterator[dict[str, Any]]:
    """Yield the pages of one side, sorted by path."""
    shape = shapes.load("page")
    plain = blank({**shape, "type": "object"})
    link = blank(shape["properties"]["links"]["properties"]["items"]["items"])
    paths = {f"/guide/{number}/": number for number in range(count)}
    if after:
        paths = {
            path if number % 20 != 1 else f"/handbook/{number}/": number
            for path, number in paths.items()
            if number % 20 != 0
        }
    for path in sorted(paths):
        number = paths[path]
        document = page(number, plain, link)
        text = " ".join(random.Random(number).choices(WORDS, k=300))  # noqa: S311 - the same text on both sides
        document |= {"path": path, "url": ORIGIN + path}
        document["config"]["production_origin"] = ORIGIN
        document["text"]["main"] = text
        document["canonical"] |= {"url": ORIGIN + path, "is_self": True}
        document["requests"]["by_party"]["first"]["transfer"] = 90_000
        if after and number % 10 == 3:
            document["title"]["text"] = f"Another title {number}"
        for item in document["links"]["items"]:
            item["final_url"] = item["url"]
        yield document


def write(folder: Path, count: int, *, after: bool) -> Path:
    """Write the pages of one side, and return the file."""
    file = folder / ("after.jsonl" if after else "before.jsonl")
    with file.open("wb") as out:
        out.writelines(json_bytes.encode(one) + b"\n" for one in documents(count, after=after))
    return file


def read(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a file."""
    with file.open("rb") as lines:
        for line in lines:
            yield json_bytes.decode(line)


def ledger(file: Path) -> Iterator[dict[str, Any]]:
    """Yield a line of the ledger for each page; it is written before anything is measured."""
    for document in read(file):
        yield {"path": document["path"], "kind": "page", "state": "measured"}


def measure(folder: Path) -> dict[str, Any]:
    """Compare the two files in `folder`; return what came out, the seconds, and the peak memory."""
    before, after = folder / "before.jsonl", folder / "after.jsonl"
    sites = [{"measured": [], "config": {"production_origin": ORIGIN}} for _ in range(2)]
    place = Place(ORIGIN, "/", lambda _path: {"noindex": False, "status": None, "orphan": False})
    began, processor = time.perf_counter(), time.process_time()
    sides = [
        comparing.Side(read(file.with_suffix(".ledger")), read(file), site)
        for file, site in zip((before, after), sites, strict=True)
    ]
    states: Counter[str] = Counter()
    for document in comparing.compare(sides[0], sides[1], (), place):
        states[str(document.get("state"))] += 1
    return {
        "states": dict(states),
        "clock": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Measure each size in a process of its own; exit with 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.folder:
        print(json.dumps(measure(arguments.folder)))
        return
    found = []
    for count in arguments.pages:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = [write(folder, count, after=after) for after in (False, True)]
            for file in files:
                with file.with_suffix(".ledger").open("wb") as out:
                    out.writelines(json_bytes.encode(line) + b"\n" for line in ledger(file))
            done = subprocess.run([sys.executable, __file__, "--in", name], capture_output=True, text=True, check=True)
            size = files[0].stat().st_size / count / 1000
        result = json.loads(done.stdout)
        found.append(result)
        print(f"{count} pages of {size:.0f} KB a side: {result['clock']:.1f} s, processor {result['processor']:.1f} s,")
        print(f"  peak memory {result['memory']:.0f} MB; documents: {result['states']}")
    slow = found[-1]["processor"] > LIMIT_S
    grown = found[-1]["memory"] > LIMIT_GROWTH * found[0]["memory"]
    sys.exit(slow or grown)


if __name__ == "__main__":
    main()
