"""Keys and ids that are for tests, or only stand for one, are found in what runs, not in what is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.leaks import ALNUM, noise, scan


def keys_for_tests(path: str, text: str) -> list[str]:
    return [key["rule"] for key in scan(path, text).leaks()["test_keys"]]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("Stripe test key", "key: '" + "pk" + "_test_" + noise(ALNUM, 24) + "'"),
        ("reCAPTCHA key that always passes", "sitekey = '6LeIxAcT" + "AAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI'"),
        ("Turnstile key for tests", "sitekey = '1x" + "0" * 20 + "AA'"),
        ("hCaptcha key for tests", "sitekey = '10000000-ffff-ffff-ffff-" + "0" * 11 + "1'"),
        ("Tag Manager placeholder", "id = 'GTM-XXXXXXX'"),
        ("Analytics placeholder", "gtag('config', 'G-XXXXXXXXXX')"),
        ("PayPal sandbox", "src='https://www.sandbox.paypal.com/sdk/js'"),
        ("debug mode of the Google tag", "gtag('config', 'G-1', {'debug_mode': true})"),
        ("sandbox of an API", "fetch('https://api.sandbox.payments.com/v1')"),
    ],
)
def test_a_test_key_in_a_script_is_found(rule: str, text: str) -> None:
    assert keys_for_tests("app.js", text) == [rule]


def test_a_test_key_in_an_attribute_is_found() -> None:
    assert keys_for_tests("index.html", '<div data-id="GTM-XXXX"></div>') == ["Tag Manager placeholder"]


@pytest.mark.parametrize(
    "text", ["<pre>GTM-XXXX</pre>", "<p>Put GTM-XXXX there</p>", "<code>data-id='GTM-XXXX'</code>"]
)
def test_a_test_key_shown_to_readers_is_no_fault(text: str) -> None:
    assert keys_for_tests("docs.html", text) == []


@pytest.mark.parametrize("text", ["GTM-K4X7Q2", "G-8XK2P4Q7TZ", "MAGTM-XXXX", "sandbox.html"])
def test_a_real_id_is_no_test_key(text: str) -> None:
    assert keys_for_tests("app.js", f"'{text}'") == []


@given(st.text(alphabet="htps:/@.lo[]<>\"'=#\\ SKeyJ-_A0", max_size=200))
def test_no_text_that_looks_like_addresses_makes_it_raise(text: str) -> None:
    assert scan("a.js", text).leaks()["test_keys"] == []
