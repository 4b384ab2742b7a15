"""A real browser on small builds: what a page sees of its address, and what the next page inherits."""

from __future__ import annotations

import datetime as dt
import http.server
import ipaddress
import json
import random
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder, settings
from checks.collect import browser, stage, to_measure
from checks.run_folder import RunFolder
from tests.collect.planted import noise

SITE = "https://www.example.com"
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 3


def page(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page about bread</title>{head}</head>'
        f"<body><main><h1>Bread</h1><p>{WORDS}</p>{body}</main></body></html>"
    )


def collect(folder: Path, files: Mapping[str, str], **told: Any) -> dict[str, dict[str, Any]]:
    """Collect the facts of a build of `files`; return its page documents by path."""
    build = folder / "build"
    for name, text in files.items():
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_text(text, encoding="utf-8")
    return collected(build, folder, {"site": SITE, **told})


def collected(
    build: Path, folder: Path, told: Mapping[str, Any], third_party: str = "allow"
) -> dict[str, dict[str, Any]]:
    """Collect the facts of the folder `build`, likewise."""
    text = f"render: {{time-limit: 60s, third-party: {third_party}}}"
    chosen = settings.from_bytes(text.encode(), "gonogo.yaml", told, dt.date(2026, 11, 1))
    run = RunFolder(folder / "run")
    run.clear()
    stage.collect(chosen, build, run, browser.find(), lambda _done, _total: None)
    return {document["path"]: document for document in run.lines(run_folder.PAGES)}


