"""The tools that are compared: how each is called, how its pages are counted, and what it does not check.

In: a `Task`. Out: the command of each tool in `TOOLS`. A tool runs as its own documentation says, over the same pages,
with its defaults, but: one run a page, no sandbox (as root it can't be had), and as many pages at once as there are
cores where a tool can be told so.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.peers import counted
from benchmarks.peers.install import chromium

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.peers.install import Home
    from benchmarks.peers.served import Site

_SITE: Final = "https://docs.example.org"


@dataclass(frozen=True, slots=True)
class Task:
    """One run to be made."""

    home: Home
    site: Site
    server: str
    folder: Path
    """Where the tool runs; a warm run is given the folder of the run before it."""
    warm: bool

    @property
    def urls(self) -> list[str]:
        """The pages on the local server."""
        return [f"{self.server}/{page}" for page in self.site.pages]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool in one way of use."""

    name: str
    group: str
    """`render` or `links`: what it is compared with."""
    command: Callable[[Task], list[str]]
    count: Callable[[Path], int | None]
    codes: frozenset[int]
    """Exit codes of a run that did its work, whatever it found."""
    cache: bool
    """Whether its second run can be quicker than its first."""
    unchecked: str
    """What it does not look at that gonogo judges in the same way of use."""
    source: str
    """Where its documentation says what it does look at."""


def _gonogo(task: Task, *more: str) -> list[str]:
    cache = ["--cache", str(task.folder / "cache")] if task.warm else ["--no-cache"]
    command = str(Path(sys.executable).parent / "gonogo")
    return [command, "check", str(task.site.root), "--site", _SITE, "--run", str(task.folder / "run"), *cache, *more]


def _gonogo_links(task: Task) -> list[str]:
    return _gonogo(task, "--no-render")


def _lighthouse_ci(task: Task) -> list[str]:
    settings = {"chromeFlags": "--no-sandbox --headless=new"}
    collect = {"url": task.urls, "numberOfRuns": 1, "chromePath": chromium(), "settings": settings}
    config = _written(task, "lighthouserc.json", json.dumps({"ci": {"collect": collect}}))
    return [*task.home.script("lighthouse-ci", "@lhci/cli/src/cli.js"), "collect", f"--config={config}"]


def _unlighthouse(task: Task) -> list[str]:
    scanner = {"samples": 1, "dynamicSampling": False, "crawler": False, "sitemap": False, "robotsTxt": False}
    config = {
        "site": task.server,
        "urls": [f"/{page}" for page in task.site.pages],
        "puppeteerOptions": {"executablePath": chromium(), "args": ["--no-sandbox"]},
        "chrome": {"useSystem": False, "useDownloadFallback": False},
        "scanner": scanner,
        "cache": task.warm,
        "outputPath": "out",
    }
    _written(task, "unlighthouse.config.mjs", f"export default {json.dumps(config)}")
    return task.home.script("unlighthouse", "@unlighthouse/cli/bin/unlighthouse-ci.mjs")


def _pa11y_ci(task: Task) -> list[str]:
    launch = {"executablePath": chromium(), "args": ["--no-sandbox"]}
    defaults = {"chromeLaunchConfig": launch, "concurrency": os.cpu_count() or 1, "timeout": 60_000}
    config = _written(task, "pa11yci.json", json.dumps({"defaults": defaults, "urls": task.urls}))
    return [*task.home.script("pa11y-ci", "pa11y-ci/bin/pa11y-ci.js"), "--json", "--config", config]


def _lychee(task: Task) -> list[str]:
    looks = ["--offline", "--no-progress", "--format", "json", "--verbose", "--include-fragments=anchor-only"]
    served = ["--root-dir", str(task.site.root), "--index-files", "index.html,."]
    return [task.home.lychee, *looks, *served, *(["--cache"] if task.warm else []), str(task.site.root)]


