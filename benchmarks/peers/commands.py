"""How each tool is called.

In: a `Task`. Out: a command. A tool runs as its own documentation says, over the same pages, with its defaults, but:
one run a page, no sandbox (as root it can't be had), no address but loopback, and as many pages at once as there are
cores where a tool can be told so.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.peers.install import chromium

if TYPE_CHECKING:
    from benchmarks.peers.install import Home
    from benchmarks.peers.served import Site

_BROWSER: Final = [
    "--no-sandbox",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
"""No name is looked up: what a page names elsewhere fails at once, for each tool alike."""


@dataclass(frozen=True, slots=True)
class Task:
    """One run to be made."""

    home: Home
    site: Site
    server: str
    folder: Path
    """Where the tool runs; a warm run is given the folder of the run before it."""
    warm: bool
    production: str
    """The address that the site will have."""

    @property
    def urls(self) -> list[str]:
        """The pages on the local server."""
        return [f"{self.server}/{page}" for page in self.site.pages]


def gonogo(task: Task, *more: str) -> list[str]:
    """Read the folder, and serve it itself."""
    cache = ["--cache", str(task.folder / "cache")] if task.warm else ["--no-cache"]
    command = [str(Path(sys.executable).parent / "gonogo"), "check", str(task.site.root), "--site", task.production]
    return [*command, "--run", str(task.folder / "run"), *cache, *more]


def gonogo_links(task: Task) -> list[str]:
    """Read the folder."""
    return gonogo(task, "--no-render")


def lighthouse_ci(task: Task) -> list[str]:
    """Open the named addresses, one after the other."""
    settings = {"chromeFlags": " ".join([*(_BROWSER[:2]), f'"{_BROWSER[2]}"', "--headless=new"])}
    collect = {"url": task.urls, "numberOfRuns": 1, "chromePath": chromium(), "settings": settings}
    config = _written(task, "lighthouserc.json", json.dumps({"ci": {"collect": collect}}))
    return [*task.home.script("lighthouse-ci", "@lhci/cli/src/cli.js"), "collect", f"--config={config}"]


def unlighthouse(task: Task) -> list[str]:
    """Open the named addresses, as many at once as it chooses by the cores; its command for CI knows no cache."""
    scanner = {"samples": 1, "dynamicSampling": False, "crawler": False, "sitemap": False, "robotsTxt": False}
    config = {
        "site": task.server,
        "urls": [f"/{page}" for page in task.site.pages],
        "puppeteerOptions": {"executablePath": chromium(), "args": _BROWSER},
        "chrome": {"useSystem": False, "useDownloadFallback": False},
        "scanner": scanner,
        "outputPath": "out",
    }
    _written(task, "unlighthouse.config.mjs", f"export default {json.dumps(config)}")
    return task.home.script("unlighthouse", "@unlighthouse/cli/bin/unlighthouse-ci.mjs")


def pa11y_ci(task: Task) -> list[str]:
    """Open the named addresses."""
    launch = {"executablePath": chromium(), "args": _BROWSER}
    defaults = {
        "chromeLaunchConfig": launch,
        "concurrency": os.cpu_count() or 1,
        "timeout": 60_000,
        "useIncognitoBrowserContext": False,
    }
    config = _written(task, "pa11yci.json", json.dumps({"defaults": defaults, "urls": task.urls}))
    return [*task.home.script("pa11y-ci", "pa11y-ci/bin/pa11y-ci.js"), "--json", "--config", config]


def sitespeed(task: Task) -> list[str]:
    """Open the named addresses, one after the other, once each; no film of it, which needs more programs."""
    looks = ["-n", "1", "--browser", "chrome", "--headless", "--video", "false", "--visualMetrics", "false"]
    programs = {"binaryPath": chromium(), "chromedriverPath": str(task.home.debian / "usr/bin/chromedriver")}
    chrome = [f"--browsertime.chrome.{name}={value}" for name, value in programs.items()]
    chrome += [f"--browsertime.chrome.args={each.removeprefix('--')}" for each in _BROWSER]
    kept = ["--plugins.add", "analysisstorer", "--outputFolder", "out"]
    command = task.home.script("sitespeed.io", "sitespeed.io/bin/sitespeed.js")
    return [*command, _written(task, "urls.txt", "\n".join(task.urls)), *looks, *chrome, *kept]


def lychee(task: Task) -> list[str]:
    """Read the folder."""
    looks = ["--offline", "--no-progress", "--format", "json", "--verbose", "--include-fragments=anchor-only"]
    served = ["--root-dir", str(task.site.root), "--index-files", "index.html,."]
    return [task.home.lychee, *looks, *served, *(["--cache"] if task.warm else []), str(task.site.root)]


def linkinator(task: Task) -> list[str]:
    """Ask the local server."""
    command = task.home.script("linkinator", "linkinator/build/src/cli.js")
    others = r"^https?://(?!127\.0\.0\.1)"
    return [*command, *task.urls, "--format", "json", "--verbosity", "debug", "--check-fragments", "--skip", others]


def hyperlink(task: Task) -> list[str]:
    """Read the named files of the folder."""
    command = task.home.script("hyperlink", "hyperlink/lib/cli.js")
    return [
        *command,
        "--internal",
        "--root",
        str(task.site.root),
        *(str(task.site.root / page) for page in task.site.pages),
    ]


def html_proofer(task: Task) -> list[str]:
    """Read the folder."""
    paths = [f"{name}={value}" for name, value in task.home.ruby_paths.items()]
    looks = ["--disable-external", "--assume-extension", "--check-html", "--check-favicon", "--check-opengraph"]
    return ["env", *paths, "ruby", str(task.home.debian / "usr/bin/htmlproofer"), *looks, str(task.site.root)]


def _written(task: Task, name: str, text: str) -> str:
    (task.folder / name).write_text(text, encoding="utf-8")
    return name
