"""The processes that make facts: Ctrl-C reaches them, too, and is not for them."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import os, signal
from checks.collect.extraction import Extraction
from checks.facts.page_settings import PageSettings

signal.signal(signal.SIGINT, lambda *_: None)
with Extraction(PageSettings("https://www.example.com"), 1) as extraction:
    future = extraction.start(len, "abc")
    os.killpg(0, signal.SIGINT)
    print(future.result())
    os.killpg(0, signal.SIGINT)
    print(extraction.start(len, "abcd").result())
"""


def test_ctrl_c_does_not_end_one_that_is_just_starting_or_at_work() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        start_new_session=True,
    )
    assert (done.stdout, done.stderr) == ("3\n4\n", "")
