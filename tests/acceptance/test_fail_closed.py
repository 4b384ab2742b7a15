"""What was not measured is never a pass: hostile and broken builds, each with the exit code that it must end in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.builds import SITE, coverage, documents, page, write

LIMIT = "60s"
Check = Callable[..., subprocess.CompletedProcess[str]]


def checked(
    gonogo: Path,
    folder: Path,
    files: Mapping[str, str | bytes] | Path,
    *more: str,
    limit: str = LIMIT,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `gonogo check` on files, from `folder`."""
    build = files if isinstance(files, Path) else write(folder / "build", files)
    (folder / "gonogo.yaml").write_text(f"render: {{time-limit: {limit}}}\n")
    command = [str(gonogo), "check", str(build), "--site", SITE, "--run", str(folder / "run"), *more]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
        env={**os.environ, **(env or {})},
    )


@pytest.fixture
def check(gonogo: Path, tmp_path: Path) -> Check:
    """Run `gonogo check` on files, from a folder of its own."""
    return partial(checked, gonogo, tmp_path)


def test_an_empty_folder_cannot_be_judged(check: Check, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    assert check(tmp_path / "build").returncode == 3


def test_a_folder_without_html_cannot_be_judged(check: Check) -> None:
    assert check({"style.css": "body {}"}).returncode == 3


def test_a_folder_that_is_not_there_is_wrong_use(check: Check, tmp_path: Path) -> None:
    done = check(tmp_path / "nowhere")
    assert (done.returncode, "no such folder" in done.stderr) == (2, True)


def test_of_22_pages_22_are_measured(check: Check, tmp_path: Path) -> None:
    links = "".join(f'<a href="/p{i}.html">Page {i}</a> ' for i in range(21))
    files = {"index.html": page(links)} | {f"p{i}.html": page(title=f"Course number {i} in Bristol") for i in range(21)}
    done = check(files)
    assert (done.returncode, len(documents(tmp_path))) == (0, 22), done.stdout + done.stderr


@dataclass(frozen=True)
class Checked:
    """One check of several pages that are all alike but for their scripts."""

    done: subprocess.CompletedProcess[str]
    coverage: Mapping[str, Mapping[str, Any]]


def with_pages(gonogo: Path, folder: Path, scripts: Mapping[str, str], limit: str, **files: str | bytes) -> Checked:
    """Check a site with a page for each script, under the name that is given with it, and with other files."""
    links = "".join(f'<a href="/{name}">{name}</a> ' for name in [*(f"{name}.html" for name in scripts), *files])
    pages = {
        f"{name}.html": page(f"<script>{script}</script>", title=f"A page for {name} in Bristol")
        for name, script in scripts.items()
    }
    done = checked(gonogo, folder, {"index.html": page(links), **pages, **files}, limit=limit)
    return Checked(done, coverage(folder))


NEVER_SETTLES = {
    "hangs-in-a-script": ("for (;;) {}", "script"),
    "reloads-itself": ("location.reload()", "again and again"),
    "opens-dialogs-without-end": ("for (;;) alert('again')", "dialogs"),
    "redirects-without-end": ("location.replace(location.pathname + '?' + Math.random())", "again and again"),
    "leads-away": ("location.replace('/index.html')", "meta refresh"),
}


@pytest.fixture(scope="module")
def never_settling(gonogo: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    scripts = {name: script for name, (script, _) in NEVER_SETTLES.items()}
    return with_pages(gonogo, tmp_path_factory.mktemp("never-settling"), scripts, "20s")


@pytest.mark.parametrize("name", NEVER_SETTLES)
def test_a_page_that_never_settles_is_not_measured_and_the_reason_is_said(never_settling: Checked, name: str) -> None:
    line = never_settling.coverage[f"/{name}.html"]
    assert (line["state"], NEVER_SETTLES[name][1] in line["why"]) == ("failed", True), line["why"]


def test_pages_that_never_settle_leave_the_verdict_open(never_settling: Checked) -> None:
    assert never_settling.done.returncode == 3, never_settling.done.stdout + never_settling.done.stderr


def test_beside_pages_that_never_settle_others_are_measured(never_settling: Checked) -> None:
    assert never_settling.coverage["/"]["state"] == "measured"


MISBEHAVES = {
    "closes-its-window": "window.close()",
    "asks-to-stay": "addEventListener('beforeunload', (told) => { told.preventDefault(); told.returnValue = 'stay'; })",
    "opens-a-popup": "window.open('/index.html')",
    "starts-a-download": "const a = document.createElement('a'); a.href = '/file.zip'; a.download = ''; a.click()",
    "leads-to-a-download": "location.href = '/file.zip'",
}


@pytest.fixture(scope="module")
def misbehaving(gonogo: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    files = {"file.zip": b"PK\x05\x06" + bytes(18)}
    return with_pages(gonogo, tmp_path_factory.mktemp("misbehaving"), MISBEHAVES, LIMIT, **files)


@pytest.mark.parametrize("name", MISBEHAVES)
def test_a_page_that_misbehaves_is_measured_all_the_same(misbehaving: Checked, name: str) -> None:
    assert misbehaving.coverage[f"/{name}.html"]["state"] == "measured"


def test_pages_that_misbehave_are_no_reason_against_a_launch(misbehaving: Checked) -> None:
    assert misbehaving.done.returncode == 0, misbehaving.done.stdout + misbehaving.done.stderr


def test_redirects_written_as_pages_that_lead_to_each_other_are_a_fault_and_not_pages(
    check: Check, tmp_path: Path
) -> None:
    refresh = '<!doctype html><title>Moved</title><meta http-equiv="refresh" content="0; url={}">'
    files = {
        "index.html": page('<a href="/a.html">a</a>'),
        "a.html": refresh.format("/b.html"),
        "b.html": refresh.format("/a.html"),
    }
    done = check(files)
    assert (done.returncode, set(documents(tmp_path))) == (1, {"/"}), done.stdout + done.stderr
    assert "links/redirect-loop" in done.stdout


@pytest.mark.parametrize(
    ("content", "code"),
    [
        # Words: one of 30 MB takes a browser three times as long to break into lines, which no page asks for.
        (page(("<p>" + "bread " * 100 + "</p>") * 50_000), 1),
        (page("".join(f'<a href="/index.html?{i}">link {i}</a>\n' for i in range(20_000))), 0),
        (page("<div>" * 10_000 + "deep" + "</div>" * 10_000), 0),
    ],
    ids=["30 MB", "20,000 links", "nested 10,000 deep"],
)
def test_a_monstrous_page_is_measured_where_it_is_given_the_time(
    check: Check, tmp_path: Path, content: str, code: int
) -> None:
    done = check({"index.html": content}, limit="200s")
    assert (done.returncode, coverage(tmp_path)["/"]["state"]) == (code, "measured"), done.stdout + done.stderr


def test_a_page_that_nests_too_deep_for_a_parser_is_not_measured(check: Check, tmp_path: Path) -> None:
    done = check({"index.html": page("<div>" * 1_000_000)})
    assert (done.returncode, coverage(tmp_path)["/"]["why"]) == (3, "its elements are nested more than 20000 deep")


@pytest.mark.parametrize(("name", "code"), [("deep/index.html", 3), ("404.html", 0)], ids=["page", "not found"])
def test_nothing_else_parses_a_page_that_nests_too_deep(check: Check, name: str, code: int) -> None:
    deep = page('<img src="/a.png" srcset="/b.png 2x" alt="Bread">' + "<div>" * 1_000_000)
    assert check({"index.html": page(), name: deep}).returncode == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (page().replace('<meta charset="utf-8">', "").encode(), 0),
        (page(title="Brötchen in Köln").replace("utf-8", "iso-8859-1").encode("latin-1"), 0),
        (b"\xff\xfe" + page().encode("utf-16-le"), 0),
        (b"\xef\xbb\xbf" + page().encode(), 0),
        (b"", 1),
    ],
    ids=["without charset", "latin-1", "UTF-16", "BOM", "empty"],
)
def test_a_page_in_any_encoding_is_measured(check: Check, tmp_path: Path, content: bytes, code: int) -> None:
    done = check({"index.html": content})
    assert (done.returncode, coverage(tmp_path)["/"]["state"]) == (code, "measured"), done.stdout + done.stderr


def test_names_with_special_characters_are_measured_under_their_encoded_paths(check: Check, tmp_path: Path) -> None:
    names = ["a b.html", "50%.html", "no#1.html", "why?.html", "brötchen.html"]
    done = check({name: page(title=f"A page called {index}, in Bristol") for index, name in enumerate(names)})
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path for path, line in coverage(tmp_path).items() if line["state"] == "measured"} >= {
        "/a%20b.html",
        "/50%25.html",
        "/no%231.html",
        "/why%3F.html",
        "/br%C3%B6tchen.html",
    }


def test_without_a_browser_nothing_is_said(check: Check, tmp_path: Path) -> None:
    done = check({"index.html": page()}, env={"GONOGO_BROWSER": str(tmp_path / "none")})
    assert done.returncode == 3
    assert not (tmp_path / "run" / "verdict.json").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("making a small disk takes root")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_on_a_full_disk_no_verdict_is_reached(check: Check, small_disk: Path) -> None:
    files = {f"p{i}.html": page(title=f"Course number {i} in Bristol") for i in range(40)}
    done = check(files, "--run", str(small_disk / "run"))
    assert (done.returncode, "can't be written" in done.stderr) == (3, True), done.stdout + done.stderr
    assert not (small_disk / "run" / "verdict.json").exists()


def test_the_run_of_before_leaves_no_verdict_behind(check: Check, tmp_path: Path) -> None:
    assert check({"index.html": page()}).returncode == 0
    (tmp_path / "build" / "index.html").unlink()
    assert check(tmp_path / "build").returncode == 3
