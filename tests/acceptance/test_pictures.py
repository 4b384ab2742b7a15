"""`--screens`: pictures of pages with findings, as this build is and as what is live is, by the installed command."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

SITE = "https://www.example.com"
SECRET = "ghp_" + "Zq8Rt2Lm5Xw9Kc4Vb7Ny1Hd6Jf3Gs0Pa8Ue5"  # of the shape of a token, and nobody's


def page(title: str, body: str, *, name: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="canonical" href="{SITE}{name}">{head}</head>'
        f'<body><main><h1>{title}</h1><p>Bread, slowly baked.</p>{body}<a href="/">Home</a></main></body></html>'
    )


LINKS = "".join(f'<a href="/{name}/">{name}</a> ' for name in ("about", "keys", "cupboard", "old"))
SHOWN = f"<script>document.write('{SECRET}')</script>"
LOST = '<a href="/lost/">Lost</a>'
KEEPS = "<script>localStorage.seen = 1; sessionStorage.seen = 1; document.cookie = 'seen=1'</script>"
LIVE = {
    "index.html": page("Bread from Bristol", LINKS, name="/"),
    "about/index.html": page("About the bakery", "", name="/about/"),
    "keys/index.html": page("Keys to the bakery", SHOWN, name="/keys/"),
    "cupboard/index.html": page("Cupboards of old wood", "", name="/cupboard/"),
    "old/index.html": page("Old bread of ours", "", name="/old/"),
}
NOW = {
    "index.html": LIVE["index.html"],
    "about/index.html": page(
        "About the bakery", "<b>New</b>" + LOST + KEEPS, name="/about/", head='<meta name="robots" content="noindex">'
    ),
    "keys/index.html": page("Keys to the bakery", LOST, name="/keys/"),
    "cupboard/index.html": page("Cupboards of oak", SHOWN + LOST, name="/cupboard/"),
}


@pytest.fixture(scope="module")
def run(gonogo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("pictures")
    for folder, files in (("live", LIVE), ("dist", NOW)):
        for name, text in files.items():
            (here / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (here / folder / name).write_text(text)
    command = [str(gonogo), "check", "dist", "--site", SITE, "--baseline", "live", "--screens"]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1, done.stderr
    return here / "gonogo-run"


def pictures(run: Path, policy: str, path: str) -> dict[str, bytes]:
    """Return the pictures of a finding, by how their names go on after its fingerprint."""
    lines = [json.loads(line) for line in (run / "findings.jsonl").read_text().splitlines()]
    (found,) = (one for one in lines if (one["policy"], one.get("page")) == (policy, path))
    name = str(found["fingerprint"]).replace(":", "-")
    return {file.name.removeprefix(name): file.read_bytes() for file in (run / "screens").glob(f"{name}*")}


def reports(run: Path) -> str:
    return (run / "report.html").read_text()


def test_a_page_that_the_release_changes_is_shown_as_it_was_and_as_it_is(run: Path) -> None:
    found = pictures(run, "change/became-non-indexable", "/about/")
    assert sorted(found) == ["-before.png", ".png"]
    assert found["-before.png"] != found[".png"]


def test_a_page_that_is_gone_is_shown_as_it_was(run: Path) -> None:
    assert sorted(pictures(run, "change/url-removed", "/old/")) == ["-before.png"]


def test_an_element_is_outlined_where_its_page_shows_it(run: Path) -> None:
    found = pictures(run, "links/internal-broken", "/")
    assert sorted(found) == ["-outlined.png"]
    assert found["-outlined.png"].startswith(b"\x89PNG")


def test_a_page_that_keeps_something_of_the_first_picture_is_shown_in_the_second(run: Path) -> None:
    assert "-outlined.png" in pictures(run, "links/internal-broken", "/about/")


def test_there_is_no_picture_of_a_page_while_it_holds_a_secret(run: Path) -> None:
    assert "leak/secrets" in (run / "findings.jsonl").read_text()
    assert sorted(pictures(run, "links/internal-broken", "/cupboard/")) == ["-before.png"]
    assert sorted(pictures(run, "links/internal-broken", "/keys/")) == ["-outlined.png"]


@pytest.mark.parametrize(
    "caption", ["/about/ as rendered", "/about/ as it is live", "/ as rendered, the element outlined"]
)
def test_the_report_says_which_picture_is_which(run: Path, caption: str) -> None:
    assert f"<figcaption>{caption}</figcaption>" in reports(run)
