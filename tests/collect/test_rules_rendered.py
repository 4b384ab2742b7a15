"""Rules of security, leaks, privacy, accessibility and AI on little sites: each planted fault, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder
from tests.collect.planted import Site, collected, found
from tests.collect.sites_consent import TRACK, choosing, promised
from tests.collect.sites_headers import policed, sent
from tests.collect.sites_pages import accessible, answers, pages, workshop
from tests.collect.sites_places import fixed_places, kept, one_page, twins

SITES = (
    pages,
    answers,
    policed,
    sent,
    accessible,
    workshop,
    promised,
    fixed_places,
    kept,
    one_page,
    twins,
    choosing,
)


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    every = set().union(*(one().policies for one in SITES))
    assert sorted(found(collected(site, tmp_path), every)) == sorted(site.planted)


def test_what_consent_brings_is_a_fact(tmp_path: Path) -> None:
    run = collected(choosing(), tmp_path)
    (home,) = (page for page in run.lines(run_folder.PAGES) if page["path"] == "/")
    assert home["consent"]["trackers"] == []
    assert [one["host"] for one in home["choices"]["given"]["trackers"]] == ["bat.bing.com"]
    assert [one["name"] for one in home["choices"]["given"]["kept"]] == ["_ga"]
    assert home["choices"]["refused"] == {"done": True, "trackers": [], "kept": []}


@pytest.mark.parametrize("way", ['{script: "tell(true)"}', "{cookie: choice=yes}"])
def test_consent_can_be_given_by_a_script_or_a_cookie(way: str, tmp_path: Path) -> None:
    site = Site(config=f"render: {{third-party: block}}\nconsent: {{give: {way}}}")
    told = f"function tell(yes) {{ if (yes) {{ {TRACK} }} }} tell(document.cookie.includes('choice=yes'))"
    site.page("/", body=f"<script>{told}</script>")
    (home,) = collected(site, tmp_path).lines(run_folder.PAGES)
    given = home["choices"]["given"]
    assert (given["done"], [one["host"] for one in given["trackers"]]) == (True, ["bat.bing.com"])
    assert (home["consent"]["trackers"], home["choices"]["refused"]) == ([], None)


BARE = '<!doctype html><html lang="en"><title>Bread</title>{}</html>'


def test_a_page_that_shows_others_in_frames_is_not_blank(tmp_path: Path) -> None:
    site = Site()
    site.page("/")
    site.page("/rye/")
    site.files["framed/index.html"] = BARE.format(
        '<frameset cols="30%,*"><frame src="/"><frame src="/rye/"></frameset>'
    )
    site.files["white/index.html"] = BARE.format("<body></body>")
    assert found(collected(site, tmp_path), {"render/not-blank"}) == {("render/not-blank", "/white/")}


BAR = "<div style='height: 56px; background: #036; border: 1px solid'></div>"
GRADIENT = "background: linear-gradient(#fff, #036)"
READ_OUT = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)"
COUNTS = "<img alt='' width=1 height=1 src='data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='>"
SAYS_LITTLE = {
    "/words/": ("<p>Rye, spelt and oats</p>", False),
    "/words-on-a-gradient/": (f"<body style='{GRADIENT}'><p>Rye, spelt and oats</p>", False),
    "/words-to-click/": ("<p onclick='this.remove()'>Rye, spelt and oats</p>", False),
    "/words-in-main/": ("<main><p>Rye, spelt and oats</p></main>", False),
    "/drawing/": ("<svg width=100 height=100><rect width=100 height=100 /></svg>", False),
    "/below/": (f"{BAR}<p style='margin-top: 200vh'>Rye, spelt and oats</p>", True),
    "/white-on-white/": (f"{BAR}<p style='color: #fff'>Rye, spelt and oats</p>", True),
    "/read-out/": (f"{BAR}<p style='{READ_OUT}'>Rye, spelt and oats</p>", True),
    "/nothing/": ("<table></table>", True),
    "/gradient/": (f"<body style='{GRADIENT}'>", True),
    "/gradient-that-counts/": (f"<body style='{GRADIENT}'>{COUNTS}", True),
    "/read-out-and-counts/": (f"<body style='{GRADIENT}'><p style='{READ_OUT}'>Rye, spelt and oats</p>{COUNTS}", True),
    "/read-out-and-a-dot/": (
        f"<p style='{READ_OUT}'>Rye</p><svg width=3 height=3 style='background: #000'></svg>",
        True,
    ),
    "/almost-white-on-white/": ("<p style='color: #fdfdfd'>Rye, spelt and oats</p>", True),
    "/header-and-footer/": (
        "<header><b>Bakery</b><nav>Home Shop</nav></header><div></div><footer>Bread</footer>",
        True,
    ),
    "/header-of-an-article/": ("<article><header><b>Bakery</b></header></article>", False),
    "/loading/": ("<p>Please wait</p><script>fetch('/api/bread')</script>", True),
    "/loading-for-ever/": ("<p>Loading...</p>", True),
    "/please-wait/": ("<h1>Bread</h1><p>Please wait</p>", True),
    "/speaks-of-loading/": ("<h1>Loading bread into the oven</h1>", False),
    "/spinner/": ("<p>Bread</p><svg class='page-spinner' width=40 height=40><circle r=20 /></svg>", True),
    "/turns/": (
        "<style>@keyframes t { to { rotate: 1turn } }</style><p style='animation: t 1s infinite'>Rye</p>",
        True,
    ),
    "/heading-named-app/": ("<h1 id=app>App</h1><p>Rye</p>", False),
    "/image-without-scripts/": ("<p>Rye</p><noscript><img src='' alt=''></noscript>", False),
    "/shell/": ("<div id=root><p>Rye</p></div>", True),
    "/wants-scripts/": ("<p>Rye</p><noscript>Allow scripts</noscript>", True),
    "/busy/": ("<p>Rye</p><div role=progressbar>1</div>", True),
    "/aria-busy/": ("<p>Rye</p><div aria-busy=true></div>", True),
    "/preloads-a-script/": ("<link rel=preload as=script href=/later.js><p>Rye</p>", True),
    "/empty-main-beside-words/": ("<div>The bakery of Bristol</div><main></main>", True),
    "/empty-main/": ("<header>The bakery of Bristol</header><main></main>", True),
}


@pytest.fixture(scope="module")
def says_little(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return `render` of each page."""
    site = Site()
    site.page("/", body="".join(f'<a href="{path}">{path}</a>' for path in SAYS_LITTLE))
    for path, (body, _) in SAYS_LITTLE.items():
        site.files[f"{path.strip('/')}/index.html"] = BARE.format(body)
    run = collected(site, tmp_path_factory.mktemp("says-little"))
    return {page["path"]: page["render"] for page in run.lines(run_folder.PAGES)}


