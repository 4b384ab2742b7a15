"""A page that is judged reaches nothing of the machine that judges it: no server, no metadata, no file."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

WORDS = "The bread is baked slowly, from flour, water and salt, in an oven that has burnt since early morning. " * 3
ATTACK = """
<img src="http://127.0.0.1:PORT/img"><img src="http://localhost:PORT/img"><img src="http://[::1]:PORT/img">
<img src="http://www.localhost:PORT/img"><img src="http://127.1:PORT/img"><img src="http://0.0.0.0:PORT/img">
<iframe src="http://127.0.0.1:PORT/frame"></iframe><iframe src="file:///etc/passwd"></iframe>
<link rel="stylesheet" href="http://localhost:PORT/style"><script src="http://127.0.0.1:PORT/script"></script>
<form action="http://127.0.0.1:PORT/form" method="post" target="_blank"></form>
<script>
for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
  fetch(`http://${host}:PORT/fetch`, {mode: "no-cors"}).catch(() => {});
  fetch(`http://${host}:PORT/post`, {mode: "no-cors", method: "POST", body: "x"}).catch(() => {});
  navigator.sendBeacon(`http://${host}:PORT/beacon`, "x");
  try { new WebSocket(`ws://${host}:PORT/socket`); new EventSource(`http://${host}:PORT/events`); } catch {}
}
fetch("file:///etc/passwd").then((got) => got.text()).then((text) => { document.title = text; }).catch(() => {});
document.forms[0].submit();
</script>
"""


@pytest.fixture
def server() -> Iterator[tuple[int, list[bytes]]]:
    """Listen on this machine as a service of a runner would; give the port, and what was heard there."""
    heard: list[bytes] = []
    both = socket.has_dualstack_ipv6()
    family, everywhere = (socket.AF_INET6, "::") if both else (socket.AF_INET, "")
    with socket.create_server((everywhere, 0), family=family, dualstack_ipv6=both) as listening:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(200))
                    connection.sendall(
                        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nAccess-Control-Allow-Origin: *\r\n\r\nsecret"
                    )

        thread = threading.Thread(target=accept)
        thread.start()
        yield listening.getsockname()[1], heard
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def judged(gonogo: Path, tmp_path: Path, server: tuple[int, list[bytes]]) -> Path:
    """Judge a page that tries, where third parties are asked, and return the run."""
    (tmp_path / "build").mkdir()
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sourdough courses in Bristol</title>'
        f"</head><body><main><h1>Sourdough courses</h1><p>{WORDS}</p></main>{ATTACK}</body></html>"
    )
    (tmp_path / "build" / "index.html").write_text(page.replace("PORT", str(server[0])))
    (tmp_path / "gonogo.yaml").write_text("render: {time-limit: 60s, third-party: allow}\n")
    command: list[str | Path] = [gonogo, "check", "build", "--site", "https://www.example.com", "--run", "run"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=300)
    return tmp_path / "run"


def test_a_page_reaches_no_service_of_the_machine_that_judges_it(judged: Path, server: tuple[int, list[bytes]]) -> None:
    lines = map(json.loads, (judged / "coverage.jsonl").read_text().splitlines())
    assert {line["path"]: line["state"] for line in lines}["/"] == "measured"
    (page,) = map(json.loads, (judged / "pages.jsonl").read_text().splitlines())
    assert f"127.0.0.1:{server[0]}" in json.dumps(page["requests"])
    assert server[1] == []


def test_no_file_of_the_machine_gets_into_the_facts(judged: Path) -> None:
    assert [file.name for file in judged.iterdir() if file.is_file() and b"root:x:0:0" in file.read_bytes()] == []