def without_timings(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {path: {key: value for key, value in one.items() if key != "vitals"} for path, one in documents.items()}


def without_shares(run: RunFolder) -> dict[str, Any]:
    """Return the site document without the shares of what is timed: how much a page shifts is chance, too."""
    return {key: value for key, value in run.read(run_folder.SITE).items() if key != "budgets"}


def test_a_page_without_scripts_is_read_when_its_lazy_images_have_come(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    for number in range(12):
        (tmp_path / "build" / f"{number}.png").write_bytes(noise(1200, random.Random(number)))  # noqa: S311
    lazy = "".join(f'<img src="/{number}.png" width="60" height="60" loading="lazy" alt="">' for number in range(12))
    images = collect(tmp_path, {"index.html": page(lazy)})["/"]["images"]["items"]
    assert [image["decoded"] for image in images] == [True] * 12


def test_a_page_that_sends_its_readers_on_is_measured_before_they_go(tmp_path: Path) -> None:
    away = page("<script>setInterval(() => 1, 50)</script>", '<meta http-equiv="refresh" content="60; url=/new.html">')
    files = {"index.html": page('<a href="old.html">Old</a>'), "old.html": away, "new.html": page("")}
    old = collect(tmp_path, files)["/old.html"]
    assert (old["render"]["navigations"], old["indexable"], old["indexability_reasons"]) == (0, False, ["refresh"])


def test_an_answer_whose_end_no_script_reads_holds_up_no_page(tmp_path: Path) -> None:
    # Of one that must not be kept, the browser tells no end.
    asks = page("<script>fetch('/.netlify/functions/price')</script>")
    requests = collect(tmp_path, {"index.html": asks}, host="netlify")["/"]["requests"]
    assert requests["by_type"]["fetch"]["count"] == 1


@pytest.mark.parametrize("script", ["window.stop()", "setTimeout(() => window.stop(), 20)"])
def test_a_page_that_stops_itself_is_measured_as_far_as_it_came(tmp_path: Path, script: str) -> None:
    stops = page(f'<script src="later.js" defer></script><script>{script}</script><p id="behind">Behind</p>')
    found = collect(tmp_path, {"index.html": stops, "later.js": ""})["/"]
    assert {"render", "vitals", "requests"} <= set(found["measured"])


def test_a_page_that_leads_to_a_download_while_it_loads_is_measured(tmp_path: Path) -> None:
    leads = page("<script>location.href = 'prices.zip'</script>")
    found = collect(tmp_path, {"index.html": leads, "prices.zip": "PK"})
    assert found["/"]["render"]["downloads"] == 1


def test_scripts_see_the_production_host_name(tmp_path: Path) -> None:
    script = "if (location.hostname !== 'www.example.com') document.title = 'preview'"
    assert collect(tmp_path, {"index.html": page(f"<script>{script}</script>")})["/"]["title"]["text"] == (
        "A page about bread"
    )


def test_a_script_over_http_is_mixed_content_as_it_will_be_when_live(tmp_path: Path) -> None:
    files = {"index.html": page('<script src="http://www.example.com/a.js"></script>'), "a.js": "window.ran = 1"}
    mixed = collect(tmp_path, files)["/"]["requests"]["mixed_active"]
    assert [one["url"] for one in mixed] == ["http://www.example.com/a.js"]


def test_a_cookie_for_the_production_domain_is_kept(tmp_path: Path) -> None:
    script = "document.cookie = 'shop=1; domain=example.com; secure; samesite=lax'"
    cookies = collect(tmp_path, {"index.html": page(f"<script>{script}</script>")})["/"]["cookies"]
    assert [(one["name"], one["domain"]) for one in cookies] == [("shop", ".example.com")]


class _Counting(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""


@pytest.fixture
def neighbour() -> Iterator[tuple[int, list[str]]]:
    """A second site on this machine, open to its network, and what it was asked for."""
    asked: list[str] = []
    handler = type("Handler", (_Counting,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), handler)  # noqa: S104 - its network is what is meant
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()
    server.server_close()


def own_address() -> str:
    """Return the address of this machine on its network; loopback where it has none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(sock.getsockname()[0])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", own_address()])
def test_another_site_on_the_machine_or_its_network_is_never_contacted(
    tmp_path: Path, neighbour: tuple[int, list[str]], host: str
) -> None:
    if host not in {"localhost", "127.0.0.1"} and ipaddress.ip_address(host).is_global:
        pytest.skip("this machine has a public address, which any page may ask")
    port, asked = neighbour
    body = f'<img src="http://{host}:{port}/a.png" alt="a"><script src="https://{host}:{port}/b.js"></script>'
    items = collect(tmp_path, {"index.html": page(body)})["/"]["requests"]["items"]
    assert asked == []
    assert len([one for one in items if str(port) in one["url"]]) == 2


def test_a_page_inherits_nothing_from_the_page_before(tmp_path: Path) -> None:
    leave = "localStorage.x = 1; sessionStorage.y = 1; document.cookie = 'z=1'"
    tell = "document.title = [localStorage.length, sessionStorage.length, document.cookie.length].join()"
    files = {f"a{i}.html": page(f"<script>{leave}</script>") for i in range(12)}
    files |= {f"b{i}.html": page(f"<script>{tell}</script>") for i in range(12)}
    documents = collect(tmp_path, files)
    assert {documents[f"/b{i}.html"]["title"]["text"] for i in range(12)} == {"0,0,0"}


@pytest.fixture
def backwards(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, pages are rendered in the opposite order."""

    def turn() -> None:
        monkeypatch.setattr(stage, "to_measure", lambda *these: reversed(list(to_measure.to_measure(*these))))

    return turn


def test_the_order_of_pages_changes_no_fact(tmp_path: Path, backwards: Callable[[], None]) -> None:
    names = [f"p{i}.html" for i in range(10)]
    style, script = '<link rel="stylesheet" href="/s.css">', '<script src="/s.js"></script><img src="/i.svg" alt="i">'
    files = {name: page(f'{script}<a href="/{names[i - 1]}#top">next</a>', style) for i, name in enumerate(names)}
    files |= {
        "s.css": "body { margin: 2em }",
        "s.js": "document.body.append(new Date(0).toISOString()); localStorage.seen = (localStorage.seen ?? 0) + 1",
        "i.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
    }
    forward = collect(tmp_path / "forward", files)
    backwards()
    backward = collect(tmp_path / "backward", files)
    assert without_timings(forward) == without_timings(backward)


def test_the_order_of_pages_changes_no_byte_of_a_whole_site(
    root: Path, tmp_path: Path, backwards: Callable[[], None]
) -> None:
    build, told = root / "examples" / "bakery-broken", {"site": "https://www.hearthandcrumb.example"}
    forward = collected(build, tmp_path / "forward", told, "block")
    backwards()
    backward = collected(build, tmp_path / "backward", told, "block")
    assert json.dumps(without_timings(forward)) == json.dumps(without_timings(backward))
    one, other = (RunFolder(tmp_path / which / "run") for which in ("forward", "backward"))
    assert one.file(run_folder.COVERAGE).read_bytes() == other.file(run_folder.COVERAGE).read_bytes()
    assert json.dumps(without_shares(one)) == json.dumps(without_shares(other))
