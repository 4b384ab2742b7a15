"""The build that is live is measured once: its pages are kept, and a preview takes over those that it has unchanged."""

from __future__ import annotations

from pathlib import Path

from checks import run_folder, settings
from checks.against import bringing
from checks.collect import browser
from checks.collect.reuse.opening import Asked
from checks.run_folder import RunFolder
from tests.collect.reuse.edited import DAY, SITE, Project, a_project


def brought(project: Project, live: Path, name: str, cache: Asked) -> dict[str, int]:
    """Bring a baseline into a run folder, and return what of it was reused."""
    text = "\n".join(f"{key}: {value}" for key, value in project.config.items())
    said = {"site": SITE, "host": "netlify", "baseline": str(live)}
    chosen = settings.from_bytes(text.encode(), "gonogo.yaml", said, DAY)
    run = RunFolder(project.folder / name)
    run.clear()
    found = bringing.bring(chosen, run, bringing.Means(browser.find(), lambda *_: None, cache))
    assert found.is_read, found.about
    reuse: dict[str, int] = run.baseline.read(run_folder.RUN)["reuse"]
    return {key: reuse[key] for key in ("reused", "measured")}


def test_what_a_release_leaves_as_it_is_is_measured_once_for_both_sides(tmp_path: Path) -> None:
    project, cache = a_project(tmp_path), Asked(tmp_path / "cache")
    live = tmp_path / "live"
    project.build.rename(live)
    assert brought(project, live, "first", cache) == {"reused": 0, "measured": 6}
    a_project(tmp_path).replace("cakes/index.html", "</main>", "<p>Fresh.</p></main>")
    preview = project.collect("preview", cache, browser.find())["reuse"]
    assert (preview["reused"], preview["measured"]) == (5, 1)
    assert brought(project, live, "second", cache) == {"reused": 6, "measured": 0}
