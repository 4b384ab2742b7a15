"""What a cluster measures is what one machine measures, also when a worker dies in the middle."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from checks import clustering, gate, json_bytes, merging, run_folder
from checks.collect.cluster import driver, worker
from checks.collect.cluster.driver import Cluster
from checks.collect.shards.made_with import made_with
from checks.errors import CannotMeasureError, UserError
from checks.run_folder import RunFolder
from tests.collect.reuse.edited import SITE, a_project
from tests.collect.shards.divided import DAY, Divided, documents, nothing

CONFIG = f"site: {SITE}\nhost: netlify\nrender: {{third-party: block, time-limit: 60s}}\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers, each a process of its own."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as local:
        yield local


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Divided:
    folder = tmp_path_factory.mktemp("cluster")
    return Divided(folder, a_project(folder).build, CONFIG)


def collect(divided: Divided, cluster: LocalCluster, name: str, progress: gate.Progress = nothing) -> RunFolder:
    run = RunFolder(divided.folder / name)
    where = Cluster(cluster.scheduler_address, str(divided.build), size=1)
    asked = gate.Invocation("gonogo collect", DAY, no_cache=True, cluster=where)
    gate.collect(divided.ruling(), divided.build, run, asked, progress, render=divided.render)
    return run


def test_a_cluster_says_what_one_machine_says_though_a_worker_is_killed(
    divided: Divided, cluster: LocalCluster
) -> None:
    killed: list[int] = []

    def kill_one_when_the_first_batch_is_there(done: int, _total: int) -> None:
        if done and not killed:
            with Client(cluster.scheduler_address) as client:
                killed.extend(list(client.run(os.getpid).values())[:1])
            os.kill(killed[0], signal.SIGKILL)

    run = collect(divided, cluster, "clustered", kill_one_when_the_first_batch_is_there)
    assert killed
    assert documents(run) == documents(divided.whole())
    assert run.read(run_folder.RUN)["preview"] == str(divided.build)


def test_pages_of_a_batch_that_no_worker_can_measure_are_gaps_and_the_others_are_there(
    divided: Divided, cluster: LocalCluster, tmp_path: Path
) -> None:
    settings = divided.ruling().rules.settings
    here = made_with(settings, divided.build, None)
    where = Cluster(cluster.scheduler_address, str(divided.build), size=1)
    driving = driver.Driving(where, settings, here, tmp_path / "batches")
    pages = driving.measured(["/cakes/", "/\ud800"], merging.line, nothing)
    assert pages.page("/cakes/")["state"] == "measured"
    gap = pages.page("/\ufffd")
    assert (gap["state"], gap["page"]) == ("failed", None)
    assert gap["why"].startswith("no worker of the cluster could measure its batch (UnicodeEncodeError")


def test_a_worker_with_another_build_is_refused(divided: Divided, cluster: LocalCluster, tmp_path: Path) -> None:
    settings = divided.ruling().rules.settings
    here = {**made_with(settings, divided.build, None), "build": "0" * 64}
    driving = driver.Driving(
        Cluster(cluster.scheduler_address, str(divided.build)), settings, here, tmp_path / "batches"
    )
    with pytest.raises(UserError, match="a worker measures of other files than this machine"):
        driving.measured(["/"], merging.line, nothing)


def test_a_build_that_a_worker_can_not_read_is_told(divided: Divided, cluster: LocalCluster, tmp_path: Path) -> None:
    settings = divided.ruling().rules.settings
    here = made_with(settings, divided.build, None)
    gone = Cluster(cluster.scheduler_address, f"zip::file://{tmp_path / 'gone.zip'}")
    with pytest.raises(CannotMeasureError, match=r"gone\.zip"):
        driver.Driving(gone, settings, here, tmp_path / "batches").measured(["/"], merging.line, nothing)


def test_a_scheduler_that_does_not_answer_is_told(divided: Divided, tmp_path: Path) -> None:
    settings = divided.ruling().rules.settings
    nobody = Cluster("tcp://127.0.0.1:1", str(divided.build), answers_s=1)
    driving = driver.Driving(nobody, settings, made_with(settings, divided.build, None), tmp_path / "batches")
    with pytest.raises(CannotMeasureError, match="the scheduler does not answer"):
        driving.measured(["/"], merging.line, nothing)


@pytest.fixture
def without_workers(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler, in a process of its own."""
    file = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        [*command, "--no-dashboard", "--scheduler-file", str(file)], stderr=subprocess.DEVNULL
    ) as one:
        while not (file.exists() and file.read_bytes().endswith(b"}")):  # it is there before it is written
            assert one.poll() is None
            time.sleep(0.05)
        yield str(json_bytes.decode(file.read_bytes())["address"])
        one.terminate()


def test_a_scheduler_without_workers_is_told(divided: Divided, without_workers: str, tmp_path: Path) -> None:
    settings = divided.ruling().rules.settings
    nobody = Cluster(without_workers, str(divided.build), waits_s=1)
    driving = driver.Driving(nobody, settings, made_with(settings, divided.build, None), tmp_path / "batches")
    with pytest.raises(CannotMeasureError, match="no worker came"):
        driving.measured(["/"], merging.line, nothing)


def test_one_process_opens_the_build_once_for_all_batches_of_a_run(divided: Divided) -> None:
    text = json_bytes.encode(divided.ruling().rules.settings.to_document()).decode()
    job = worker.Job(str(divided.build), text, render=False, token="one")
    first, second = worker.measure(job, ["/"]), worker.measure(job, ["/cakes/"])
    other = worker.measure(dataclasses.replace(job, token="two"), ["/"])
    assert first.made_with is second.made_with
    assert first.made_with is not other.made_with


def test_batches_hold_every_page_once_and_neighbours_stay_together() -> None:
    assert driver.batches(["/a/", "/b/", "/c/"], 2) == [["/a/", "/b/"], ["/c/"]]
    assert driver.batches([], 2) == []


def test_what_a_cluster_needs_and_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "find_spec", lambda name: None if name == "distributed" else name)
    with pytest.raises(UserError, match="not installed: distributed"):
        clustering.require()
