"""Values that look like credentials are found wherever they stand, and never kept."""

from __future__ import annotations

import base64
import io
import json
import string
from typing import Any

import pytest

from checks.facts import leak_scan
from checks.facts.leak_scan import LeakScan
from checks.facts.secrets import entropy
from tests.facts.leaks import ALNUM, OWN, noise, scan

HEX = "0123456789abcdef"
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def secrets(path: str, text: str) -> list[dict[str, Any]]:
    return list(scan(path, text).leaks()["secrets"])


def rules(path: str, text: str) -> list[str]:
    return [secret["rule"] for secret in secrets(path, text)]


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


def test_bytes_with_zeros_are_not_searched() -> None:
    assert scan("data.unknown", b"\0" + CREDENTIALS["GitHub token"].encode()).leaks()["secrets"] == []


def test_entropy_is_bits_a_character() -> None:
    assert (entropy(b"aaaa"), entropy(b"abab"), entropy(b"abcd"), entropy(b"")) == (0, 1, 2, 0)
