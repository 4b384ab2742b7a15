"""Markdown for GitHub as the comment and the summary of a job write it, and the cut that keeps it within a limit.

In: strings from anywhere. Out: Markdown in which they are text and nothing else: no markup, mention, link or command.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from checks.report.escape import markdown
from checks.report.words import clip, code_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 500  # characters of one text; a reader in a hurry reads fewer


def code(text: str) -> str:
    """Return `text` as code: a tag and not backticks, so that no `<` is left as it is, and no table is torn."""
    return f"<code>{markdown(clip(text, _LONGEST))}</code>"


def bold(text: str) -> str:
    """Return `text` in bold: a tag, for asterisks next to punctuation are read differently by different parsers."""
    return f"<b>{markdown(clip(text, _LONGEST))}</b>"


def prose(text: str) -> str:
    """Return a text of a policy; what stands between backticks is code."""
    return "".join(code(part) if is_code else _plain(part) for is_code, part in code_spans(clip(text, _LONGEST)))


def _plain(text: str) -> str:
    # The escaper takes the spaces at both ends away, which here stand between text and code.
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{before}{markdown(text)}{after}" if text.strip(" ") else text


def size(text: str) -> int:
    """Return how long GitHub takes a text to be, at worst: characters beyond the first 65,536 count twice (UTF-16)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class Cut:
    """Blocks of Markdown in a row, while there is room; none is ever torn, and none follows one that is missing."""

    room: int
    parts: list[str] = field(default_factory=list)
    full: bool = False

    @property
    def text(self) -> str:
        """Return what fitted."""
        return "".join(self.parts)

    def add(self, block: str) -> bool:
        """Put `block` at the end, and say whether there was room."""
        self.full = self.full or size(block) > self.room
        if not self.full:
            self.room -= size(block)
            self.parts.append(block)
        return not self.full

    def each(self, blocks: Iterable[str]) -> int:
        """Put as many of `blocks` as fit, and return how many did not."""
        return sum(1 for block in blocks if not self.add(block))

    def folded(self, title: str, blocks: Iterable[str], opening: str, closing: str) -> int:
        """Put `blocks` into a part that is folded away, if there are any; its end is there even at the cut."""
        kept, room, self.parts = self.parts, self.room, []
        self.room -= size(opening.format(title)) + size(closing)
        left_out = self.each(blocks)
        if not self.parts:
            self.parts, self.room = kept, room
        else:
            self.parts = [*kept, opening.format(title), self.text, closing]
        return left_out