def _linkinator(task: Task) -> list[str]:
    command = task.home.script("linkinator", "linkinator/build/src/cli.js")
    others = r"^https?://(?!127\.0\.0\.1)"
    return [*command, *task.urls, "--format", "json", "--verbosity", "debug", "--check-fragments", "--skip", others]


def _html_proofer(task: Task) -> list[str]:
    paths = [f"{name}={value}" for name, value in task.home.ruby_paths.items()]
    looks = ["--disable-external", "--assume-extension", "--check-html", "--check-favicon", "--check-opengraph"]
    return ["env", *paths, "ruby", str(task.home.debian / "usr/bin/htmlproofer"), *looks, str(task.site.root)]


def _written(task: Task, name: str, text: str) -> str:
    (task.folder / name).write_text(text, encoding="utf-8")
    return name


_LHCI: Final = "https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md"
TOOLS: Final = (
    Tool(
        name="gonogo",
        group="render",
        command=_gonogo,
        count=counted.gonogo,
        codes=frozenset({0, 1, 3}),
        cache=True,
        unchecked="Lighthouse's simulated timings (only with `--lighthouse`, on chosen pages); links to other sites",
        source="README.md",
    ),
    Tool(
        name="lighthouse-ci",
        group="render",
        command=_lighthouse_ci,
        count=counted.lighthouse_ci,
        codes=frozenset({0}),
        cache=False,
        unchecked="whether internal links lead somewhere; what spans pages (duplicates, orphans, sitemap, hreflang); "
        "headers and redirects as the host would send them",
        source=_LHCI,
    ),
    Tool(
        name="unlighthouse",
        group="render",
        command=_unlighthouse,
        count=counted.unlighthouse,
        codes=frozenset({0}),
        cache=True,
        unchecked="as Lighthouse CI: whether internal links lead somewhere, what spans pages, the host's headers",
        source="https://unlighthouse.dev/guide/getting-started/integrations",
    ),
    Tool(
        name="pa11y-ci",
        group="render",
        command=_pa11y_ci,
        count=counted.pa11y_ci,
        codes=frozenset({0, 2}),
        cache=False,
        unchecked="all but accessibility (WCAG 2 AA by HTML_CodeSniffer)",
        source="https://github.com/pa11y/pa11y-ci#readme",
    ),
    Tool(
        name="gonogo --no-render",
        group="links",
        command=_gonogo_links,
        count=counted.gonogo,
        codes=frozenset({0, 1, 3}),
        cache=True,
        unchecked="what only a browser knows, and says so (CANNOT TELL); links to other sites",
        source="README.md",
    ),
    Tool(
        name="lychee",
        group="links",
        command=_lychee,
        count=counted.lychee,
        codes=frozenset({0, 2}),
        cache=True,
        unchecked="all but links and fragments; offline here, so no links to other sites, which its cache is for",
        source="https://lychee.cli.rs/guides/cli/",
    ),
    Tool(
        name="linkinator",
        group="links",
        command=_linkinator,
        count=counted.linkinator,
        codes=frozenset({0, 1}),
        cache=False,
        unchecked="all but links and fragments; links to other sites are skipped here",
        source="https://github.com/JustinBeckwith/linkinator#readme",
    ),
    Tool(
        name="html-proofer",
        group="links",
        command=_html_proofer,
        count=counted.html_proofer,
        codes=frozenset({0, 1}),
        cache=False,
        unchecked="all but links, images (alt, missing files), scripts, icons, Open Graph, errors of the parser",
        source="https://github.com/gjtorikian/html-proofer/blob/v3.19.2/README.md",
    ),
)

LEFT_OUT: Final = {
    "sitespeed.io": "its packages could not all be got from npm: 42.7.0 needs a `@sitespeed.io/log` that is not there; "
    "40.5.0 was not installed after 150 s on a machine under load",
    "hyperlink (npm `@untitaker/hyperlink`)": "its package fetches the program from elsewhere while it is installed",
    "hyperlink (npm `hyperlink` 5.0.4)": "its install did not end within 500 s on a machine under load",
}
"""Tools that were tried and are not compared, and why."""
