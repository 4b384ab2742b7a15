"""A process that is told to end while its loop is at work: it cleans up, says nothing, and ends."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

WORK = """
import asyncio
import sys
from checks import interrupted

async def busy():
    while True:
        sum(range(1000))
        await asyncio.sleep(0)

async def work():
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(5):
                group.create_task(busy())
            print("at work", flush=True)
    finally:
        print("cleaned up", flush=True)

interrupted.listen()
try:
    interrupted.run(work())
except interrupted.Terminated:
    sys.exit(143)
except KeyboardInterrupt:
    sys.exit(130)
"""
WAITING = WORK.replace("await asyncio.sleep(0)", "await asyncio.sleep(3600)")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "Ctrl-C"])
@pytest.mark.parametrize("script", [WORK, WAITING], ids=["busy", "waiting"])
def test_work_that_is_told_to_end_cleans_up_and_leaves_no_trace(script: str, sent: signal.Signals, code: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    process.send_signal(sent)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, out, err) == (code, "cleaned up\n", "")


@pytest.mark.parametrize(("sent", "code"), [("SIGTERM", 143), ("SIGINT", 130)], ids=["SIGTERM", "Ctrl-C"])
def test_a_signal_that_interrupts_no_wait_is_heard_at_once(sent: str, code: int) -> None:
    """It reaches another thread here; one which comes just before the loop begins to wait is the same to it."""
    elsewhere = f"""
import signal, threading, time

def tell():
    time.sleep(0.5)
    signal.pthread_kill(threading.get_ident(), signal.{sent})

"""
    script = WAITING.replace("import sys\n", "import sys\n" + elsewhere).replace(
        'print("at work", flush=True)', "threading.Thread(target=tell).start()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (code, "cleaned up\n", "")


@pytest.mark.parametrize(("sent", "code"), [("SIGTERM", 143), ("SIGINT", 130)], ids=["SIGTERM", "Ctrl-C"])
@pytest.mark.parametrize("ending", ["return 7", "raise OSError('the browser has gone')"], ids=["well", "broken"])
def test_who_is_told_to_end_has_ended_however_the_work_took_it(ending: str, sent: str, code: int) -> None:
    """A library may take the cancelling for its own, and what is closed meanwhile may break something else."""
    script = f"""
import asyncio, os, signal, sys
from checks import interrupted

async def work():
    os.kill(os.getpid(), signal.{sent})
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        {ending}

interrupted.listen()
try:
    interrupted.run(work())
except interrupted.Terminated:
    sys.exit(143)
except KeyboardInterrupt:
    sys.exit(130)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (code, "")


def test_work_that_nobody_told_to_end_breaks_with_its_own_error() -> None:
    """A group whose task failed leaves the work as one that was cancelled, where Python is 3.11."""
    script = """
import asyncio
from checks import interrupted

async def breaks():
    await asyncio.sleep(0)
    raise OSError("the disk is full")

async def work():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(breaks())
    except* OSError as failures:
        failed = failures.exceptions[0]
    raise failed

interrupted.listen()
try:
    interrupted.run(work())
except OSError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, "the disk is full\n", "")


@pytest.mark.parametrize(("sent", "code"), [("SIGTERM", 143), ("SIGINT", 130)], ids=["SIGTERM", "Ctrl-C"])
def test_a_command_that_is_told_to_end_before_it_has_read_its_arguments_ends_as_later(sent: str, code: int) -> None:
    script = f"""
import os, signal, sys
from checks import cli

def tell(frame, event, _):
    if event == "call" and frame.f_code is cli.parsers.build.__code__:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.{sent})

sys.setprofile(tell)
sys.exit(cli.main(["--help"]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


def test_an_end_that_something_took_for_its_own_is_told_again_before_the_next_work() -> None:
    script = """
import os, signal, sys
from checks import interrupted

async def work():
    print("at work")

interrupted.listen()
try:
    os.kill(os.getpid(), signal.SIGTERM)
except BaseException:
    pass
try:
    interrupted.run(work())
except interrupted.Terminated:
    sys.exit(143)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")


def test_work_that_ends_by_itself_gives_its_result_and_the_next_signal_is_heard() -> None:
    script = """
import asyncio, os, signal, sys
from checks import interrupted

async def seven():
    return 7

interrupted.listen()
assert interrupted.run(seven()) == 7
try:
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()
except interrupted.Terminated:
    sys.exit(143)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (143, "")
