"""A preview that is a URL, through the installed command and a browser: judged as the same site in a folder is."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import BAKERY, CONFIG
from tests.collect.web.preview_server import Asked, PreviewServer, Sent, of_folder, of_pages, serving

SITE = BAKERY
HIDDEN_IN_A_URL = {
    # Nothing links to these; a folder shows them all the same.
    ("links/redirect-broken", f"{SITE}/menu/"),
    ("links/redirect-loop", f"{SITE}/stockists/"),
    ("links/redirect-loop", f"{SITE}/where-to-buy/"),
}


@dataclass(frozen=True)
class Runs:
    """The runs over the same site, by its URL and in its folder."""

    by_url: Path
    by_folder: Path


@dataclass(frozen=True)
class Guarded:
    folder: Path
    done: subprocess.CompletedProcess[str]
    preview: PreviewServer
    other: PreviewServer


def check(gonogo: Path, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [gonogo, "check", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )


def findings(run: Path) -> set[tuple[Any, ...]]:
    """Return the findings, without those about timing and layout shifts, which differ from load to load."""
    lines = (json.loads(line) for line in (run / "findings.jsonl").read_text().splitlines())
    told = [one for one in lines if not str(one["what"]).startswith("vitals.")]
    return {(one["policy"], one.get("page"), one["what"], one["message"], one["fingerprint"]) for one in told}


@pytest.fixture(scope="module")
def runs(gonogo: Path, root: Path, judged_bakery: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    here = tmp_path_factory.mktemp("url")
    (here / "gonogo.yaml").write_text(CONFIG)
    with serving(of_folder(root / "examples" / "bakery-broken")) as preview:
        by_url = check(gonogo, here, preview.origin, "--site", SITE)
    assert by_url.returncode == 1, by_url.stderr
    return Runs(here / "gonogo-run", judged_bakery / "gonogo-run")


def test_the_same_site_has_the_same_findings_as_a_url_and_as_a_folder(runs: Runs) -> None:
    by_url, by_folder = findings(runs.by_url), findings(runs.by_folder)
    assert by_url <= by_folder
    assert {(one[0], one[2]) for one in by_folder - by_url} == HIDDEN_IN_A_URL


def test_the_same_pages_are_measured_by_url_and_in_a_folder(runs: Runs) -> None:
    def pages(run: Path) -> dict[str, str]:
        lines = map(json.loads, (run / "coverage.jsonl").read_text().splitlines())
        return {one["path"]: one["state"] for one in lines if one["kind"] == "page"}

    assert pages(runs.by_url) == pages(runs.by_folder)


def test_the_run_names_the_url_that_was_judged(runs: Runs) -> None:
    about = json.loads((runs.by_url / "run.json").read_text())
    assert about["preview"].startswith("http://127.0.0.1:")
    assert about["site"] == SITE


SECRET = "hunter2-and-more"  # planted
GUARDED = """\
site: https://www.example.com
access:
  hosts: [127.0.0.1]
  headers: {x-key: GONOGO_PREVIEW_KEY}
"""
SHOWING_ALL = "fetch('/whoami').then(r => r.text()).then(t => document.title += t + document.cookie)"


@pytest.fixture(scope="module")
def guarded(gonogo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A protected preview that says back what it is sent, on a page that loads from another server and leads to one."""
    here = tmp_path_factory.mktemp("guarded")
    with serving(of_pages({"/x.js": Sent(b"1", headers={"content-type": "text/javascript"})})) as other:
        home = (
            f'<!doctype html><title>Home</title><script src="{other.origin}/x.js"></script>'
            f'<img src="{other.origin}/x.png">'
            f'<a href="/out/">x</a><link rel=stylesheet href="/style.css"><script>{SHOWING_ALL}</script>'
        )
        pages = of_pages({"/": home, "/out/": Sent(b"", 302, {"location": f"{other.origin}/"})})

        def answers(asked: Asked) -> Sent:
            if asked.headers.get("x-key") != SECRET:
                return Sent(b"who are you?", 401)
            if asked.target == "/whoami":
                return Sent(json.dumps(asked.headers).encode(), headers={"set-cookie": f"sid={SECRET}"})
            return pages(asked)

        with serving(answers) as preview:
            (here / "gonogo.yaml").write_text(GUARDED)
            done = check(gonogo, here, preview.origin, "--screens", GONOGO_PREVIEW_KEY=SECRET)
            yield Guarded(here, done, preview, other)


def test_a_protected_preview_is_opened_by_a_secret_of_the_environment(guarded: Guarded) -> None:
    assert guarded.done.returncode in {0, 1}, guarded.done.stderr
    assert {"/", "/style.css", "/whoami"} <= set(guarded.preview.targets)


def test_no_other_server_sees_the_secret(guarded: Guarded) -> None:
    assert SECRET not in json.dumps([[one.target, one.headers] for one in guarded.other.asked])


def test_the_secret_stands_in_nothing_that_is_written_or_said(guarded: Guarded) -> None:
    written = [file for file in guarded.folder.rglob("*") if file.is_file()]
    assert (guarded.folder / "gonogo-run" / "pages.jsonl") in written
    assert not [file for file in written if SECRET.encode() in file.read_bytes()]
    assert SECRET not in guarded.done.stdout + guarded.done.stderr


def test_a_protected_preview_without_the_secret_is_exit_2_and_with_a_wrong_one_exit_3(
    gonogo: Path, guarded: Guarded, tmp_path: Path
) -> None:
    (tmp_path / "gonogo.yaml").write_text(GUARDED)
    without = check(gonogo, tmp_path, guarded.preview.origin)
    wrong = check(gonogo, tmp_path, guarded.preview.origin, GONOGO_PREVIEW_KEY="wrong-wrong")
    assert (without.returncode, wrong.returncode) == (2, 3)
    assert "GONOGO_PREVIEW_KEY is not set" in without.stderr
    assert "What `access` sends does not open it" in wrong.stderr


def test_a_page_that_only_a_script_links_to_is_measured(gonogo: Path, tmp_path: Path) -> None:
    script = "document.body.innerHTML += '<a href=/hidden/>x</a>'"
    pages = {
        "/": f"<!doctype html><title>Home</title><body><script>{script}</script>",
        "/hidden/": "<title>Hidden</title>",
    }
    with serving(of_pages(pages)) as preview:
        check(gonogo, tmp_path, preview.origin)
    lines = map(json.loads, (tmp_path / "gonogo-run" / "pages.jsonl").read_text().splitlines())
    assert {one["path"]: one["title"]["text"] for one in lines} == {"/": "Home", "/hidden/": "Hidden"}


def test_an_error_page_and_a_login_with_status_200_are_not_measured(gonogo: Path, tmp_path: Path) -> None:
    pages = {
        "/": '<title>Home</title><a href="/down/">x</a><a href="/private/">x</a>',
        "/down/": "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>",
        "/private/": "<title>Stop</title><h1>This page is password protected</h1><form><input type=password></form>",
    }
    with serving(of_pages(pages)) as preview:
        check(gonogo, tmp_path, preview.origin)
    lines = map(json.loads, (tmp_path / "gonogo-run" / "coverage.jsonl").read_text().splitlines())
    failed = {one["path"]: one["why"] for one in lines if one["state"] == "failed"}
    assert failed.keys() == {"/down/", "/private/"}
    assert failed["/down/"] == "it shows an error screen, with status 200: Bad gateway"
    assert failed["/private/"].startswith("it asks for a login")
