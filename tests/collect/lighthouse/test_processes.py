"""Programs that are run and ended with all that they started."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import psutil

from checks.collect.lighthouse import processes


def test_who_cancels_while_a_program_starts_leaves_nothing_of_it(tmp_path: Path) -> None:
    environ = {**os.environ, "LAB_PLACE": str(tmp_path)}

    async def cancelled(after_s: float) -> None:
        starting = asyncio.create_task(processes.run(["sh", "-c", "sleep 997 & sleep 998"], tmp_path, environ, 60))
        await asyncio.sleep(after_s)
        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting

    async def all_of_them() -> None:
        for milliseconds in (1, 2, 3, 5, 8):
            await cancelled(milliseconds / 1000)

    asyncio.run(all_of_them())
    started = psutil.process_iter(["environ"])
    assert [one for one in started if (one.info["environ"] or {}).get("LAB_PLACE") == str(tmp_path)] == []
