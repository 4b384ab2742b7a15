"""The rules for search, links, language, sharing and rendering on a real little site: each planted fault is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.judge import policies
from tests.collect import planted
from tests.collect.searchable import Site
from tests.collect.sites_marked import marked
from tests.collect.sites_search import build, kept_out, led

FAMILIES = ("crawl/", "i18n/", "links/", "render/", "sd/", "seo/", "social/")


SITES = (build, marked, led, kept_out)


FAMILY = {policy.id for policy in policies.load([], ["strict"], {}) if policy.id.startswith(FAMILIES)}


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    found = planted.found(planted.collected(site, tmp_path), FAMILY)
    assert sorted(site.planted - found) == []
    assert sorted(found - site.planted) == []
