"""Every rule about a page or a site finds a planted fault in a real little site, rendered, but for those named here."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from checks.judge import policies

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {
    "ai/crawler-answers": "needs a server that answers by the name of who asks: tests/collect/web/test_crawlers.py",
    "i18n/no-locale-redirect--script": "needs a visitor from elsewhere: tests/collect/test_stand_ins.py",
    "links/known-address-lost": "needs an export that knows it: tests/acceptance/test_worth.py",
    "links/known-address-to-home": "likewise: tests/acceptance/test_worth.py",
    "render/content-needs-interaction": "needs a visitor who reads on: tests/collect/test_stand_ins.py",
    "render/desktop-navigation": "needs a desktop: tests/collect/test_stand_ins.py",
    "seo/mobile-parity": "likewise: tests/collect/test_stand_ins.py",
    "seo/mobile-parity--metadata": "likewise: tests/collect/test_stand_ins.py",
    "site/moved-from": "needs an origin of before: tests/acceptance/test_worth.py",
}
"""Rules whose fault is planted in another kind of site, and where."""
NOWHERE = {
    "links/external-broken": "needs the answer of somebody else; the fact is tested in tests/collect/test_outside.py",
    "links/external-broken--info": "likewise",
    "perf/third-party-time": "needs the script of somebody else, and tests ask nobody outside this machine",
    "perf/third-party-weight": "needs the bytes of somebody else, likewise",
    "perf/third-party-weight--error": "likewise",
    "privacy/third-party-cookies": "needs the answer of somebody else, likewise",
    "render/settles": "needs half a minute, after which a page is not measured anyway, unless the config lets it",
}
"""Rules whose fault no little site can have, and why; their counterexamples are all that shows them."""


def in_sites() -> set[str]:
    """Return the rules with a fault in the sites of the tests in this folder that name theirs in `SITES`."""
    files = sorted(file for file in Path(__file__).parent.glob("test_*.py") if "\nSITES = " in file.read_text("utf-8"))
    modules = [import_module(f"tests.collect.{file.stem}") for file in files]
    return {policy for module in modules for make in module.SITES for policy in make().policies}


def in_the_example() -> set[str]:
    """Return the rules with a fault in the broken twin of the example site."""
    listed: dict[str, Any] = json.loads((ROOT / "examples" / "bakery-broken.defects.json").read_text("utf-8"))
    return {defect["policy"] for defect in listed["defects"]}


def shipped() -> set[str]:
    """Return the rules about a page or a site."""
    return {one.id for one in policies.load([], ["strict"], {}) if one.reads in {"page", "site"}}


def test_every_rule_has_a_planted_fault_or_says_why_not() -> None:
    assert sorted(shipped() - in_sites() - in_the_example()) == sorted({**ELSEWHERE, **NOWHERE})


def test_what_is_said_to_be_planted_elsewhere_is_tested_there() -> None:
    for policy, where in ELSEWHERE.items():
        file = ROOT / where.rpartition(": ")[2]
        assert policy in file.read_text("utf-8")
