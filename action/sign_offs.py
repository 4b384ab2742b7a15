"""The sign-offs of a run as Markdown: who signed, what did not count and why, and the text that a review can say.

In: the verdict document. Out: blocks of Markdown, the heading with the first of them. Pure. Reasons and file names are
other people's words, so they are code; what is to be pasted holds nothing but codes, digests, numbers and the site.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from action.markup import code
from checks.report import sign_offs
from checks.report.escape import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document

_PASTED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .:/_-]*")
_FOLDED: Final = "\n<details><summary>{}</summary>\n\n{}\n</details>\n"


def ledger(verdict: Document) -> Iterator[str]:
    """Give each sign-off and what became of it, one block each."""
    for title, sentences in sign_offs.ledger(verdict):
        heading = f"\n#### {markdown(title)}\n\n"
        for sentence in sentences:
            yield f"{heading}- {code(sentence)}\n"
            heading = ""


def offer(verdict: Document) -> Iterator[str]:
    """Give the text that a review can say to sign for what blocks, to be copied as one."""
    offered = sign_offs.offer(verdict)
    if offered is None or not all(_PASTED.fullmatch(line) for line in offered.lines):
        return
    more = f"\n{offered.left_out:,} more are in the whole report.\n" if offered.left_out else ""
    pasted = "```text\n{}\n```\n".format("\n".join(offered.lines))
    yield _FOLDED.format(sign_offs.HOW_TO_SIGN, f"{pasted}{more}")
