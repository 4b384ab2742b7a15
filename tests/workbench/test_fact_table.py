"""What the browser knows of facts is what the loader knows."""

from __future__ import annotations

import pytest

from checks import shapes
from checks.judge.shape import Fact
from checks.report.interactive.fact_table import fact_table
from checks.report.policy_table import facts


@pytest.mark.parametrize("kind", ["page", "site"])
def test_it_has_every_fact_that_the_tables_of_the_documentation_have(kind: str) -> None:
    shape = shapes.load(kind)
    assert {path for path, _, _ in facts(shape)} - set(fact_table(shape)) == set()


def test_it_says_types_values_and_identity_of_a_fact() -> None:
    shape = shapes.load("page")
    table = fact_table(shape)
    links = Fact.of(shape, shape).at(("links", "items"))
    assert links is not None
    assert table["links.items"]["identity"] == links.identity
    assert set(table["title.text"]["types"]) >= {"string"}
    assert "length" not in table["title.text"]
