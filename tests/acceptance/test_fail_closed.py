"""What was not measured is never a pass: hostile and broken builds, each with the exit code that it must end in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

SITE = "https://www.example.com"
LIMIT = "4s"
WORDS = "The bread is baked slowly, from flour, water and salt, in an oven that has burnt since early morning. " * 3
Check = Callable[..., subprocess.CompletedProcess[str]]


def page(body: str = "", *, head: str = "", title: str = "Sourdough courses in Bristol") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="description" content="Courses for beginners.">'
        f"{head}</head><body><main><h1>{title}</h1><p>{WORDS}</p>{body}</main></body></html>"
    )


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def check(gonogo: Path, tmp_path: Path) -> Check:
    """Run `gonogo check` on files, from a folder of its own, with a short time limit."""

    def run(
        files: Mapping[str, str | bytes] | Path, *more: str, limit: str = LIMIT, env: Mapping[str, str] | None = None
    ) -> Any:
        build = files if isinstance(files, Path) else write(tmp_path / "build", files)
        (tmp_path / "gonogo.yaml").write_text(f"render: {{time-limit: {limit}}}\n")
        command = [str(gonogo), "check", str(build), "--site", SITE, "--run", str(tmp_path / "run"), *more]
        return subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
            env={**os.environ, **(env or {})},
        )

    return run


def coverage(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "run" / "coverage.jsonl").read_text().splitlines()
    return {line["path"]: line for line in map(json.loads, lines)}


def documents(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "run" / "pages.jsonl").read_text().splitlines()
    return {line["path"]: line for line in map(json.loads, lines)}


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


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("for (;;) {}", "script"),
        ("location.reload()", "again and again"),
        ("for (;;) alert('again')", "dialogs"),
        ("location.replace('/bad.html?' + Math.random())", "again and again"),
        ("location.replace('/index.html')", "meta refresh"),
    ],
    ids=["hangs in a script", "reloads itself", "opens dialogs without end", "redirects without end", "leads away"],
)
def test_a_page_that_never_settles_leaves_the_verdict_open(
    check: Check, tmp_path: Path, script: str, told: str
) -> None:
    files = {"index.html": page('<a href="/bad.html">bad</a>'), "bad.html": page(f"<script>{script}</script>")}
    done = check(files)
    line = coverage(tmp_path)["/bad.html"]
    assert (done.returncode, line["state"]) == (3, "failed")
    assert told in line["why"]
    assert coverage(tmp_path)["/"]["state"] == "measured"


@pytest.mark.parametrize(
    "script",
    [
        "window.close()",
        "addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'stay'; })",
        "window.open('/index.html')",
        "const a = document.createElement('a'); a.href = '/file.zip'; a.download = ''; a.click()",
        "location.href = '/file.zip'",
    ],
    ids=["closes its window", "asks to stay", "opens a popup", "starts a download", "leads to a download"],
)
def test_a_page_that_misbehaves_is_measured_all_the_same(check: Check, tmp_path: Path, script: str) -> None:
    files = {
        "index.html": page('<a href="/bad.html">bad</a> <a href="/file.zip">zip</a>'),
        "bad.html": page(f"<script>{script}</script>", title="A page that misbehaves"),
        "file.zip": b"PK\x05\x06" + bytes(18),
    }
    done = check(files)
    assert done.returncode == 0, done.stdout + done.stderr
    assert coverage(tmp_path)["/bad.html"]["state"] == "measured"


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
        (page("<p>" + "x" * 30_000_000 + "</p>"), 1),
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


@pytest.fixture
def running(gonogo: Path, tmp_path: Path) -> subprocess.Popen[str]:
    """Start a check of 40 slow pages and wait until its browser renders."""
    body = "<script>setTimeout(() => {}, 1)</script>"
    write(tmp_path / "build", {f"p{i}.html": page(body, title=f"Course number {i} in Bristol") for i in range(40)})
    command = [str(gonogo), "check", str(tmp_path / "build"), "--site", SITE, "--run", str(tmp_path / "run")]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not browsers(process.pid):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1.0)
    return process


def descendants(pid: int) -> dict[int, str]:
    """Return the command lines of all processes below `pid`."""
    parents: dict[int, tuple[int, str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            parents[int(stat.parent.name)] = (parent, (stat.parent / "cmdline").read_text().replace("\0", " "))
        except (OSError, ValueError):
            continue
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        above = waiting.pop()
        for child, (parent, command) in parents.items():
            if parent == above and child not in found:
                found[child] = command
                waiting.append(child)
    return found


def browsers(pid: int) -> list[int]:
    return [
        child
        for child, command in descendants(pid).items()
        if "--host-resolver-rules" in command and "--type=" not in command
    ]


def without_timings(folder: Path) -> dict[str, dict[str, Any]]:
    return {path: {**one, "vitals": None} for path, one in documents(folder).items()}


def test_a_browser_that_is_killed_is_started_again_and_the_result_is_the_same(
    running: subprocess.Popen[str], gonogo: Path, tmp_path: Path
) -> None:
    for pid in browsers(running.pid):
        os.kill(pid, signal.SIGKILL)
    out, err = running.communicate(timeout=240)
    assert json.loads((tmp_path / "run" / "run.json").read_text())["browser_restarts"] >= 1, out + err
    recovered = without_timings(tmp_path)
    command: list[str | Path] = [gonogo, "check", tmp_path / "build", "--site", SITE, "--run", tmp_path / "run"]
    undisturbed = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=240)
    assert (running.returncode, len(recovered)) == (undisturbed.returncode, 40) == (0, 40), out + err
    assert recovered == without_timings(tmp_path)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_run_leaves_no_process_and_no_verdict(
    running: subprocess.Popen[str], tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    below = set(descendants(running.pid))
    running.send_signal(sent)
    _, err = running.communicate(timeout=60)
    assert running.returncode == code, err
    assert "Traceback" not in err
    time.sleep(0.5)
    left = {
        pid for pid in below if Path(f"/proc/{pid}/stat").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text()
    }
    assert not left
    assert not (tmp_path / "run" / "verdict.json").exists()
