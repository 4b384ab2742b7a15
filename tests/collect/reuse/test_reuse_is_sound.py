"""The proof: whatever is changed in a site, a run that reuses says what a run that measures everything says."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Callable
from pathlib import Path

from checks.collect import browser
from checks.collect.reuse.opening import Asked
from tests.collect.planted import noise
from tests.collect.reuse.edited import Project, a_project, page

SEED = 2026
Edit = Callable[[Project, random.Random], None]
PAGES = ("index.html", "cakes/index.html", "rolls/index.html", "visit/index.html", "privacy/index.html")


def a_page(project: Project, chance: random.Random) -> None:
    project.replace(chance.choice(PAGES), "</main>", f"<p>Fresh at {chance.random()}.</p></main>")


def a_style(project: Project, chance: random.Random) -> None:
    project.write("site.css", f"{project.read('site.css')} p {{ font-size: {chance.randrange(6, 30)}px; }}")


def a_script(project: Project, chance: random.Random) -> None:
    project.write("app.js", f"{project.read('app.js')} document.title = 'Rolls {chance.random()}';")


def what_a_script_fetches(project: Project, chance: random.Random) -> None:
    project.write("data.json", f'{{"rolls": {chance.randrange(1000)}}}')


def an_image(project: Project, chance: random.Random) -> None:
    project.write(chance.choice(("one.png", "two.png", "back.png")), noise(chance.randrange(20, 90), chance))


def a_header_rule(project: Project, chance: random.Random) -> None:
    path = chance.choice(("/cakes/", "/site.css", "/*"))
    project.write(
        "_headers", f"{project.read('_headers')}{path}\n  X-Robots-Tag: noindex, max-snippet:{chance.random()}\n"
    )


def a_policy_that_blocks(project: Project, _chance: random.Random) -> None:
    project.write("_headers", f"{project.read('_headers')}/visit/\n  Content-Security-Policy: script-src 'none'\n")


def a_redirect(project: Project, chance: random.Random) -> None:
    project.write(
        "_redirects", f"/{chance.choice(('two.png', 'old', 'rolls/'))} /one.png 302!\n{project.read('_redirects')}"
    )


def the_robots_txt(project: Project, chance: random.Random) -> None:
    project.write("robots.txt", f"User-agent: *\nDisallow: /{chance.choice(('cakes', 'site.css', 'app.js'))}\n")


def a_file_that_was_missing(project: Project, chance: random.Random) -> None:
    project.write("missing.png", noise(30, chance))


def a_file_that_goes(project: Project, chance: random.Random) -> None:
    (project.build / chance.choice(("two.png", "data.json"))).unlink(missing_ok=True)


def a_new_page(project: Project, chance: random.Random) -> None:
    project.write(f"news-{chance.randrange(1000)}/index.html", page("News"))


def a_page_that_goes(project: Project, _chance: random.Random) -> None:
    (project.build / "about" / "index.html").unlink(missing_ok=True)


def a_renamed_asset(project: Project, chance: random.Random) -> None:
    name = f"back-{chance.randrange(10_000)}.png"
    project.write(name, (project.build / "back.png").read_bytes())
    project.replace(
        "site.css", 'h1 { color: #333; background: url("', f'h1 {{ color: #333; background: url("/{name}"), url("'
    )


def a_declaration(project: Project, _chance: random.Random) -> None:
    why = "why: it is a draft, owner: marketing, until: 2026-12-01"
    project.config["expect"] = f'[{{page: "/privacy/", noindex: true, {why}}}]'


def a_host_that_is_allowed(project: Project, chance: random.Random) -> None:
    project.config["allow"] = f"{{third-parties: [cdn-{chance.randrange(100)}.example.net]}}"


def a_type_of_page(project: Project, _chance: random.Random) -> None:
    project.config["page_types"] = "{product: [/cakes/]}"


def the_not_found_page(project: Project, chance: random.Random) -> None:
    project.write("404.html", page(f"Not found {chance.random()}"))


EDITS: tuple[Edit, ...] = (
    *(
        a_page,
        a_page,
        a_style,
        a_script,
        what_a_script_fetches,
        an_image,
        an_image,
        a_header_rule,
        a_policy_that_blocks,
    ),
    *(a_redirect, the_robots_txt, a_file_that_was_missing, a_file_that_goes, a_new_page, a_page_that_goes),
    *(a_renamed_asset, a_declaration, a_host_that_is_allowed, a_type_of_page, the_not_found_page),
)


def test_after_each_of_twenty_random_edits_a_warm_run_says_what_a_cold_one_says(tmp_path: Path) -> None:
    chance, found, project = random.Random(SEED), browser.find(), a_project(tmp_path)  # noqa: S311 - the same each time
    kept, off = Asked(tmp_path / "cache"), Asked(off=True)
    project.collect("warm", kept, found)
    reused = {}
    for edit in chance.sample(EDITS, k=len(EDITS)):
        edit(project, chance)
        warm, cold = project.collect("warm", kept, found), project.collect("cold", off, found)
        reused[edit.__name__] = warm.pop("reuse")["reused"]
        for run in (warm, cold):
            run.pop("reuse", None)
            run.pop("earlier")
        assert warm == cold, edit.__name__
    assert len(EDITS) == 20
    assert reused["a_page"] > 0
    assert reused["an_image"] > 0
    assert reused["a_host_that_is_allowed"] == 0
    assert sum(reused.values()) > 40, json.dumps(reused)


def test_a_run_over_an_unchanged_site_starts_no_browser(tmp_path: Path) -> None:
    real, started = browser.find(), tmp_path / "started"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\ntouch "{started}"\nexec "{real.path}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    found, project = dataclasses.replace(real, path=program), a_project(tmp_path)
    first = project.collect("run", Asked(tmp_path / "cache"), found)
    assert started.exists()
    started.unlink()
    second = project.collect("run", Asked(tmp_path / "cache"), found)
    assert not started.exists()
    assert second["reuse"] == {"reused": 6, "measured": 0, "why": []}
    assert second["pages"] == first["pages"]
