"""What pages are worth, through the installed command: a site that loses addresses and a page that people search."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.collect.web.preview_server import Sent, of_pages, serving
from tests.trust.project import Project

CONFIG = """\
site: https://www.example.com
preview: dist
host: netlify
worth:
  search: {file: gonogo/data/search.csv, days: 30}
  analytics: {file: gonogo/data/landing.csv}
field: {file: gonogo/data/field.csv}
uptime: {file: gonogo/data/uptime.csv, days: 30}
policies: {use: [recommended, targets]}
known_by:
  - {kind: backlinks, file: gonogo/data/links.csv}
moved_from: [https://old.example.net]
expect:
  - {page: /over/, status: 410, why: the sale is over, owner: marketing, until: 2999-01-01}
"""
REDIRECTS = """\
https://old.example.net/prices/ https://www.example.com/ 301!
https://old.example.net/* https://www.example.com/:splat 301!
/was-a /a/ 301
/sent-home / 301
/broken /nowhere/ 301
/round-1 /round-2 301
/round-2 /round-1 301
/over/ /gone.html 410
"""
SEARCH = """\
Top pages,Clicks,Impressions,CTR,Position
https://www.example.com/a/,"1,120",20000,5%,3.4
http://example.com/was-a,100,1000,10%,5.4
https://www.example.com/missing/,20,200,10%,3
https://www.example.com/over/,50,200,10%,3
https://www.example.com/sent-home,7,200,10%,3
https://www.example.com/broken,3,200,10%,3
https://www.example.com/round-1,2,200,10%,3
https://old.example.net/prices/,9,200,10%,3
"""
LANDING = """\
# Start date: 20261001
# End date: 20261030
Landing page,Session default channel group,Sessions,Key events
,,500,31,Grand total
/a/,Organic Search,200,21
/missing/,Direct,200,10
"""
FIELD = "page,device,lcp,inp,cls,samples\n/a/,phone,3900,350,0.3,5200\n"
UPTIME = """\
URL;Name;Uptime;Longest outage
https://www.example.com/a/;<b>Shop</b> | [x](//e.test);99,5 %;1h 5m
https://www.example.com/;Home;100 %;
https://other.example/;Other;12 %;
"""
LINKS = "Target URL,Backlinks\nhttps://www.example.com/=HYPERLINK(1),3\n/a/,4\n"
PAGE = """\
<!doctype html><html lang="en"><head><title>Bread of the house</title>{robots}<meta name="viewport"
content="width=device-width"></head><body><main><h1>Bread</h1><a href="/a/">a</a></main></body></html>
"""


@dataclass(frozen=True)
class Done:
    code: int
    screen: str
    folder: Path

    def read(self, name: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.folder / name).read_text())
        return document

    def lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]

    def page(self, path: str) -> dict[str, Any]:
        return next(one for one in self.lines("pages.jsonl") if one["path"] == path)


@pytest.fixture(scope="module")
def done(gonogo: Path, tmp_path_factory: pytest.TempPathFactory) -> Done:
    here = tmp_path_factory.mktemp("worth")
    files = {
        "gonogo.yaml": CONFIG,
        "dist/_redirects": REDIRECTS,
        "dist/index.html": PAGE.format(robots=""),
        "dist/gone.html": PAGE.format(robots=""),
        "dist/a/index.html": PAGE.format(robots='<meta name="robots" content="noindex">'),
        "gonogo/data/search.csv": SEARCH,
        "gonogo/data/landing.csv": LANDING,
        "gonogo/data/links.csv": LINKS,
        "gonogo/data/field.csv": FIELD,
        "gonogo/data/uptime.csv": UPTIME,
    }
    for name, text in files.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text)
    ran = subprocess.run([gonogo, "check", "--no-render"], cwd=here, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr
    return Done(ran.returncode, ran.stdout, here / "gonogo-run")


def test_the_verdict_says_what_is_at_risk_and_counts_each_page_once(done: Done) -> None:
    on_a = [one for one in done.lines("findings.jsonl") if one.get("page") == "/a/" and one["blocking"]]
    assert len(on_a) > 1
    assert "1,245 clicks and 31 conversions a month at risk, on 4 addresses." in done.read("verdict.json")["reasons"]
    assert "1,245 clicks and 31 conversions a month at risk" in done.screen


def test_a_page_is_worth_what_all_addresses_that_lead_to_it_are(done: Done) -> None:
    page = done.page("/a/")
    assert page["traffic"] == {"clicks": 1220, "impressions": 21000, "position": 3.5}
    assert page["visits"]["channels"] == [{"channel": "Organic Search", "sessions": 200, "conversions": 21.0}]
    assert {"traffic", "visits"} <= set(page["measured"])


def test_a_policy_can_require_something_of_pages_that_are_worth_much(done: Done) -> None:
    found = [one for one in done.lines("findings.jsonl") if one["policy"] == "crawl/valued-page-closed"]
    assert [(one["page"], one["worth"]) for one in found] == [("/a/", {"clicks": 1220, "conversions": 21.0})]


def test_known_addresses_that_would_stop_answering_are_told_worth_most_first(done: Done) -> None:
    lost = done.read("site.json")["known_addresses"]["lost"]
    assert [(one["url"].removeprefix("https://www.example.com"), one["why"]) for one in lost] == [
        ("/missing/", "not_found"),
        ("/broken", "redirect_broken"),
        ("/round-1", "loop"),
        ("/=HYPERLINK(1)", "not_found"),
    ]
    found = [one for one in done.lines("findings.jsonl") if one["policy"] == "links/known-address-lost"]
    assert len(found) == 4


def test_an_address_that_is_gone_on_purpose_is_not_lost(done: Done) -> None:
    assert "/over/" not in json.dumps(done.read("site.json")["known_addresses"]["lost"])


def test_a_known_address_that_is_sent_to_the_home_page_is_told(done: Done) -> None:
    [one] = done.read("site.json")["known_addresses"]["to_home"]
    assert (one["url"], one["clicks"]) == ("https://www.example.com/sent-home", 7)
    assert len([one for one in done.lines("findings.jsonl") if one["policy"] == "links/known-address-to-home"]) == 1


def test_an_old_origin_is_followed_by_the_rules_of_the_host(done: Done) -> None:
    [moved] = done.read("site.json")["moved_from"]
    assert (moved["origin"], moved["asked"], moved["not_shown"]) == ("https://old.example.net", 2, 0)
    assert [(one["url"], one["why"]) for one in moved["wrong"]] == [("https://old.example.net/prices/", "to_home")]
    assert len([one for one in done.lines("findings.jsonl") if one["policy"] == "site/moved-from"]) == 1


def test_vitals_of_real_visitors_are_judged_and_shown(done: Done) -> None:
    found = {
        one["policy"]: one["page"] for one in done.lines("findings.jsonl") if one["policy"].startswith("perf/field")
    }
    assert found == {"perf/field-lcp": "/a/", "perf/field-inp": "/a/", "perf/field-cls": "/a/"}
    assert "/a/ (phone) of 5,200 visits: LCP 3,900 ms, INP 350 ms, CLS 0.30" in done.screen
    assert "LCP 3,900 ms" in (done.folder / "summary.md").read_text()


def test_uptime_is_judged_and_shown_beside_the_vitals_escaped_for_each_medium(done: Done) -> None:
    site = done.read("site.json")
    assert (site["uptime"]["share"], site["uptime"]["monitors_total"], "uptime" in site["measured"]) == (
        0.9975,
        2,
        True,
    )
    assert [one["value"] for one in done.lines("findings.jsonl") if one["policy"] == "target/uptime"] == [0.9975]
    for text in (done.screen, *((done.folder / name).read_text() for name in ("summary.md", "report.html"))):
        assert "Up 99.75 % of 30 days, by 2 monitors; longest outage 1 h 5 min" in text
    assert "<b>Shop</b>" in done.screen
    assert "&lt;b&gt;Shop&lt;/b&gt; | [x](//e.test)" in (done.folder / "report.html").read_text()
    assert r"&lt;b&gt;Shop&lt;/b&gt; &#124; \[x\](//e.test)" in (done.folder / "summary.md").read_text()


def test_every_known_address_stands_in_the_coverage_ledger(done: Done) -> None:
    known = {one["path"] for one in done.lines("coverage.jsonl") if "known" in one["found_in"]}
    assert known == {"/=HYPERLINK(1)", "/a/", "/broken", "/missing/", "/over/", "/round-1", "/sent-home", "/was-a"}


def test_the_verdict_is_reached_again_offline(done: Done, gonogo: Path) -> None:
    before = done.read("verdict.json")
    subprocess.run([gonogo, "judge", done.folder], cwd=done.folder.parent, capture_output=True, check=False)
    assert done.read("verdict.json") == before


def test_an_export_that_is_wrong_is_exit_2_with_file_and_line(gonogo: Path, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text(PAGE)
    (tmp_path / "s.csv").write_text("Page,Clicks\n/a/,1\n/b/,=cmd|' /C calc'!A0\n")
    (tmp_path / "gonogo.yaml").write_text(
        "site: https://www.example.com\nhost: plain\nworth: {search: {file: s.csv, days: 28}}\n"
    )
    ran = subprocess.run(
        [gonogo, "check", "dist", "--no-render"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("gonogo: s.csv:3: `=cmd|' /C calc'!A0` is no number")


def test_a_change_can_not_make_a_page_worth_nothing(gonogo: Path, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.git("init", "--quiet", "--initial-branch=main")
    base = project.commit(
        {
            "gonogo.yaml": CONFIG,
            "gonogo/data/search.csv": SEARCH,
            "gonogo/data/landing.csv": LANDING,
            "gonogo/data/links.csv": LINKS,
            "gonogo/data/field.csv": FIELD,
            "gonogo/data/uptime.csv": UPTIME,
        }
    )
    project.commit({"gonogo/data/search.csv": "Page,Clicks\n/a/,0\n", "dist/_redirects": REDIRECTS})
    project.write({f"dist/{name}index.html": PAGE.format(robots="") for name in ("", "a/")})
    ran = subprocess.run(
        [gonogo, "check", "--no-render", "--trust-ref", base], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    done = Done(ran.returncode, ran.stdout, tmp_path / "gonogo-run")
    assert done.page("/a/")["traffic"]["clicks"] == 1220, ran.stderr
    assert done.read("verdict.json")["weakenings"] == []


def test_a_preview_that_is_a_url_is_asked_for_known_addresses_within_its_limits(gonogo: Path, tmp_path: Path) -> None:
    rows = "".join(f"/p{number}/,{100 - number}\n" for number in range(8))
    (tmp_path / "s.csv").write_text(f"Page,Clicks\n/lost/,900\n/was-a,800\n{rows}")
    (tmp_path / "gonogo.yaml").write_text(
        "site: https://www.example.com\nlimits: {pages: 5}\nworth: {search: {file: s.csv, days: 30}}\n"
    )
    pages = {
        "/": PAGE.format(robots=""),
        "/a/": PAGE.format(robots=""),
        "/was-a": Sent(b"", 301, {"location": "/a/"}),
    }
    with serving(of_pages(pages)) as preview:
        ran = subprocess.run(
            [gonogo, "check", preview.origin, "--no-render"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
    done = Done(ran.returncode, ran.stdout, tmp_path / "gonogo-run")
    known = done.read("site.json")["known_addresses"]
    assert done.page("/a/")["traffic"]["clicks"] == 800, ran.stderr
    assert [one["url"] for one in known["lost"]][:2] == ["https://www.example.com/lost/", "https://www.example.com/p0/"]
    assert (known["total"], known["not_shown"]) == (10, 5)
    assert "/p7/" not in preview.targets
    left_out = {one["path"] for one in done.lines("coverage.jsonl") if one["state"] == "excluded"}
    assert {"/p3/", "/p7/"} <= left_out
