"""What other sites answer to links: each asked once, nothing private, and nothing told where nobody can be reached."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import abc, web

from checks import run_folder
from checks.collect.outside import Outside
from checks.facts import outside_links
from checks.facts.outside_links import Heard
from tests.collect.planted import Site, collected


class Names(abc.AbstractResolver):
    """A world in which some hosts are on this machine, and others are not there at all."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[abc.ResolveResult]:
        if host == "later.example.net":
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        if host != "mill.example.net":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        found = abc.ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0)
        return [found]

    async def close(self) -> None:
        """Nothing is open."""


async def _mill(request: web.BaseRequest) -> web.StreamResponse:
    """Answer as the path says; the seller of flour knows no HEAD."""
    path = request.path
    if path == "/moved":
        return web.Response(status=301, headers={"Location": "/gone"})
    if path == "/inside":
        return web.Response(status=302, headers={"Location": "http://169.254.169.254/latest/"})
    if path == "/number":
        return web.Response(status=302, headers={"Location": f"http://2130706433:{request.url.port}/"})
    if path == "/round":
        return web.Response(status=302, headers={"Location": "/round"})
    if path.startswith("/slow"):
        await asyncio.sleep(2)
    if path == "/flour" and request.method == "HEAD":
        return web.Response(status=404)
    return web.Response(status={"/gone": 404, "/over": 410, "/shy": 403, "/busy": 503}.get(path, 200))


def hear(paths: Iterable[str], folder: Path, *others: str) -> tuple[bool, dict[str, Heard | None]]:
    """Ask the mill for some paths, and for other addresses; return whether anybody was reached, and what was heard."""

    async def ask() -> tuple[bool, dict[str, Heard | None]]:
        runner = web.ServerRunner(web.Server(_mill))
        await runner.setup()
        place = web.TCPSite(runner, "127.0.0.1", 0)
        await place.start()
        port = runner.addresses[0][1]
        with closing(Outside(folder / "outside.sqlite")) as outside:
            named = {path: f"http://mill.example.net:{port}{path}" for path in paths} | {url: url for url in others}
            outside.add(named.values())
            reached = await outside.ask(Names())
            found = {name: outside.heard(url) for name, url in named.items()}
        await runner.cleanup()
        return reached, found

    return asyncio.run(ask())


def test_who_waits_for_the_others_at_a_slow_host_is_answered_in_time(tmp_path: Path) -> None:
    _, found = hear([f"/slow/{number}" for number in range(8)], tmp_path)
    assert set(found.values()) == {Heard(200)}


def test_what_is_gone_is_broken_and_what_refuses_or_is_busy_is_not(tmp_path: Path) -> None:
    _, found = hear(["/", "/gone", "/over", "/shy", "/busy", "/flour", "/moved"], tmp_path)
    broken = {path for path, heard in found.items() if heard is not None and heard.is_broken}
    fine = {path for path, heard in found.items() if heard is not None and heard.is_fine}
    assert (broken, fine) == ({"/gone", "/over", "/moved"}, {"/", "/flour"})


def test_a_redirect_to_a_private_place_written_as_a_number_reaches_nobody(tmp_path: Path) -> None:
    _, found = hear(["/number"], tmp_path)
    heard = found["/number"]
    assert heard is not None
    assert heard.status is None


def test_a_host_that_is_not_there_is_broken_and_one_that_cannot_be_looked_up_is_not(tmp_path: Path) -> None:
    gone, later = "http://gone.example.net/", "http://later.example.net/"
    _, found = hear(["/"], tmp_path, gone, later)
    assert found[gone] == Heard(None, "there is no such host")
    assert found[later] == Heard(None, "its name can't be looked up")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://printer.local/"]
)
def test_no_private_place_is_asked(url: str, tmp_path: Path) -> None:
    assert hear([], tmp_path, url)[1] == {url: Heard(None, "it leads to a private place")}


def test_a_redirect_leads_to_no_private_place_and_not_round_for_ever(tmp_path: Path) -> None:
    _, found = hear(["/inside", "/round"], tmp_path)
    assert found["/inside"] == Heard(None, "it leads to a private place")
    assert found["/round"] == Heard(None, "it redirects again and again")


def test_where_nobody_answers_it_is_this_machine_that_reaches_nobody(tmp_path: Path) -> None:
    assert hear([], tmp_path, "http://gone.example.net/", "http://later.example.net/")[0] is False
    assert hear(["/shy"], tmp_path / "..", "http://gone.example.net/")[0] is True


def item(href: str, **parts: Any) -> dict[str, Any]:
    plain = {
        "internal": False,
        "scheme": "https",
        "has_credentials": False,
        "host_class": "third_party",
        "text": "Mill",
    }
    return {"href": href, "url": href, **plain, **parts}


MILL = item("https://mill.example.net/flour#rye")
NOT_ASKED = (
    item("https://www.example.com/", internal=True),
    item("mailto:mill@example.net", scheme="mailto"),
    item("https://mill.example.net/leave?token=secret", has_credentials=True),
    item("http://localhost:3000/", host_class="loopback"),
    item("https://www.google-analytics.com/collect?v=1"),
)


def test_a_page_asks_for_its_links_to_others_and_for_nothing_that_counts_or_carries_a_key() -> None:
    document = {"links": {"items": [MILL, *NOT_ASKED]}}
    assert list(outside_links.to_ask(document)) == ["https://mill.example.net/flour"]


class Said:
    """Answers that are known beforehand."""

    def __init__(self, **known: Heard) -> None:
        self.known = {f"https://{host}.example.net/": heard for host, heard in known.items()}

    def heard(self, url: str) -> Heard | None:
        return self.known.get(url)


def test_a_document_tells_what_is_gone_apart_from_what_nobody_knows() -> None:
    items = [item(f"https://{name}.example.net/") for name in ("fine", "gone", "busy", "unasked")]
    answers = Said(fine=Heard(200), gone=Heard(404), busy=Heard(503))
    document = outside_links.told({"links": {"items": items}, "measured": ["links"]}, answers)
    assert document["measured"] == ["links", "outside_links"]
    told = document["outside_links"]
    assert [(one["href"], one["why"]) for one in told["broken"]] == [("https://gone.example.net/", "it answers 404")]
    assert [one["why"] for one in told["unsure"]] == ["it answers 503", "it was not asked"]


def test_a_rendered_page_whose_links_were_not_asked_says_nothing_of_them(tmp_path: Path) -> None:
    site = Site(config="render: {third-party: allow}")
    site.page("/", body='<a href="https://gone.invalid/">Mill</a>')
    (page,) = collected(site, tmp_path).lines(run_folder.PAGES)
    assert (page["config"]["outside_links"], "outside_links" in page["measured"]) == (False, False)


def test_where_this_machine_reaches_nobody_nothing_is_measured(tmp_path: Path) -> None:
    site = Site(config="render: {third-party: allow}\nlinks: {outside: check}")
    site.page("/", body='<a href="https://no-such-host-of-gonogo.org/">Mill</a>')
    (page,) = collected(site, tmp_path).lines(run_folder.PAGES)
    assert (page["config"]["outside_links"], "outside_links" in page["measured"]) == (True, False)
