"""What only a browser can tell of a release: a little site in two versions, through the installed command.

Each page of it loses or gains one thing; `/same/` is built again with other names of its assets, and nothing else.
"""

from __future__ import annotations

import base64
import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

SITE = "https://www.example.com"
WORDS = "The bread is baked slowly, from flour, water and salt, in an oven that has burnt since early morning. " * 3
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TAG = '<script async src="https://www.googletagmanager.com/gtag/js?id=G-ABCDE12345"></script>'
OWN = "Content-Security-Policy: script-src 'self'; object-src 'none'; base-uri 'none'"
ANY = "Content-Security-Policy: script-src 'self' https:; object-src 'none'; base-uri 'none'"
FRAMES = "X-Frame-Options: DENY"

BEFORE = {
    "/heavy/": '<img src="/small.png" alt="A loaf" width="9" height="9">',
    "/scripts/": '<script src="/small.js"></script>',
    "/requests/": "",
    "/cookies/": "",
    "/parties/": "",
    "/console/": "",
    "/by-script/": f"<div id=text><p>{WORDS}</p></div>",
    "/counted/": TAG,
    "/guarded/": "",
    "/policy/": "",
    "/images/": "".join(f'<img src="/small.png?{one}" alt="Loaf {one}" width="9" height="9">' for one in range(6)),
    "/alts/": '<img src="/small.png" alt="A loaf" width="9" height="9">',
    "/same/": '<script src="/app.11aa22bb.js"></script><img src="/mark.11aa22bb.png" alt="Mark" width="9" height="9">',
}
AFTER = {
    "/heavy/": '<img src="/large.png" alt="A loaf" width="9" height="9">',
    "/scripts/": '<script src="/large.js"></script>',
    "/requests/": "".join(f'<img src="/small.png?{one}" alt="Loaf {one}" width="9" height="9">' for one in range(3)),
    "/cookies/": '<script>document.cookie = "visitor=1; max-age=3600"</script>',
    "/parties/": '<img src="https://pixels.example.net/a.png" alt="A loaf" width="9" height="9">',
    "/console/": "<script>undefinedFunction()</script>",
    "/by-script/": f'<div id=text></div><script>document.getElementById("text").innerHTML = "<p>{WORDS}</p>"</script>',
    "/counted/": "",
    "/guarded/": "",
    "/policy/": "",
    "/images/": "".join(f'<img src="/small.png?{one}" alt="Loaf {one}" width="9" height="9">' for one in range(2)),
    "/alts/": '<img src="/small.png" width="9" height="9">',
    "/same/": '<script src="/app.33cc44dd.js"></script><img src="/mark.33cc44dd.png" alt="Mark" width="9" height="9">',
}


def build(folder: Path, bodies: dict[str, str], name: str, headers: dict[str, str]) -> Path:
    """Write one version; `name` is what the names of its assets hold."""
    noise = random.Random(1).randbytes(200_000)  # noqa: S311 - the same bytes each time, and no host compresses them
    links = "".join(f'<li><a href="{path}">Page {path.strip("/")}</a></li>' for path in bodies)
    files: dict[str, bytes] = {
        "small.png": PNG,
        "large.png": PNG + noise,
        "small.js": b"document.title",
        "large.js": b"/*" + noise[:60_000].hex().encode() + b"*/",
        f"app.{name}.js": b"document.title",
        f"mark.{name}.png": PNG,
        "index.html": document("Home", f"<ul>{links}</ul>"),
        "_headers": "".join(f"{path}\n  {line}\n" for path, line in headers.items()).encode(),
    }
    files |= {f"{path.strip('/')}/index.html": document(path.strip("/"), body) for path, body in bodies.items()}
    for file, content in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content)
    return folder


def document(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>About {title}</title>'
        f'<meta name="viewport" content="width=device-width"></head><body><main><h1>{title}</h1>{body}</main>'
        '<footer><a href="/">Home</a></footer></body></html>'
    ).encode()


@pytest.fixture(scope="module")
def run(gonogo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the run folder of the new version, compared with the former one."""
    folder = tmp_path_factory.mktemp("two-versions")
    old = build(folder / "old", BEFORE, "11aa22bb", {"/guarded/": FRAMES, "/policy/": OWN})
    new = build(folder / "new", AFTER, "33cc44dd", {"/policy/": ANY})
    (folder / "gonogo.yaml").write_text("policies: {use: [strict, advice]}\n")
    command = [str(gonogo), "check", str(new), "--baseline", str(old), "--site", SITE, "--host", "netlify"]
    subprocess.run([*command, "--run", str(folder / "run")], cwd=folder, capture_output=True, check=False, timeout=600)
    verdict = json.loads((folder / "run" / "verdict.json").read_text())
    assert verdict["exit_code"] == 1
    return folder / "run"


def said(run: Path, page: str) -> set[tuple[str, str]]:
    """Return what the rules about changes find on a page: the rule, and what failed."""
    found = map(json.loads, (run / "findings.jsonl").read_text().splitlines())
    return {
        (one["policy"], one["what"]) for one in found if one.get("page") == page and one["policy"].startswith("change/")
    }


def change(run: Path, page: str) -> Any:
    found = map(json.loads, (run / "changes.jsonl").read_text().splitlines())
    return next(one for one in found if one["path"] == page and one["scope"] == "page")


def test_a_page_that_becomes_heavier_is_found(run: Path) -> None:
    assert [policy for policy, _ in said(run, "/heavy/")] == ["change/weight-grown"]


def test_scripts_that_grow_are_found(run: Path) -> None:
    assert "change/js-grown" in {policy for policy, _ in said(run, "/scripts/")}


def test_requests_are_told_before_and_after(run: Path) -> None:
    assert change(run, "/requests/")["requests"]["delta"] == 3


def test_a_cookie_that_is_set_without_a_click_is_found(run: Path) -> None:
    assert said(run, "/cookies/") == {("change/cookie-added", "visitor")}


def test_a_new_third_party_is_found(run: Path) -> None:
    assert said(run, "/parties/") == {("change/third-party-added", "pixels.example.net")}


def test_a_new_error_of_a_script_is_found(run: Path) -> None:
    assert [policy for policy, _ in said(run, "/console/")] == ["change/console-regressed"]


def test_text_that_moves_into_a_script_is_found(run: Path) -> None:
    assert [policy for policy, _ in said(run, "/by-script/")] == ["change/content-moved-to-js"]


def test_a_tag_that_counts_visits_and_is_gone_is_found(run: Path) -> None:
    assert said(run, "/counted/") == {("change/analytics-lost", "G-ABCDE12345")}


def test_a_header_that_is_gone_on_one_page_is_found(run: Path) -> None:
    assert said(run, "/guarded/") == {("change/security-header-lost", "frame protection")}


def test_a_policy_that_lets_more_scripts_in_is_found(run: Path) -> None:
    assert said(run, "/policy/") == {("change/csp-weakened", "https:")}


def test_images_that_are_gone_are_found(run: Path) -> None:
    assert said(run, "/images/") == {("change/images-lost", "images.lost_share")}


def test_an_image_that_loses_its_description_is_found(run: Path) -> None:
    assert ("change/images-lost", "images.alts_lost") in said(run, "/alts/")


def test_other_names_of_the_same_assets_are_no_change(run: Path) -> None:
    assert (change(run, "/same/")["state"], said(run, "/same/")) == ("same", set())


def test_other_names_of_the_same_assets_make_no_finding_new(run: Path) -> None:
    found = map(json.loads, (run / "findings.jsonl").read_text().splitlines())
    assert {one["state"] for one in found if one.get("page") == "/same/"} == {"existing"}
