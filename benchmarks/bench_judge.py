"""How long it takes to judge many page documents by many policies, reading them from JSON Lines as a replay does.

In: numbers of policies and of pages. Out: figures on the screen. The pages are made up: 30 KB of facts, 80 links each;
one in twelve has faults.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import shapes
from checks.judge import policies
from checks.judge.evaluate import Judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.judge.policy import Policy

LIMIT_S = 10
ORIGIN = "https://www.example.com"


def blank(schema: Any) -> Any:
    """Return the plainest value that `schema` allows: nothing, false, 0, or an object of such."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    declared = schema.get("type", "null")
    kinds = [declared] if isinstance(declared, str) else declared
    if "null" in kinds:
        return None
    plain: dict[str, Any] = {"boolean": False, "integer": 0, "number": 0, "string": "", "array": []}
    if kinds[0] != "object":
        return plain[kinds[0]]
    return {name: blank(part) for name, part in schema.get("properties", {}).items()}


def page(number: int, plain: dict[str, Any], link: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of one made-up page."""
    faulty = number % 12 == 0
    path = f"/guide/{number}/"
    document: dict[str, Any] = json.loads(json.dumps(plain))
    document |= {"kind": "page", "url": ORIGIN + path, "path": path, "indexable": True}
    document["http"] |= {
        "status": 200,
        "status_ok": True,
        "content_type": "text/html",
        "body_bytes": 40_000,
        "headers": {"server": "plain"},
    }
    document["charset"] |= {"name": "utf-8", "source": "header"}
    document["lang"] |= {"html": "en-GB", "valid": True}
    document["meta"] |= {"viewport": "width=device-width", "viewport_count": 1}
    document["title"] |= {"text": f"Guide {number} to sourdough bread", "length": 29, "count": 1, "in_head": True}
    document["description"] |= {"text": "" if faulty else "How to bake it", "length": 14, "count": 0 if faulty else 1}
    document["headings"] |= {"h1": [f"Guide {number}"], "h1_count": 1, "max_length": 20}
    document["text"] |= {"words": 600, "main_words": 500, "visible_words": 600, "raw_share": 1.0}
    document["canonical"] |= {"count": 1, "url": ORIGIN + path, "values": [ORIGIN + path], "host_class": "production"}
    document["social"]["og"] |= {"title": "Guide", "type": "article", "url": ORIGIN + path, "image": f"{ORIGIN}/a.jpg"}
    document["links"]["items"] = [
        {
            **link,
            "href": f"/guide/{other}/",
            "url": f"{ORIGIN}/guide/{other}/",
            "text": f"Guide {other}",
            "internal": True,
        }
        | {"status": 404 if faulty and other == number else 200, "scheme": "https", "host_class": "production"}
        for other in range(number, number + 80)
    ]
    document["measured"] = sorted(set(document) - {"kind", "url", "path", "measured", "config", "expect"})
    return document


def lines(count: int) -> Iterator[str]:
    """Yield `count` made-up pages as JSON Lines."""
    shape = shapes.load("page")
    plain = blank({**shape, "type": "object"})
    link = blank(shape["properties"]["links"]["properties"]["items"]["items"])
    for number in range(count):
        yield json.dumps(page(number, plain, link)) + "\n"


def chosen(count: int) -> tuple[Policy, ...]:
    """Return `count` of the shipped policies for pages, some of them again where there are not so many."""
    shipped = [each for each in policies.load([], ["strict"], {}) if each.reads == "page"]
    return tuple(shipped[index % len(shipped)] for index in range(count))


def main() -> None:
    """Make the pages, judge them, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=int, default=100)
    parser.add_argument("--pages", type=int, default=10_000)
    arguments = parser.parse_args()

    began = time.perf_counter()
    judge = Judge(chosen(arguments.policies))
    loaded = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pages.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(lines(arguments.pages))
        size = file.stat().st_size
        reading = findings = 0.0
        processor = time.process_time()
        began = time.perf_counter()
        with file.open(encoding="utf-8") as pages:
            for text in pages:
                before = time.perf_counter()
                document = json.loads(text)
                reading += time.perf_counter() - before
                findings += len(judge.document(document))
        took = time.perf_counter() - began
        processor = time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{arguments.policies} policies loaded in {loaded:.2f} s")
    print(f"{arguments.pages} pages of {size / arguments.pages / 1000:.0f} KB judged in {took:.2f} s")
    print(f"  {processor:.2f} s of processor time")
    print(f"  of which {reading:.2f} s to read JSON; {findings:.0f} findings; peak memory {memory:.0f} MB")
    # One thread: on a machine at rest, the clock says the same.
    sys.exit(processor > LIMIT_S)


if __name__ == "__main__":
    main()
