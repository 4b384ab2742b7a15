"""Little sites with planted faults: build them, collect their facts, and say what a set of policies finds.

In: a `Site`, filled page by page. Out: (policy, page) of every finding, to be compared with what was planted.
"""

from __future__ import annotations

import datetime as dt
import random
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from checks import run_folder, settings
from checks.collect import browser, stage
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.run_folder import RunFolder

SITE = "https://www.example.com"
DAY = dt.date(2026, 11, 1)
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. "
Found = tuple[str, str]
"""A policy, and the page that it finds something on; `site` for the site document."""


@dataclass
class Site:
    """A build, page by page, with what must be found on it."""

    host: str = "plain"
    origin: str = SITE
    """Where it is published, with its path where it has one."""
    config: str = "render: {third-party: block}"
    files: dict[str, str | bytes] = field(default_factory=dict)
    planted: set[Found] = field(default_factory=set)

    def page(self, path: str, *planted: str, head: str = "", body: str = "", viewport: str | None = None) -> None:
        """Add a page, and the policies that find something on it."""
        seen = "width=device-width, initial-scale=1" if viewport is None else viewport
        self.files[f"{path.strip('/')}/index.html".lstrip("/")] = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bread {path.strip("/")}</title>'
            f'<meta name="viewport" content="{seen}">{head}</head>'
            f'<body><main><h1>Bread</h1><p>{WORDS * 2}<a href="/privacy/">Privacy</a></p>{body}</main></body></html>'
        )
        self.planted |= {(policy, path) for policy in planted}

    def file(self, name: str, content: str | bytes, *planted: str) -> None:
        """Add a file, and the policies that find something about the site."""
        self.files[name] = content
        self.planted |= {(policy, "site") for policy in planted}

    @property
    def policies(self) -> set[str]:
        """Return the policies that have a fault planted here."""
        return {policy for policy, _ in self.planted}


def collected(site: Site, folder: Path) -> RunFolder:
    """Collect the facts of a site that is built in `folder`."""
    for name, content in site.files.items():
        file = folder / "build" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    chosen = settings.from_bytes(site.config.encode(), "gonogo.yaml", {"site": site.origin, "host": site.host}, DAY)
    run = RunFolder(folder / "run")
    run.clear()
    stage.collect(chosen, folder / "build", run, browser.find(), lambda _done, _total: None)
    return run


def found(run: RunFolder, names: set[str]) -> set[Found]:
    """Return what the policies of these names find in a run."""
    judge = Judge(policy for policy in policies.load([], ["strict", "advice"], {}) if policy.id in names)
    documents = [*run.lines(run_folder.PAGES), run.read(run_folder.SITE)]
    return {(one.policy, one.page or "site") for document in documents for one in judge.document(document)}


def noise(side: int, chance: random.Random) -> bytes:
    """Return a PNG of so many pixels squared, which nothing can compress: about three bytes a pixel."""
    row = side * 3
    pixels = chance.randbytes(row * side)
    lines = b"".join(b"\0" + pixels[at : at + row] for at in range(0, len(pixels), row))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 1)) + chunk(b"IEND", b"")
