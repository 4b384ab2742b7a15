"""The names of the reports and who writes them. A new format is a module and a line here.

In: a name. Out: a function that writes a `Result` to a text stream. Where each file lies is said by run_folder.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from checks.report import code_quality, html, junit, markdown, sarif, text
from checks.report.result import Result

Writer = Callable[[Result, TextIO], None]
WRITERS: dict[str, Writer] = {
    "text": text.write,
    "markdown": markdown.write,
    "html": html.write,
    "junit": junit.write,
    "sarif": sarif.write,
    "code-quality": code_quality.write,
}