@pytest.mark.parametrize("path", SAYS_LITTLE)
def test_a_page_of_few_words_is_blank_where_they_are_not_seen_or_more_is_owed(
    says_little: dict[str, dict[str, Any]], path: str
) -> None:
    assert says_little[path]["blank"] is SAYS_LITTLE[path][1]


@pytest.mark.parametrize("path", ["/", "/nothing/", "/loading/", "/loading-for-ever/"])
def test_no_picture_is_looked_at_where_it_does_not_decide(says_little: dict[str, dict[str, Any]], path: str) -> None:
    assert says_little[path]["screenshot_entropy"] is None


def test_a_short_page_that_its_answer_leads_away_from_may_be_blank(tmp_path: Path) -> None:
    site = Site(host="netlify")
    site.page("/", body="<a href='/soon/'>Soon</a>")
    site.files["soon/index.html"] = BARE.format("<p>Rye, spelt and oats</p>")
    site.files["_headers"] = "/soon/\n  Refresh: 3600; url=/\n"
    (page,) = (page for page in collected(site, tmp_path).lines(run_folder.PAGES) if page["path"] == "/soon/")
    assert page["render"]["blank"] is True


def test_the_entropy_of_a_tenth_of_the_screen_that_is_of_one_colour_is_about_half_a_bit(tmp_path: Path) -> None:
    site = Site()
    site.page("/")
    tenth = "<svg style='display: block; width: 100vw; height: 10vh; background: #036'></svg>"
    site.files["tenth/index.html"] = BARE.format(f"<body style='margin: 0'>{tenth}</body>")
    run = collected(site, tmp_path)
    (page,) = (page for page in run.lines(run_folder.PAGES) if page["path"] == "/tenth/")
    assert page["render"]["screenshot_entropy"] == pytest.approx(0.469, abs=0.02)


def test_a_cookie_that_comes_with_an_image_is_told_of_the_page_without_scripts_that_shows_it(tmp_path: Path) -> None:
    site = Site(host="netlify")
    site.page("/", body="<img src='/bread.svg' alt='A loaf of bread' width=10 height=10>")
    site.files["bread.svg"] = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>"
    site.files["_headers"] = "/bread.svg\n  Set-Cookie: loaf=rye\n"
    (page,) = collected(site, tmp_path).lines(run_folder.PAGES)
    assert [one["name"] for one in page["cookies"]] == ["loaf"]
