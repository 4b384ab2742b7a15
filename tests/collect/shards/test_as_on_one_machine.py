"""What several machines measure and one puts together is what one machine says, byte for byte, times aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.collect.reuse.edited import SITE, WORDS, a_project, page
from tests.collect.shards.divided import Divided, documents

EXAMPLES = Path(__file__).parents[3] / "examples"
CONFIG = f"""
site: {SITE}
host: netlify
render: {{third-party: block, time-limit: 60s, coverage: [/rolls/]}}
exclude: [{{page: "/draft/*", why: it is a draft, owner: marketing, until: 2027-01-01}}]
key_pages: [/bread/]
"""


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Divided:
    """A site with links, twins, redirects, what is missing, what a function answers, and a page that leads away."""
    folder = tmp_path_factory.mktemp("divided")
    project = a_project(folder)
    project.write("twin/index.html", page("Cakes", f"<p>{WORDS}</p>"))
    project.write("draft/one/index.html", page("Draft"))
    project.write("moved/index.html", '<meta http-equiv="refresh" content="0; url=/about/">')
    project.write("asks/index.html", page("Asks", '<script>fetch("/.netlify/functions/price")</script>'))
    project.write("away/index.html", page("Away", '<script>location.href = "/about/"</script>'))
    project.write(
        "links/index.html", page("Links", '<a href="/away/#x">A</a><a href="/moved/">B</a><a href="/no/">C</a>')
    )
    project.write("app/worker.css", "h1 { color: red }    /* nobody loads this */")
    return Divided(folder, project.build, CONFIG)


@pytest.fixture(scope="module")
def whole(divided: Divided) -> dict[str, Any]:
    """What one machine says of it."""
    return documents(divided.whole())


@pytest.mark.parametrize("shards", [2, 3])
def test_a_site_is_the_same_whether_one_machine_measured_it_or_several(
    divided: Divided, whole: dict[str, Any], shards: int
) -> None:
    merged = documents(divided.merge(divided.shards(shards)))
    assert merged == whole
    assert len(whole["pages"]) == 11
    assert b"away" in whole["ledger"]


def test_an_example_with_many_faults_is_the_same(tmp_path: Path) -> None:
    site = "site: https://www.hearthandcrumb.example\nrender: {third-party: block}\n"
    divided = Divided(tmp_path, EXAMPLES / "bakery-broken", site)
    assert documents(divided.merge(divided.shards(2))) == documents(divided.whole())


def test_without_a_browser_it_is_the_same(tmp_path: Path) -> None:
    divided = Divided(tmp_path, EXAMPLES / "bakery", "site: https://www.hearthandcrumb.example\n", render=False)
    assert documents(divided.merge(divided.shards(3))) == documents(divided.whole())


def test_there_may_be_more_shards_than_pages(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "index.html").write_text(page("Alone"), encoding="utf-8")
    divided = Divided(tmp_path, tmp_path / "build", f"site: {SITE}\n", render=False)
    assert documents(divided.merge(divided.shards(3))) == documents(divided.whole())
