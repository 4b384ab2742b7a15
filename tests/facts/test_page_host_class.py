from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.host_class import CLASSES, classify


def of(host: str, port: int | None = None) -> tuple[str, str]:
    return classify(
        host,
        port,
        production_host="www.bakery.co",
        first_party=frozenset({"bakery.co"}),
        allowed=frozenset({"cdn.net"}),
    )


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.bakery.co", ("production", "")),
        ("shop.bakery.co", ("allowed", "")),
        ("cdn.net", ("allowed", "")),
        ("a.cdn.net", ("allowed", "")),
        ("localhost", ("loopback", "certain")),
        ("app.localhost", ("loopback", "certain")),
        ("127.9.9.9", ("loopback", "certain")),
        ("[::1]", ("loopback", "certain")),
        ("[::ffff:127.0.0.1]", ("loopback", "certain")),
        ("0.0.0.0", ("loopback", "certain")),  # noqa: S104 - nothing is bound here
        ("host.docker.internal", ("loopback", "certain")),
        ("10.1.2.3", ("private", "certain")),
        ("192.168.0.10", ("private", "certain")),
        ("169.254.169.254", ("private", "certain")),
        ("[fd00::1]", ("private", "certain")),
        ("8.8.8.8", ("third_party", "")),
        ("example.com", ("reserved", "certain")),
        ("printer.local", ("reserved", "certain")),
        ("db.internal", ("reserved", "certain")),
        ("deploy-preview-12--bakery.netlify.app", ("preview", "certain")),
        ("bakery-git-main-team.vercel.app", ("preview", "certain")),
        ("bakery-a1b2c3d4e-team.vercel.app", ("preview", "certain")),
        ("0a1b2c3d.bakery.pages.dev", ("preview", "certain")),
        ("bakery--pr7-x1y2z3.web.app", ("preview", "certain")),
        ("bakery.netlify.app", ("platform", "certain")),
        ("bakery-staging.netlify.app", ("platform", "certain")),
        ("bakery-theme-demo.netlify.app", ("platform", "suspect")),
        ("somebody.github.io", ("platform", "suspect")),
        ("buttons.github.io", ("third_party", "")),
        ("ab12.ngrok-free.app", ("tunnel", "certain")),
        ("x.csb.app", ("preview", "suspect")),
        ("staging.bakery.co", ("staging", "certain")),
        ("my-dev.bakery.co", ("staging", "certain")),
        ("stage2.bakery.co", ("staging", "certain")),
        ("next.bakery.co", ("staging", "suspect")),
        ("test.wikipedia.org", ("staging", "suspect")),
        ("build.others.com", ("third_party", "")),
        ("dev.to", ("third_party", "")),
        ("fonts.gstatic.com", ("third_party", "")),
    ],
)
def test_a_host_is_of_one_class(host: str, expected: tuple[str, str]) -> None:
    assert of(host) == expected


def test_an_odd_port_on_the_own_host_is_a_server_of_a_developer() -> None:
    assert of("www.bakery.co", 3000) == ("staging", "certain")


def test_the_port_of_the_production_origin_is_no_odd_one() -> None:
    found = classify(
        "www.bakery.co", 8443, production_host="www.bakery.co:8443", first_party=frozenset(), allowed=frozenset()
    )
    assert found == ("production", "")


def test_a_site_may_live_on_a_platform_and_its_previews_are_still_previews() -> None:
    def here(host: str) -> str:
        own = "bakery.pages.dev"
        return classify(host, None, production_host=own, first_party=frozenset({own}), allowed=frozenset())[0]

    assert [here("bakery.pages.dev"), here("abc.bakery.pages.dev")] == ["production", "preview"]


@given(st.text(), st.one_of(st.none(), st.integers(0, 65535)))
def test_every_host_has_a_class(host: str, port: int | None) -> None:
    name, certainty = of(host, port)
    assert name in CLASSES
    assert certainty in {"", "suspect", "certain"}
