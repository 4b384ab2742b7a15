"""One run of one tool, and what proves that it looked at every page.

In: a tool, a site. Out: `Done`, while its folder is still there. Two witnesses: pages that left the local server or
whose files were read, and pages that the tool's own output tells of.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.peers.commands import Task
from benchmarks.peers.measure import measured
from benchmarks.peers.opened import forget, read_since
from benchmarks.peers.served import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers.install import Home
    from benchmarks.peers.measure import Cost
    from benchmarks.peers.served import Site
    from benchmarks.peers.tools import Tool

PRODUCTION: Final = "https://docs.example.org"


@dataclass(frozen=True, slots=True)
class Done:
    """A run that has ended."""

    cost: Cost
    opened: int
    """Pages that were fetched or read; of a warm run, by it or the run that filled its cache."""
    counted: int | None
    """Pages that the tool tells of."""
    folder: Path
    """What it wrote; gone when the next run begins."""
    whole: bool
    """Whether it ended by itself and both witnesses name every page."""

    @property
    def said(self) -> str:
        """The end of what it printed as errors."""
        return (self.folder / "stderr").read_text(encoding="utf-8", errors="replace")[-2000:]


@contextlib.contextmanager
def ran(
    tool: Tool, home: Home, site: Site, *, limit_s: float, warm: bool = False, production: str = PRODUCTION
) -> Iterator[Done]:
    """Run `tool` over `site`; a warm run is the second of two."""
    with served(site) as server, tempfile.TemporaryDirectory(prefix="peers-run-") as scratch:
        folder = Path(scratch)
        command = tool.command(Task(home, site, server.address, folder, warm, production))
        forget(site.root, site.pages)
        for _ in range(1 + warm):
            cost = measured(command, folder, home.environment, limit_s)
        read = len(server.fetched.intersection(site.pages)) if tool.asks_server else read_since(site.root, site.pages)
        counted = tool.count(folder, site.pages)
        whole = cost.code in tool.codes and len(site.pages) == read == counted
        yield Done(cost, read, counted, folder, whole)
