"""seal verify: whether this is the build that got GO.

In: parsed arguments. Out: one line, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import seal as sealing

if TYPE_CHECKING:
    import argparse


def seal(parsed: argparse.Namespace) -> int:
    """Refuse a folder that is not the one that got GO."""
    return sealing.seal(parsed.build, parsed.run)
