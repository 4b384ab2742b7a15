"""Vitals of real visitors: what an export says of pages, what is refused, and how it stands beside the lab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.errors import UserError
from checks.facts.field import of_page, of_site
from checks.report import field
from checks.report.result import Result
from checks.settings.exports import Export
from checks.worth.addresses import Own
from checks.worth.field import FieldStore, Vitals, read

OWN = Own("https://www.example.com")
HEAD = "url,form_factor,p75_lcp,p75_inp,p75_cls,samples\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FieldStore]:
    store = FieldStore(tmp_path / "field.sqlite")
    yield store
    store.close()


def told(store: FieldStore, tmp_path: Path, text: str, decimal: str | None = None) -> list[str]:
    (tmp_path / "f.csv").write_text(text)
    return read(Export("field", "f.csv", decimal=decimal), tmp_path / "f.csv", "f.csv", OWN, store)


def test_each_page_and_device_has_its_own_percentiles(store: FieldStore, tmp_path: Path) -> None:
    told(store, tmp_path, HEAD + "https://www.example.com/a/,PHONE,2900,180,0.08,5200\n/a/,DESKTOP,1400,90,0.02,800\n")
    assert list(store.of("/a/")) == [
        Vitals("/a/", "desktop", 1400, 90, 0.02, 800),
        Vitals("/a/", "phone", 2900, 180, 0.08, 5200),
    ]


def test_what_the_export_does_not_say_is_none(store: FieldStore, tmp_path: Path) -> None:
    told(store, tmp_path, "Page;LCP (ms)\n/a/;2900,5\n")
    assert list(store.of("/a/")) == [Vitals("/a/", "all", 2900.5, None, None, None)]


REFUSED = {
    "seconds": ("/a/,phone,2.9,180,0.08,1\n", "f.csv:2: an LCP of 2.9 ms can't be"),
    "hundredths": ("/a/,phone,2900,180,31,1\n", "f.csv:2: a CLS of 31 can't be"),
    "an origin": ("https://other.example/,phone,2900,180,0.1,1\n", "none of its addresses is on"),
    "a name": ("the shop,phone,2900,180,0.1,1\n", "f.csv:2: `the shop` is no address"),
    "a device": ("/a/,fridge,2900,180,0.1,1\n", "f.csv:2: `fridge` is no kind of device"),
    "twice": ("/a/,phone,2900,180,0.1,1\n/a/,mobile,2800,180,0.1,1\n", "f.csv:3: `/a/` stands on line 2, too"),
    "no number": ("/a/,phone,fast,180,0.1,1\n", "f.csv:2: `fast` is no number"),
}


@pytest.mark.parametrize(("rows", "said"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_is_refused_with_file_and_line(store: FieldStore, tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        told(store, tmp_path, HEAD + rows)
    assert said in str(refused.value)
    assert refused.value.remedy


def test_a_page_that_the_export_does_not_name_has_no_vitals() -> None:
    assert of_page([]) == {"devices": []}


def test_the_summary_shows_field_beside_lab() -> None:
    vitals = [Vitals("/a/", "phone", 2900, 180, 0.081, 5200), Vitals("/gone/", "all", 900, None, None, None)]
    site = {"field": of_site(vitals, {"/a/": {"lcp_ms": 410.2, "cls": 0.0}})}
    nothing: Iterator[dict[str, object]] = iter(())
    [(title, said)] = field.sections(Result({}, {}, lambda: nothing, lambda: nothing, site=site))
    assert title.startswith("Field data beside lab data")
    assert said == [
        "/a/ (phone) of 5,200 visits: LCP 2,900 ms (410 ms here), INP 180 ms, CLS 0.08 (0.00 here)",
        "/gone/ (all): LCP 900 ms",
    ]


def test_nothing_is_said_where_nobody_gave_field_data() -> None:
    nothing: Iterator[dict[str, object]] = iter(())
    assert field.sections(Result({}, {}, lambda: nothing, lambda: nothing)) == []


def test_a_page_is_good_where_all_three_vitals_are_and_one_of_which_not_all_are_known_does_not_count() -> None:
    vitals = [
        Vitals("/a/", "phone", 2500, 200, 0.1, 900),
        Vitals("/b/", "phone", 2501, 200, 0.1, 800),
        Vitals("/c/", "phone", 900, None, 0.0, 700),
    ]
    assert (of_site(vitals, {})["good_share"], of_site(vitals[2:], {})["good_share"]) == (0.5, None)
