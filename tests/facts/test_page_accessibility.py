from __future__ import annotations

import pytest

from checks.facts.accessibility import accessibility
from checks.facts.answers import Accessible
from checks.facts.contrast import least, ratio


def rules(seen: Accessible) -> list[tuple[str, str | None]]:
    return [(one["rule"], one["detail"]) for one in accessibility(seen)["violations"]]


def test_a_place_is_told_once_for_each_rule_with_its_impact() -> None:
    found = accessibility(Accessible(places=(("image-alt", ("<img>", "<img>")), ("link-name", ("<a href=/>",)))))
    assert [(one["key"], one["impact"]) for one in found["violations"]] == [
        ("image-alt <img>", "critical"),
        ("link-name <a href=/>", "serious"),
    ]
    assert found["counts"] == {"critical": 1, "serious": 1, "moderate": 0, "minor": 0}


def test_what_a_template_adds_to_every_heading_is_one_fault() -> None:
    anchors = tuple(f'<a class="anchor" href="#{name}">' for name in ("rye", "oat"))
    [found] = accessibility(Accessible(places=(("link-name", anchors),)))["violations"]
    assert found["element"] == '<a class="anchor" href="#…">'


def test_text_in_one_colour_is_one_fault_wherever_it_leads() -> None:
    texts = tuple(
        ("rgb(170, 170, 170)", "rgb(255, 255, 255)", 16.0, 400, f'<a class="nav" href="/{n}/">') for n in "ab"
    )
    [found] = accessibility(Accessible(texts=texts))["violations"]
    assert found["element"] == '<a class="nav">'


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("aria-lable", "", [("aria-valid-attr", "aria-lable")]),
        ("aria-live", "loud", [("aria-valid-attr-value", "aria-live=loud")]),
        ("aria-live", "Polite", []),
        ("aria-hidden", "", []),
        ("aria-labelledby", "name", []),
    ],
)
def test_attributes_and_their_values_are_those_of_aria(
    name: str, value: str, expected: list[tuple[str, str | None]]
) -> None:
    assert rules(Accessible(aria=((name, value, "<p>"),))) == expected


@pytest.mark.parametrize(
    ("role", "own", "names", "expected"),
    [
        ("buton", "div", (), [("aria-roles", "buton")]),
        ("doc-tip note", "div", (), []),
        ("", "div", (), []),
        ("slider", "div", (), [("aria-required-attr", "aria-valuenow")]),
        ("slider", "div", ("aria-valuenow",), []),
        ("slider", "range", (), []),
        ("heading", "h2", (), []),
    ],
)
def test_roles_exist_and_have_what_they_need(
    role: str, own: str, names: tuple[str, ...], expected: list[tuple[str, str | None]]
) -> None:
    assert rules(Accessible(roles=((role, own, names, "<p>"),))) == expected


def test_a_language_that_is_not_registered_is_told() -> None:
    assert rules(Accessible(langs=(("xx", "<p lang=xx>"), ("de-AT", "<p lang=de-AT>"), ("", "<p lang>")))) == [
        ("valid-lang", "xx")
    ]


def test_a_purpose_that_the_browser_does_not_take_is_told() -> None:
    assert rules(Accessible(autocomplete=(("mail", "<input>"),))) == [("autocomplete-valid", "mail")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rgb(0, 0, 0)", "rgb(255, 255, 255)", 21.0),
        ("rgb(119, 119, 119)", "rgb(255, 255, 255)", 4.48),
        ("rgb(255, 255, 255)", "rgb(255, 255, 255)", 1.0),
        ("oklch(0.5 0.1 20)", "rgb(255, 255, 255)", None),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float | None) -> None:
    assert (ratio(one, other), ratio(other, one)) == (expected, expected)


def test_large_text_may_be_paler() -> None:
    assert [least(16, 400), least(24, 400), least(20, 400), least(20, 700)] == [4.5, 3.0, 4.5, 3.0]


def test_pale_text_is_told_with_its_contrast() -> None:
    pale, dark = "rgb(170, 170, 170)", "rgb(60, 60, 60)"
    seen = Accessible(
        texts=((pale, "rgb(255, 255, 255)", 16.0, 400.0, "<p>"), (dark, "rgb(255, 255, 255)", 16.0, 400.0, "<b>"))
    )
    assert rules(seen) == [("color-contrast", f"2.32 to 1, wanted 4.5: {pale} on rgb(255, 255, 255)")]


def test_of_a_rule_so_many_places_are_told_as_help() -> None:
    many = tuple(f"<img id={number}>" for number in range(50))
    assert accessibility(Accessible(places=(("image-alt", many),)))["counts"]["critical"] == 20
