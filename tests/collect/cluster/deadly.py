"""Pages that kill the process that looks at them: what a browser that eats all memory does to a worker.

In: nothing. Out: a sequence of one page, which is there for a worker only.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from typing import overload


class Deadly(Sequence[str]):
    """One page."""

    def __len__(self) -> int:
        return 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        os.kill(os.getpid(), signal.SIGKILL)
        return "/"
