"""Workers that die: the others go on, one that comes is given work, and a cluster without any ends the run in time."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from checks import gate, json_bytes, run_folder
from checks.collect.cluster import worker
from checks.collect.cluster.driver import Cluster
from checks.collect.cluster.handing_out import HandingOut
from checks.collect.ledger import READ_ONLY
from checks.run_folder import RunFolder
from tests.collect.cluster.deadly import Deadly
from tests.collect.reuse.edited import SITE, page
from tests.collect.shards.divided import DAY, Divided, documents

CONFIG = f"site: {SITE}\n"
PATHS = ["/", "/a/", "/b/", "/c/", "/d/"]


@dataclass
class Machines:
    """A scheduler and workers without a nanny: processes that nobody starts again."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def scheduler(self) -> str:
        """Start one, and return its address."""
        file = self.folder / "scheduler.json"
        started = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        while not (file.exists() and file.read_bytes().endswith(b"}")):  # it is there before it is written
            assert started.poll() is None
            time.sleep(0.05)
        return str(json_bytes.decode(file.read_bytes())["address"])

    def worker(self, address: str, *flags: str, status: str = "running") -> subprocess.Popen[bytes]:
        """Start one, and wait until there is one of that status."""
        own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder), *flags)
        started = self._start("dask_worker", address, *own)
        with Client(address, timeout=300, set_as_default=False) as client:
            while status not in {one["status"] for one in client.scheduler_info()["workers"].values()}:
                assert started.poll() is None
                time.sleep(0.05)
        return started

    def paused(self, address: str) -> None:
        """Start one that takes no work, because its memory is short from the beginning."""
        self.worker(address, "--memory-limit", "20MB", status="paused")

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{name}", "--no-dashboard", *arguments]
        self.processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return self.processes[-1]

    def end(self) -> None:
        for one in self.processes:
            one.kill()
            one.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    found = Machines(tmp_path)
    yield found
    found.end()


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Divided:
    folder = tmp_path_factory.mktemp("deaths")
    for path in PATHS:
        file = folder / "build" / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(path), encoding="utf-8")
    return Divided(folder, folder / "build", CONFIG, render=False)


def collect(divided: Divided, address: str, run: Path, progress: gate.Progress, waits_s: float) -> RunFolder:
    cluster = Cluster(address, str(divided.build), size=1, waits_s=waits_s)
    asked = gate.Invocation("gonogo collect", DAY, no_cache=True, cluster=cluster)
    gate.collect(divided.ruling(), divided.build, RunFolder(run), asked, progress, render=divided.render)
    return RunFolder(run)


def states(run: RunFolder) -> dict[str, tuple[str, str]]:
    return {one["path"]: (one["state"], one["why"]) for one in run.lines(run_folder.COVERAGE)}


def test_when_the_last_worker_has_died_the_run_ends_and_what_nobody_measured_has_failed(
    divided: Divided, machines: Machines, tmp_path: Path
) -> None:
    address = machines.scheduler()
    only = machines.worker(address)

    def kill_it_after_the_first_batch(done: int, _total: int) -> None:
        if done == 1:
            only.send_signal(signal.SIGKILL)

    run = collect(divided, address, tmp_path / "run", kill_it_after_the_first_batch, waits_s=20)
    found = states(run)
    assert found["/"] == ("measured", READ_ONLY)
    assert found["/d/"] == ("failed", "the cluster had no worker for 20 seconds")


def test_a_worker_that_comes_when_none_is_left_measures_the_rest(
    divided: Divided, machines: Machines, tmp_path: Path
) -> None:
    address = machines.scheduler()
    first = machines.worker(address)

    def replace_it_after_the_first_batch(done: int, _total: int) -> None:
        if done == 1:
            first.send_signal(signal.SIGKILL)
            first.wait()
            machines.worker(address)

    run = collect(divided, address, tmp_path / "run", replace_it_after_the_first_batch, waits_s=600)
    assert documents(run) == documents(divided.whole())


def test_when_the_scheduler_is_gone_the_run_ends_and_what_nobody_measured_has_failed(
    divided: Divided, machines: Machines, tmp_path: Path
) -> None:
    address = machines.scheduler()
    machines.worker(address)

    def kill_it_after_the_first_batch(done: int, _total: int) -> None:
        if done == 1:
            machines.processes[0].send_signal(signal.SIGKILL)

    found = states(collect(divided, address, tmp_path / "run", kill_it_after_the_first_batch, waits_s=20))
    assert found["/"] == ("measured", READ_ONLY)
    assert found["/d/"] == ("failed", "the scheduler did not answer for 20 seconds")


def test_where_all_workers_are_short_of_memory_the_run_ends_and_what_nobody_measured_has_failed(
    divided: Divided, machines: Machines, tmp_path: Path
) -> None:
    address = machines.scheduler()
    first = machines.worker(address)

    def leave_only_one_without_memory(done: int, _total: int) -> None:
        if done == 1:
            machines.paused(address)
            first.send_signal(signal.SIGKILL)

    found = states(collect(divided, address, tmp_path / "run", leave_only_one_without_memory, waits_s=10))
    assert found["/"] == ("measured", READ_ONLY)
    assert found["/d/"] == ("failed", "the cluster had no worker for 10 seconds")


def test_a_worker_that_is_short_of_memory_holds_up_nothing(
    divided: Divided, machines: Machines, tmp_path: Path
) -> None:
    address = machines.scheduler()
    machines.worker(address)

    def add_one_without_memory(done: int, _total: int) -> None:
        if done == 1:
            machines.paused(address)

    run = collect(divided, address, tmp_path / "run", add_one_without_memory, waits_s=600)
    assert documents(run) == documents(divided.whole())


def test_a_batch_that_kills_its_workers_is_given_up_and_the_others_are_measured(divided: Divided) -> None:
    text = json_bytes.encode(divided.ruling().rules.settings.to_document()).decode()
    job = worker.Job(str(divided.build), text, render=False, token="deadly")
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as local,
        Client(local.scheduler_address, set_as_default=False) as client,
    ):
        became = list(HandingOut(client, job, [Deadly(), ["/a/"], ["/b/"], ["/c/"]], patience_s=600))
    assert [one.number for one in became][-1] == 0
    assert became[-1].why == "3 workers of the cluster died while they measured its batch"
    assert all(one.batch for one in became[:-1])
    assert len(became) == 4
