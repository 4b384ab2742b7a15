"""What the interactive report finds in the page: first what its first view needs, then everything else.

In: a `Result` and the built script. Out: markup, written as it is made. The script stands before the plain page, so
that it draws while the rest of the file is still being read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.report.interactive import facts, page_lines, parts
from checks.report.interactive.figures import Figures
from checks.report.interactive.index import index
from checks.report.interactive.links import Links
from checks.report.interactive.workbench import workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from checks.report.causes import Causes
    from checks.report.interactive.bundle import Bundle
    from checks.report.result import Document, Result

__all__ = ["first_view", "index", "pages"]


def first_view(out: TextIO, document: dict[str, Any], built: Bundle) -> None:
    """Write the place of the interactive report, its first document and its script."""
    out.write('<div id="app" hidden></div>\n')
    parts.document(out, "index", document)
    out.write(f"<script>{built.script}</script>\n")


def pages(out: TextIO, result: Result, found: Causes) -> None:
    """Write a line for every page, what is counted over all of them, then all facts of the worst ones.

    They say nothing of the run itself: those of a run that is given again are copied from the report of that one.
    """
    if result.carried is None or not parts.copied(out, result.carried, "pages", "workbench"):
        _pages(out, result, found)
    parts.document(out, "workbench", workbench(result))


def _pages(out: TextIO, result: Result, found: Causes) -> None:
    """Write these parts."""
    faults = page_lines.faults(result, found)
    full = page_lines.filled(result.coverage(), page_lines.worst(faults))
    only = tuple(result.run.get("only", ()))
    links, figures = Links(home=str((result.site.get("config") or {}).get("base_path") or "/")), Figures()
    number_of: dict[str, int] = {}

    def looked_at() -> Iterator[Document]:
        for number, outline in enumerate(result.outlined()):
            for one in (links, figures):
                one.look(outline)
            if outline["path"] in full:
                number_of[outline["path"]] = number
            yield outline

    parts.rows(out, "pages", page_lines.lines(looked_at(), result.coverage(), faults, full, only))
    parts.document(out, "links", links.told())
    parts.document(out, "figures", figures.told(result))
    facts.write(out, result, number_of)
