"""One page of each template on two screens, and read to its end: each planted fault, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks import run_folder
from tests.collect.planted import WORDS, Site, collected, found

PHONE_ONLY = "if (innerWidth < 600) {{ {} }}"
MENU = "<nav{}><a href='/'>Home</a> <a href='/privacy/'>Privacy</a></nav>"


def shaped(tags: str, inside: str) -> str:
    """Return elements of these names within one another, so that the page is of a template of its own."""
    names = tags.split()
    return "".join(f"<{name}>" for name in names) + inside + "".join(f"</{name}>" for name in reversed(names))


def script(code: str) -> str:
    """Return a script element."""
    return f"<script>{code}</script>"


def of_text() -> Site:
    """Return a page that gives a phone less text, and one whose text comes with scrolling."""
    site = Site()
    site.page("/")
    less = PHONE_ONLY.format("document.querySelector('#more').remove()")
    body = shaped("section article section", f"<p id='more'>{WORDS * 4}</p>")
    site.page("/less/", "seo/mobile-parity", body=body + script(less))
    fill = f"document.querySelector('table').textContent = '{WORDS * 6}'"
    late = f"addEventListener('scroll', () => {{ {fill} }}, {{once: true}})"
    tall = "<p style='height: 2000px'>Bread</p>"
    site.page("/late/", "render/content-needs-interaction", body=shaped("div div table", "") + tall + script(late))
    return site


def of_signs() -> Site:
    """Return a page that tells a phone something else, and one whose menu is for phones alone."""
    site = Site()
    site.page("/", body=MENU.format(""))
    told = PHONE_ONLY.format("document.title = 'Mobile'")
    site.page("/told/", "seo/mobile-parity--metadata", body=shaped("section article section", "Rye") + script(told))
    hidden = "<style>@media (min-width: 900px) { .menu { display: none } }</style>"
    body = shaped("div div ol div section article table", "Rye") + MENU.format(" class='menu'")
    site.page("/menu/", "render/desktop-navigation", head=hidden, body=body)
    return site


def of_languages() -> Site:
    """Return a site whose home page sends visitors to the version in their language."""
    site = Site()
    away = "if (!navigator.language.startsWith('en')) location.replace('/world/')"
    site.page("/", "i18n/no-locale-redirect--script", body=script(away))
    offered = "if (navigator.language.startsWith('ja')) document.querySelector('p').append('Also in your language')"
    site.page("/world/", body=shaped("section article section", "Rye") + script(offered))
    return site


RULES = {*of_text().policies, *of_signs().policies, *of_languages().policies}


@pytest.mark.parametrize("make", [of_text, of_signs, of_languages])
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    assert found(collected(site, tmp_path), RULES) == site.planted


def test_of_each_of_the_largest_templates_the_first_page_is_looked_at(tmp_path: Path) -> None:
    site = Site()
    for path in ("/", "/a/", "/b/"):
        site.page(path)
    for path in ("/c/", "/d/"):
        site.page(path, body=shaped("section article section table", "") + shaped("div ol", ""))
    pages = collected(site, tmp_path).lines(run_folder.PAGES)
    looked = {page["path"]: page["config"]["stands_for_template"] for page in pages if "parity" in page["measured"]}
    assert looked == {"/": True, "/c/": True}


def test_a_page_that_leads_a_visitor_from_abroad_away_is_read_by_one_from_here(tmp_path: Path) -> None:
    pages = {page["path"]: page for page in collected(of_languages(), tmp_path).lines(run_folder.PAGES)}
    home = pages["/"]
    assert home["read_abroad"]["final_url"].endswith("/world/")
    assert home["read_on"]["words"] == home["text"]["words"]
