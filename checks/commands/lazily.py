"""What a command needs is imported when it runs, so that `--help` is there at once.

In: the name of a module. Out: a command, which takes parsed arguments and returns an exit code.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping


def command(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """Return the command that the function `name` of a module is."""

    def run(parsed: argparse.Namespace) -> int:
        code: int = getattr(importlib.import_module(module), name)(parsed)
        return code

    return run


def by_action(module_by_action: Mapping[str, str]) -> Callable[[argparse.Namespace], int]:
    """Return the command that does one of several actions: each by the function `run` of its module."""
    return lambda parsed: command(module_by_action[parsed.action], "run")(parsed)
