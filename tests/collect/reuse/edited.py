"""A site that is edited, collected and judged again, with a cache and without.

In: edits. Out: everything that a run says of it, timings and what was reused left out.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from checks import gate, json_bytes, run_folder, settings
from checks.cache.store import Store
from checks.collect import stage
from checks.collect.browser import Browser
from checks.collect.reuse.nothing import Nothing
from checks.collect.reuse.opening import Asked, store_of
from checks.gate.ruling import keep
from checks.judge import policies, reads
from checks.judge.policy import Policy
from checks.run_folder import RunFolder
from checks.trust.rules import Rules, Trust
from tests.collect.planted import noise

SITE = "https://www.example.com"
DAY = dt.date(2026, 11, 1)
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 3


def page(title: str, body: str = "", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/site.css">{head}</head>'
        f'<body><main><h1>{title}</h1><p>{WORDS}</p><a href="/">Home</a> <a href="/old">Old</a>'
        f"{body}</main></body></html>"
    )


@dataclass
class Project:
    """A site that is edited: its build, its settings."""

    folder: Path
    config: dict[str, str] = field(default_factory=lambda: {"render": "{third-party: block, time-limit: 60s}"})
    day: dt.date = DAY

    @property
    def build(self) -> Path:
        return self.folder / "build"

    def write(self, name: str, content: str | bytes) -> None:
        file = self.build / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        return (self.build / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        assert old in self.read(name), f"an edit of {name} that changes nothing proves nothing"
        self.write(name, self.read(name).replace(old, new))

    def collect(self, name: str, asked: Asked, found: Browser) -> dict[str, Any]:
        """Collect the facts; return all that is said, timings and what was reused left out."""
        text = "\n".join(f"{key}: {value}" for key, value in self.config.items())
        chosen = settings.from_bytes(text.encode(), "gonogo.yaml", {"site": SITE, "host": "netlify"}, self.day)
        run = RunFolder(self.folder / name)
        run.clear()
        collected = stage.collect(chosen, self.build, run, found, lambda *_: None, stage.Beside(cache=asked))
        verdict = _judged(run, chosen, collected, store_of(asked, chosen, found))
        return {
            "findings": list(run.raw_lines(run_folder.FINDINGS)),
            "verdict": {name: said for name, said in verdict.items() if name not in {"reuse", "notes"}},
            "pages": [_without(one, "vitals") for one in run.lines(run_folder.PAGES)],
            "coverage": [_without(one, "reused") for one in run.lines(run_folder.COVERAGE)],
            "site": {**run.read(run_folder.SITE), "budgets": None},  # how much pages shift is chance
            "reuse": collected.reuse,
            "earlier": [one["reused"]["measured"] for one in run.lines(run_folder.COVERAGE) if "reused" in one],
        }


@cache
def _policies() -> tuple[Policy, ...]:
    """Return the shipped policies but for those that times decide, which are chance."""
    return tuple(one for one in policies.load((), ("recommended",), {}) if "vitals" not in _read_by(one))


def _read_by(policy: Policy) -> frozenset[str]:
    return reads.groups(policy.schema, policy.definitions) | reads.groups(policy.applies_to, policy.definitions)


def _judged(run: RunFolder, chosen: settings.Settings, collected: stage.Collected, kept: Store | Nothing) -> Any:
    """Judge what was collected, by the shipped policies; what was judged before is not judged again."""
    trust = Trust("working-tree", None, None, "The rules of the working tree decide.")
    about = {name: getattr(collected, name) for name in ("origin_known", "build_digest", "reuse")}
    rest = {"site": collected.origin, "settings": chosen.to_document(), "started": f"{DAY}T08:00:00+00:00", "notes": []}
    run.write(run_folder.RUN, {**about, **rest, "browser": "a browser"})
    keep(run, gate.Ruling(Rules(chosen, _policies(), {}, trust)))
    try:
        return gate.judge(run, advisory=False, store=None if isinstance(kept, Nothing) else kept)
    finally:
        if not isinstance(kept, Nothing):
            kept.close()


def _without(document: dict[str, Any], name: str) -> str:
    return json_bytes.encode({key: value for key, value in document.items() if key != name}).decode()


def a_project(folder: Path) -> Project:
    project = Project(folder)
    project.write("index.html", page("Bread", '<img src="/one.png" width="60" height="60" alt="A loaf">'))
    project.write("cakes/index.html", page("Cakes", '<img src="/two.png" alt=""><img src="/missing.png" alt="">'))
    project.write("rolls/index.html", page("Rolls", head='<script src="/app.js" defer></script>'))
    project.write("visit/index.html", page("Visit", "<script>document.title += '!'</script>"))
    project.write("privacy/index.html", page("Privacy"))
    project.write("about/index.html", page("About", '<a href="/cakes/#top">Cakes</a>'))
    project.write("site.css", 'h1 { color: #333; background: url("/back.png"); }')
    project.write("app.js", "fetch('/data.json').then((one) => one.text()).then((text) => document.body.append(text));")
    project.write("data.json", '{"rolls": 6}')
    for number, name in enumerate(("one", "two", "back")):
        project.write(f"{name}.png", noise(40, random.Random(number)))  # noqa: S311 - a fixed picture
    project.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {SITE}/sitemap.xml\n")
    project.write("_headers", "/*\n  X-Frame-Options: DENY\n")
    project.write("_redirects", "/old /about/ 301\n")
    return project
