from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.collect.hosts import PlainHost, scan
from checks.collect.lighthouse.same_bytes import SameBytes
from checks.collect.preview import Preview

ORIGIN = "https://www.example.com"
LOADED = (f"{ORIGIN}/style.css", f"{ORIGIN}/missing.png", "https://cdn.example.net/third.js")
FILES = {"index.html": "<title>Rye</title>", "style.css": "body{}", "about/index.html": "<title>About</title>"}
Compare = Callable[[dict[str, str]], SameBytes]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    def made(name: str, files: dict[str, str]) -> Preview:
        root = tmp_path / name
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        found = scan(root)
        return Preview(root, found, PlainHost(found), ORIGIN)

    return lambda changed: SameBytes(made("baseline", FILES), made("preview", FILES | changed))


def test_what_is_the_same_byte_for_byte_cannot_differ(compare: Compare) -> None:
    assert compare({}).of(f"{ORIGIN}/", LOADED)


@pytest.mark.parametrize(
    "changed",
    [{"index.html": "<title>Rya</title>"}, {"style.css": "body{ }"}, {"missing.png": "now it is there"}],
    ids=["the page", "what it loads", "what was missing"],
)
def test_a_byte_that_changed_can_matter(compare: Compare, changed: dict[str, str]) -> None:
    assert not compare(changed).of(f"{ORIGIN}/", LOADED)


def test_a_change_that_the_page_does_not_load_cannot_matter(compare: Compare) -> None:
    assert compare({"about/index.html": "<title>New</title>"}).of(f"{ORIGIN}/", LOADED)
