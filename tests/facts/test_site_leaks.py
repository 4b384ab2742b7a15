"""Values that look like credentials are made while a test runs, so that no scanner finds one in this repository."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts import leak_scan
from checks.facts.host_mentions import Own
from checks.facts.leak_scan import LeakScan
from checks.facts.secrets import entropy
from checks.facts.text_block import kind_of

OWN = Own("www.bakery.example.org", frozenset({"example.org", "bakery.co"}), frozenset())
HEX = "0123456789abcdef"
ALNUM = string.ascii_letters + string.digits
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def noise(alphabet: str, length: int, seed: str = "a") -> str:
    """Text without a pattern, the same in every run."""
    digest = b"".join(hashlib.sha256(f"{seed}{n}".encode()).digest() for n in range(length // 32 + 1))
    return "".join(alphabet[byte % len(alphabet)] for byte in digest)[:length]


def scan(path: str, text: str | bytes) -> LeakScan:
    found = LeakScan(OWN)
    found.read(path, io.BytesIO(text if isinstance(text, bytes) else text.encode()))
    return found


def secrets(path: str, text: str) -> list[dict[str, Any]]:
    return list(scan(path, text).leaks()["secrets"])


def rules(path: str, text: str) -> list[str]:
    return [secret["rule"] for secret in secrets(path, text)]


def hosts(path: str, text: str) -> list[tuple[str, str, str]]:
    return [(one["host"], one["class"], one["certainty"]) for one in scan(path, text).leaks()["hosts"]]


def test_keys_of(path: str, text: str) -> list[str]:
    return [key["rule"] for key in scan(path, text).leaks()["test_keys"]]


test_keys_of.__test__ = False  # type: ignore[attr-defined]  # a helper, named after what it gives


def pem(seed: str = "a") -> str:
    lines = "\n".join(noise(ALNUM + "+/", 64, seed + str(n)) for n in range(4))
    return "-----BEGIN " + f"PRIVATE KEY-----\n{lines}\n-----END PRIVATE" + " KEY-----\n"


def jwt(claims: dict[str, str]) -> str:
    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    head = part(b'{"alg":"HS256","typ":"JWT"}')
    return ".".join([head, part(json.dumps(claims).encode()), noise(ALNUM, 43)])


CREDENTIALS = {
    "AWS access key id": "AK" + "IA" + noise(BASE32, 16),
    "AWS secret key": 'aws_secret_access_key: "' + noise(ALNUM + "/+", 40) + '"',
    "Google OAuth client secret": "GOC" + "SPX-" + noise(ALNUM, 28),
    "Azure AD client secret": noise(ALNUM, 3) + "8Q~" + noise(ALNUM, 33),
    "Azure storage key": "Account" + "Key=" + noise(ALNUM, 86) + "==",
    "DigitalOcean token": "dop" + "_v1_" + noise(HEX, 64),
    "GitHub token": "gh" + "p_" + noise(ALNUM, 36),
    "GitHub fine-grained token": "github" + "_pat_" + noise(ALNUM, 82),
    "GitLab token": "gl" + "pat-" + noise(ALNUM, 20),
    "npm token": "npm" + "_" + noise(ALNUM, 36),
    "Slack token": "xo" + "xb-1234509876-" + noise(ALNUM, 24),
    "Slack webhook": "https://hooks.sla" + "ck.com/services/T" + noise(ALNUM, 45),
    "Twilio API key": "S" + "K" + noise(HEX, 32),
    "SendGrid key": "S" + "G." + noise(ALNUM, 22) + "." + noise(ALNUM, 43, "b"),
    "Mailchimp key": noise(HEX, 32) + "-us" + "12",
    "Stripe secret key": "sk" + "_live_" + noise(ALNUM, 24),
    "Shopify token": "sh" + "pat_" + noise(HEX, 32),
    "OpenAI key": "sk" + "-proj-" + noise(ALNUM, 30) + "T3Blb" + "kFJ" + noise(ALNUM, 30, "b"),
    "Anthropic key": "sk" + "-ant-api03-" + noise(ALNUM, 93) + "AA",
    "Hugging Face token": "h" + "f_" + noise(string.ascii_letters, 34),
    "Mapbox secret token": "s" + "k.eyJ" + noise(ALNUM, 40) + "." + noise(ALNUM, 22, "b"),
    "JSON Web Token of a service role": jwt({"role": "service_role", "iss": "supabase"}),
    "Doppler token": "dp" + ".pt." + noise(ALNUM, 43),
    "Vault token": "hv" + "s." + noise(ALNUM, 95),
    "private key": pem(),
    "database address with a password": "postgres://" + "shop:" + noise(ALNUM, 16) + "@db.bakery.co/shop",
    "web address with a password": "https://" + "deploy:" + noise(ALNUM, 16) + "@git.bakery.co/site",
}


@pytest.mark.parametrize("rule", CREDENTIALS)
def test_a_credential_in_a_script_is_found(rule: str) -> None:
    assert rules("app.js", f"const a = 1;\nvar k = `{CREDENTIALS[rule]}`;\n") == [rule]


@pytest.mark.parametrize("rule", CREDENTIALS)
def test_the_value_of_a_credential_is_never_kept(rule: str) -> None:
    value = CREDENTIALS[rule]
    told = json.dumps(secrets("app.js", f"var k = `{value}`"))
    assert not any(value[at : at + 12] in told for at in range(4, len(value) - 12) if value[at : at + 12].isalnum())


def test_a_secret_is_told_by_rule_place_prefix_and_hash() -> None:
    [secret] = secrets("js/app.js", "\n\nvar k = '" + CREDENTIALS["GitHub token"] + "'")
    assert {name: secret[name] for name in ("rule", "path", "line", "prefix", "files")} == {
        "rule": "GitHub token",
        "path": "js/app.js",
        "line": 3,
        "prefix": "ghp" + "_",
        "files": 1,
    }


def test_one_value_in_two_files_is_one_secret() -> None:
    found = LeakScan(OWN)
    for path in ("b.js", "a.js"):
        found.read(path, io.BytesIO(CREDENTIALS["GitHub token"].encode()))
    assert [(one["path"], one["files"]) for one in found.leaks()["secrets"]] == [("a.js", 2)]


def test_a_secret_after_an_escaped_line_end_is_found() -> None:
    assert rules("app.js", '"\\n' + CREDENTIALS["GitHub token"] + '"') == ["GitHub token"]


def test_a_private_key_inside_json_is_found() -> None:
    body = json.dumps({"type": "service" + "_account", "private_key": pem()})
    assert rules("conf.json", body) == ["private key"]


def test_a_private_key_with_headers_is_found() -> None:
    key = pem().replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\n", 1)
    assert rules("a.pem", key) == ["private key"]


def test_headers_of_a_private_key_without_end_are_read_in_a_moment() -> None:
    text = ("-----BEGIN " + "PRIVATE KEY-----\n" + "Aaaa: n n n n n n n n n n n n n n" * 40) * 50
    assert rules("a.pem", text) == []


def test_a_secret_in_an_inline_script_of_a_page_is_found() -> None:
    page = f"<p>x</p><script>const k = '{CREDENTIALS['Stripe secret key']}'</script>"
    assert rules("index.html", page) == ["Stripe secret key"]


def test_a_real_looking_token_in_a_code_sample_is_found() -> None:
    page = f"<pre>token: {CREDENTIALS['GitHub token']}</pre>"
    assert rules("docs/index.html", page) == ["GitHub token"]


@pytest.mark.parametrize("said", ["For example: ", "Your token looks like ", "A fake one: "])
def test_a_token_that_is_called_an_example_is_not(said: str) -> None:
    page = f"<p>{said}</p><pre>{CREDENTIALS['GitHub token']}</pre>"
    assert rules("docs/index.html", page) == []


@pytest.mark.parametrize(
    "value",
    [
        "AK" + "IAIOSFODNN7" + "EXAMPLE",
        "gh" + "p_" + "x" * 36,
        "gh" + "p_" + "your" + noise(ALNUM, 32),
        "gh" + "p_" + "abab" * 9,
        "-----BEGIN RSA PRIVATE" + " KEY-----\n... (private key in base64 PEM) ...\n-----END RSA PRIVATE" + " KEY-----",
        "postgres://" + "user:password@localhost/db",
        "https://" + "user:pass@host.com/",
        "https://" + "${user}:${secret}@bakery.co/",
        jwt({"role": "anon"}),
    ],
)
def test_a_sample_value_is_no_secret(value: str) -> None:
    assert rules("app.js", f"k = '{value}'") == []


def test_an_address_with_a_password_in_running_text_is_no_secret() -> None:
    page = f"<p>{CREDENTIALS['web address with a password']}</p>"
    assert rules("index.html", page) == []


def test_a_token_inside_a_longer_word_is_no_secret() -> None:
    assert rules("app.js", "x" + CREDENTIALS["GitHub token"]) == []


def test_a_hash_and_an_identifier_are_no_secrets() -> None:
    text = f"integrity='sha384-{noise(ALNUM, 64)}' id={noise(HEX, 40)} PyObject_CallFunctionObjArgs0123"
    assert rules("app.js", text) == []


def test_a_secret_across_the_border_of_two_blocks_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leak_scan, "BLOCK", 4096)
    monkeypatch.setattr(leak_scan, "OVERLAP", 1024)
    for at in range(3000, 5200, 40):
        text = "\n" * at + CREDENTIALS["GitHub token"] + "\n" * 9000
        assert [(one["line"], one["files"]) for one in secrets("app.js", text)] == [(at + 1, 1)]


@pytest.mark.parametrize("path", ["logo.png", "font.woff2", "docs/manual.pdf"])
def test_files_that_are_no_text_are_not_wanted(path: str) -> None:
    assert not LeakScan(OWN).wants(path, 10)


def test_a_large_file_is_wanted_when_its_name_says_that_it_is_text() -> None:
    found = LeakScan(OWN)
    assert (found.wants("app.js", 80 << 20), found.wants("data.unknown", 80 << 20)) == (True, False)


def test_bytes_with_zeros_are_not_searched() -> None:
    assert scan("data.unknown", b"\0" + CREDENTIALS["GitHub token"].encode()).leaks()["secrets"] == []


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
    assert test_keys_of("app.js", text) == [rule]


def test_a_test_key_in_an_attribute_is_found() -> None:
    assert test_keys_of("index.html", '<div data-id="GTM-XXXX"></div>') == ["Tag Manager placeholder"]


@pytest.mark.parametrize(
    "text", ["<pre>GTM-XXXX</pre>", "<p>Put GTM-XXXX there</p>", "<code>data-id='GTM-XXXX'</code>"]
)
def test_a_test_key_shown_to_readers_is_no_fault(text: str) -> None:
    assert test_keys_of("docs.html", text) == []


@pytest.mark.parametrize("text", ["GTM-K4X7Q2", "G-8XK2P4Q7TZ", "MAGTM-XXXX", "sandbox.html"])
def test_a_real_id_is_no_test_key(text: str) -> None:
    assert test_keys_of("app.js", f"'{text}'") == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("app.js", 'fetch("http://localhost:3000/api")', [("localhost:3000", "loopback", "suspect")]),
        ("app.js", 'connect("localhost:8080")', [("localhost:8080", "loopback", "suspect")]),
        (
            "page.js",
            'j(a,{href:"http://localhost:3000/",children:"Start"})',
            [("localhost:3000", "loopback", "suspect")],
        ),
        ("app.js", '"https:\\/\\/10.1.2.3\\/x"', [("10.1.2.3", "private", "suspect")]),
        ("app.js", "x='//staging.bakery.co/x'", [("staging.bakery.co", "staging", "certain")]),
        ("main.css", "a{background:url(http://127.0.0.1/a.png)}", [("127.0.0.1", "loopback", "suspect")]),
        ("data.json", '{"api":"http://localhost:3000"}', [("localhost:3000", "loopback", "certain")]),
        ("feed.xml", "<link>https://staging.bakery.co/</link>", [("staging.bakery.co", "staging", "certain")]),
        ("site.webmanifest", '{"start_url":"http://[::1]/"}', [("[::1]", "loopback", "certain")]),
        ("_redirects", "/a https://x--bakery.netlify.app/a 301", [("x--bakery.netlify.app", "preview", "certain")]),
        ("robots.txt", "Sitemap: http://localhost:4000/s.xml", [("localhost:4000", "loopback", "certain")]),
        ("app.js", '"https://abc.ngrok.io/hook"', [("abc.ngrok.io", "tunnel", "certain")]),
    ],
)
def test_a_host_that_no_visitor_should_meet_is_found(
    path: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert hosts(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.js", '"https://www.bakery.example.org/a" "https://cdn.other.com" "http://www.w3.org/2000/svg"'),
        ("app.js", 'new URL(path, "http://localhost")'),
        ("app.js", '"http://example.com" "https://dev.azure.com/x" "https://user.github.io/lib"'),
        ("page.js", 'h("<p>Open http://localhost:8000 then, or localhost:80 in <code>localhost:8080</code></p>")'),
        ("page.js", 'j(a,{href:"http://localhost:3000/fr/",children:"http://localhost:3000/fr/"})'),
        ("page.js", 'j(code,{children:"localhost:3000/"})'),
        ("app.js", "a://b case x:// 'file://localhost/x'"),
        ("search/search_index.json", '{"text":"open http://localhost:8000 then"}'),
        ("data.json", '{"text":"open http://localhost:8000 then"}'),
        ("feed.xml", "<content>see <code>http://localhost:8000</code></content>"),
        ("guide.txt", "open http://localhost:8000 then"),
        ("index.html", '<a href="http://localhost:3000">pages are read by the page facts</a>'),
        ("app.js.map", '"http://localhost:3000"'),
    ],
)
def test_other_hosts_are_no_leak(path: str, text: str) -> None:
    assert hosts(path, text) == []


def test_a_staging_host_in_running_text_is_a_suspect() -> None:
    assert hosts("notes.txt", "see https://staging.bakery.co/ first") == [("staging.bakery.co", "staging", "suspect")]


def test_a_host_is_told_once_a_file_at_its_first_line() -> None:
    found = scan("a.json", '\n"http://localhost:1"\n"http://localhost:1"').leaks()["hosts"]
    assert [(one["line"], one["key"]) for one in found] == [(2, "a.json:localhost:1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x\n//# sourceMappingURL=app.js.map\n", {"app.js.map"}),
        ("a{}\n/*# sourceMappingURL=main.css.map */", {"main.css.map"}),
        ("s + '//# sourceMappingURL=' + name", set()),
        (
            "//# sourceMappingURL=data:application/json;base64,"
            + base64.b64encode(b'{"version":3,"sourcesContent":["a"]}').decode(),
            {"inline"},
        ),
        ("//# sourceMappingURL=data:application/json;base64," + base64.b64encode(b'{"version":3}').decode(), set()),
    ],
)
def test_references_to_source_maps_are_found(text: str, expected: set[str]) -> None:
    assert {target for _, target in scan("app.js", text).map_references} == expected


def test_entropy_is_bits_a_character() -> None:
    assert (entropy(b"aaaa"), entropy(b"abab"), entropy(b"abcd"), entropy(b"")) == (0, 1, 2, 0)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.HTML", "html"),
        ("x.min.js", "script"),
        ("feed.rss", "data"),
        (".env.local", "script"),
        ("robots.txt", "lines"),
        ("searchindex.js", "prose"),
        ("search/search_index.json", "prose"),
        ("index.json", "prose"),
        ("blog/index.xml", "data"),
        ("README", "prose"),
        ("a.js.map", "map"),
        ("a.png", None),
    ],
)
def test_the_kind_of_a_text_is_known_by_its_name(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


@given(st.sampled_from(["a.js", "a.html", "a.json", "_redirects", "a.unknown"]), st.binary(max_size=400))
def test_no_bytes_make_it_raise(path: str, body: bytes) -> None:
    marks = {"environments", "local_paths", "comments", "hidden_code", "public_keys", "contact_lists"}
    assert set(scan(path, body).leaks()) == {"secrets", "test_keys", "hosts", *marks}


@given(st.text(alphabet="htps:/@.lo[]<>\"'=#\\ SKeyJ-_A0", max_size=200))
def test_no_text_that_looks_like_addresses_makes_it_raise(text: str) -> None:
    assert scan("a.js", text).leaks()["test_keys"] == []
