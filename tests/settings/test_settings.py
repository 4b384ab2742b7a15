"""What gonogo.yaml may say and what becomes of it: defaults, the way through JSON, the digest."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from checks import shapes
from checks.collect.hosts import AUTO, HOST_BY_NAME
from checks.errors import UserError
from checks.settings import from_document
from checks.settings.defaults import DEFAULTS
from checks.settings.hosting import Visitor
from tests.settings.reading import FULL, read


def test_nothing_said_means_the_defaults() -> None:
    settings = read("{}")
    assert (settings.site, settings.preview, settings.host) == (None, None, "auto")
    assert settings.policies.use == ("recommended",)
    assert settings.render.time_limit_ms == 30_000
    assert settings.owners == ("marketing", "engineering", "security")


def test_the_defaults_have_the_published_shape() -> None:
    assert list(Draft202012Validator(shapes.load("config")).iter_errors(DEFAULTS)) == []


def test_every_key_of_the_published_shape_is_read() -> None:
    assert set(shapes.load("config")["properties"]) == set(DEFAULTS) | {
        "site",
        "preview",
        "access",
        "lighthouse",
        "field",
        "uptime",
    }


def test_everything_said_is_read() -> None:
    settings = read(FULL)
    assert (settings.site, settings.preview, settings.host) == ("https://www.example.com", "dist", "plain")
    assert settings.policies.folders == ("gonogo/policies",)
    assert settings.policies.change == {"seo/title-length": {"x-severity": "error"}, "seo/h1-missing": None}
    assert (settings.render.time_limit_ms, settings.render.third_party) == (500_000, "block")
    assert settings.owners == ("marketing", "engineering", "security", "legal")
    assert settings.allow.third_parties == ("cdn.example.net",)
    assert settings.allow.canonical_hosts == ("xn--bcher-kva.example",)
    assert settings.key_pages == ("/", "/preise%20f%C3%BCr%20alle/")
    assert settings.crawlers == {"GPTBot": "block", "Google-Extended": "allow"}
    assert [(one.path, one.status) for one in settings.hosting.answers] == [("/api/**", 200)]
    assert (settings.hosting.endpoint, settings.hosting.error_document) == ("rest", "error.html")
    assert settings.visitor == Visitor("DE", ("de-AT", "en"), {"beta": "1"}, ("member",))
    assert [settings.covers(path) for path in ("/", "/shop/cart/", "/blog/")] == [True, True, False]
    assert settings.page_types.to_document() == {"article": ["/blog/**", "/news/*"], "landing": ["/"]}


def test_lighthouse_is_not_asked_for_by_default() -> None:
    assert read("host: auto").lighthouse is None


@pytest.mark.parametrize("text", ["lighthouse: {}", "lighthouse:"])
def test_to_name_lighthouse_is_to_ask_for_it(text: str) -> None:
    asked = read(text).lighthouse
    assert asked is not None
    assert (asked.pages, asked.profiles, asked.runs, asked.budget_s) == ((), ("phone", "desktop"), 3, 300.0)


def test_settings_with_lighthouse_survive_the_way_through_json() -> None:
    settings = read("lighthouse: {pages: [/, /a/], pairs: 8}\nbaseline: live")
    assert from_document(json.loads(json.dumps(settings.to_document()))) == settings


def test_settings_survive_the_way_through_json() -> None:
    settings = read(FULL)
    assert from_document(json.loads(json.dumps(settings.to_document()))) == settings


def test_whose_an_address_is_survives_a_file_with_sorted_keys() -> None:
    settings = read("owners: {marketing: {paths: [/a/**]}, legal: {paths: [/a/b/]}, engineering: {paths: [/a/b/*]}}")
    again = from_document(json.loads(json.dumps(settings.to_document(), sort_keys=True)))
    assert (again.owned, again.digest) == (settings.owned, settings.digest)


def test_the_document_has_the_published_shape_apart_from_the_day() -> None:
    document = read(FULL).to_document()
    assert document.pop("today") == "2026-06-15"
    assert document.pop("owners_in_order") == ["legal", "marketing"]
    assert list(Draft202012Validator(shapes.load("config")).iter_errors(document)) == []


def test_settings_of_a_run_that_do_not_say_their_day_are_refused() -> None:
    with pytest.raises(UserError, match="do not say the day"):
        from_document({"host": "auto"})


def test_the_digest_does_not_depend_on_the_order_of_keys_nor_on_the_day() -> None:
    one, other = read("host: plain\nsite: https://a.example"), read("site: https://A.example/\nhost: plain")
    assert one.digest == other.digest
    assert dataclasses.replace(one, today=date(2020, 1, 1)).digest == one.digest


def test_the_digest_changes_with_a_setting() -> None:
    assert read("host: plain").digest != read("host: auto").digest


def test_the_digest_changes_with_the_order_of_patterns_for_owners() -> None:
    one = "owners: {marketing: {paths: [/a/**]}, engineering: {paths: [/a/b/]}}"
    other = "owners: {engineering: {paths: [/a/b/]}, marketing: {paths: [/a/**]}}"
    assert read(one).digest != read(other).digest


def test_the_choices_of_hosts_are_those_that_are_emulated() -> None:
    assert shapes.load("config")["properties"]["host"]["enum"] == [AUTO, *HOST_BY_NAME]
