"""The manifest and the icons that the home page names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.home_files import default_icons, manifest

URL = "https://www.bakery.co/app/site.webmanifest"
ICONS = [{"src": f"/icon-{side}.png", "sizes": f"{side}x{side}"} for side in (192, 512)]


@dataclass(frozen=True)
class Answer:
    status: int | None
    redirects: int
    final_url: str


def ask(url: str, /) -> Answer:
    return Answer(404 if "lost" in url else 200, 0, url)


def problems(said: Any) -> list[str]:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return [one["problem"] for one in manifest(URL, 200, body, ask)["problems"]]


def test_a_manifest_as_it_should_be_has_no_problem() -> None:
    assert problems({"name": "Crumb", "start_url": "/", "scope": "/", "icons": ICONS}) == []


def test_what_is_not_said_is_taken_from_the_address_of_the_manifest() -> None:
    assert problems({"name": "Crumb", "icons": ICONS}) == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (b"{", "holds no JSON object"),
        (b"[" * 100_000, "holds no JSON object"),
        ([], "holds no JSON object"),
        ({"start_url": "/app/", "icons": ICONS}, "has no name"),
        ({"name": "Crumb", "start_url": "/", "scope": "/app/", "icons": ICONS}, "has a start_url outside its scope"),
        ({"name": "Crumb", "icons": ICONS[:1]}, "has no icon of 512 by 512 pixels"),
        (
            {"name": "Crumb", "icons": [*ICONS, {"src": "/lost.png"}]},
            "names an icon that does not answer: /lost.png",
        ),
    ],
)
def test_a_fault_in_a_manifest_is_told(said: Any, problem: str) -> None:
    assert problems(said) == [problem]


def test_a_manifest_that_does_not_answer_is_told_with_its_status() -> None:
    assert manifest(URL, 404, b"", ask)["problems"] == [{"problem": "answers with status 404"}]


def test_the_name_that_came_with_a_generator_is_known() -> None:
    assert manifest(URL, 200, b'{"name": "React App"}', ask)["is_default_name"]


def test_an_icon_that_came_with_a_generator_is_known_by_its_digest() -> None:
    vite = "61bc9a161de58248288e6905425d7180f0624c2865007b97d763fdac12043a66"
    assert default_icons([("/a.svg", vite), ("/b.svg", "0" * 64)]) == [{"url": "/a.svg", "of": "Vite"}]


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
        lambda x: (
            st.lists(x) | st.dictionaries(st.sampled_from(["name", "icons", "src", "sizes", "scope", "start_url"]), x)
        ),
    )
)
def test_no_manifest_raises(said: Any) -> None:
    problems(said)
