"""Why a measurement may depend on more than the build."""

from __future__ import annotations

import pytest

from checks.collect.place import Painted
from checks.collect.recorder import Recorder
from checks.collect.rendering import Task
from checks.collect.reuse.purity import impure
from checks.facts.page_settings import PageSettings
from checks.facts.visit import Visit

URL = "https://www.example.com/"
VISIT = Visit(URL, "/", 200, URL, (), (), b"", 0)
PAINTED = Painted({"workers": [], "frames": 0}, 200, URL, 1.0)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("", None),
        ("the browser died", "it came out at the second try only (the browser died)"),
        (
            "not settled within 60 s: still waiting for /a.js",
            "it came out at the second try only (not settled within 60 s)",
        ),
        ("net::ERR_FAILED at https://www.example.com/", "it came out at the second try only (net::ERR_FAILED)"),
    ],
)
def test_of_a_page_that_came_out_at_the_second_try_it_is_said_why(before: str, told: str | None) -> None:
    task = Task("/", URL, scripted=True, again=before)
    assert impure(task, VISIT, PAINTED, Recorder(), PageSettings("https://www.example.com")) == told
