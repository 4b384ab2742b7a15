"""Flags of `check` and `collect` that contradict one another.

In: parsed arguments. Out: nothing, or an error that says what to leave out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks import errors
from checks.partial import require
from checks.verdict import LAUNCH

if TYPE_CHECKING:
    import argparse

_OF_A_VERDICT: Final = ("advisory", "strict_waivers", "json", "screens")
_OF_THE_WHOLE: Final = ("shard", "shards", "lighthouse", "strict_waivers")


def require_sense(parsed: argparse.Namespace) -> None:
    """Raise UserError for flags that contradict one another."""
    if parsed.times and not parsed.shard:
        raise errors.UserError("balances shards", where="--times", remedy="Say which one with `--shard`.")
    said = next((name for name in _OF_A_VERDICT if getattr(parsed, name, None)), None)
    if parsed.shard and said:
        raise errors.UserError(
            "says what becomes of a verdict, and a shard alone gets none",
            where=f"--{said.replace('_', '-')}",
            remedy="Leave it to the command that puts the shards together; `gonogo collect --shard` exits with 0.",
        )
    divided = any(getattr(parsed, name, None) for name in ("shard", "shards", "cluster"))
    if divided and parsed.gate != LAUNCH:
        raise errors.UserError(
            "renders so few pages that they are not divided",
            where=f"--gate {parsed.gate}",
            remedy="Ask for it on one machine, or divide a launch gate.",
        )
    _require_sense_of_a_part(parsed)


def _require_sense_of_a_part(parsed: argparse.Namespace) -> None:
    """Raise UserError for flags that ask about the whole site beside `--only`, which asks about some pages."""
    only = getattr(parsed, "only", None)
    if not only:
        return
    require(only)
    said = [f"--{name.replace('_', '-')}" for name in _OF_THE_WHOLE if getattr(parsed, name, None)]
    if parsed.gate != LAUNCH:
        said.append(f"--gate {parsed.gate}")
    if said:
        raise errors.UserError(
            "is about the whole site, and `--only` asks about some pages",
            where=said[0],
            remedy="Leave one of them out.",
        )
