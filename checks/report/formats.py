"""The names of the reports and who writes them. A new format is a module and a line here.

In: a name. Out: a function that writes a `Result` to a text stream. Where each file lies is said by run_folder.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from checks.report import html, junit, markdown, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.report.result import Result

WRITERS: dict[str, Callable[[Result, TextIO], None]] = {
    "text": text.write,
    "markdown": markdown.write,
    "html": html.write,
    "junit": junit.write,
    "sarif": sarif.write,
}
