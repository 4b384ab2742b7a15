"""Secrets that open a preview: sent to its own origin, to nobody else, and written down nowhere."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.collect.running import without_secrets
from checks.collect.subject import opened
from checks.collect.web import keys
from checks.collect.web.bodies import Body
from checks.collect.web.keys import MASK, Keys
from checks.errors import UserError
from checks.settings import from_document
from checks.settings.remote import Access
from tests.collect.web.preview_server import HTML, Asked, Sent, of_pages, serving

SECRET = "hunter2-and-more"  # planted
ENVIRONMENT = {
    "GONOGO_PREVIEW_USER": "preview",
    "GONOGO_PREVIEW_PASSWORD": "pass-phrase-1",
    "GONOGO_PREVIEW_KEY": SECRET,
    "GONOGO_PREVIEW_SESSION": "session-of-mine",
}
BASIC = b64encode(b"preview:pass-phrase-1").decode()


def access(**said: Any) -> Access:
    return Access(
        **{"hosts": ("127.0.0.1",), "basic": None, "headers": {}, "cookies": {}, "storage_state": None, **said}
    )


def state(**cookie: Any) -> str:
    one = {"name": "sid", "value": "saved-session", "domain": "127.0.0.1", "path": "/", "expires": -1, **cookie}
    return json.dumps({"cookies": [one], "origins": []})


def complaint(wanted: Access, environment: dict[str, str], host: str = "127.0.0.1") -> str:
    with pytest.raises(UserError) as caught:
        keys.read(wanted, host, environment)
    return str(caught.value)


def test_basic_authentication_headers_and_cookies_are_sent() -> None:
    found = keys.read(
        access(
            basic=("GONOGO_PREVIEW_USER", "GONOGO_PREVIEW_PASSWORD"),
            headers={"x-key": "GONOGO_PREVIEW_KEY"},
            cookies={"session": "GONOGO_PREVIEW_SESSION"},
        ),
        "127.0.0.1",
        ENVIRONMENT,
    )
    assert found.headers == {"Authorization": f"Basic {BASIC}", "x-key": SECRET, "Cookie": "session=session-of-mine"}


def test_the_cookies_of_a_storage_state_are_sent() -> None:
    found = keys.read(access(storage_state="STATE"), "127.0.0.1", {"STATE": state()})
    assert found.headers == {"Cookie": "sid=saved-session"}


def test_a_storage_state_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text(state())
    found = keys.read(access(storage_state="STATE"), "127.0.0.1", {"STATE": str(tmp_path / "state.json")})
    assert found.headers == {"Cookie": "sid=saved-session"}


@pytest.mark.parametrize(
    "said",
    [
        state(domain="other.example"),
        state(domain=".0.0.1x"),
        state(expires=1.0),
        "{}",
        "[",
        '{"cookies": [1]}',
        "/none",
    ],
)
def test_a_storage_state_that_does_not_open_this_preview_is_refused_without_being_shown(said: str) -> None:
    told = complaint(access(storage_state="STATE"), {"STATE": said})
    assert "access.storage-state" in told
    assert "saved-session" not in told


def test_a_cookie_of_a_parent_domain_is_meant_for_the_preview() -> None:
    wanted = access(hosts=("a.b.example",), storage_state="STATE")
    assert keys.read(wanted, "a.b.example", {"STATE": state(domain=".b.example")}).headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127x0.0.1"])
def test_secrets_are_meant_for_the_named_hosts_only(host: str) -> None:
    assert f"not meant for {host}" in complaint(access(headers={"x-key": "GONOGO_PREVIEW_KEY"}), ENVIRONMENT, host)


def test_a_browser_does_not_inherit_what_opens_a_preview() -> None:
    assert without_secrets({**ENVIRONMENT, "PATH": "/bin"}) == {"PATH": "/bin"}


def test_a_browser_does_not_inherit_what_opens_a_bucket() -> None:
    opens = {"AWS_SECRET_ACCESS_KEY": "x", "GOOGLE_APPLICATION_CREDENTIALS": "/key.json", "AZURE_STORAGE_KEY": "x"}
    assert without_secrets({**opens, "FSSPEC_S3_SECRET": "x", "PATH": "/bin"}) == {"PATH": "/bin"}


def test_a_host_may_be_a_pattern() -> None:
    wanted = access(hosts=("deploy-preview-*--a.netlify.app",), headers={"x-key": "GONOGO_PREVIEW_KEY"})
    assert keys.read(wanted, "deploy-preview-7--a.netlify.app", ENVIRONMENT).headers


def test_a_variable_that_is_not_set_is_named() -> None:
    assert "the environment variable GONOGO_PREVIEW_KEY is not set" in complaint(
        access(headers={"x-key": "GONOGO_PREVIEW_KEY"}), {}
    )


@pytest.mark.parametrize("value", ["abc", "two\nlines-and-more"])
def test_a_secret_that_can_not_be_sent_or_masked_is_refused_without_being_shown(value: str) -> None:
    assert value not in complaint(access(headers={"x-key": "GONOGO_PREVIEW_KEY"}), {"GONOGO_PREVIEW_KEY": value})


@given(
    before=st.binary(max_size=40),
    after=st.binary(max_size=40),
    sizes=st.lists(st.integers(min_value=1, max_value=7), max_size=40),
)
def test_a_secret_is_masked_wherever_a_body_is_cut_into_blocks(before: bytes, after: bytes, sizes: list[int]) -> None:
    whole = before + SECRET.encode() + after
    made = Keys(secrets=(SECRET,))
    with Body(Path("/tmp"), "", 10_000, made) as body:  # noqa: S108 - removed below
        rest = whole
        for size in sizes:
            body.feed(rest[:size])
            rest = rest[size:]
        body.feed(rest)
        body.end()
    kept = body.file.read_bytes()
    body.file.unlink()
    assert kept == before + MASK.encode() + after


PROTECTED = {
    "hosts": ["127.0.0.1"],
    "headers": {"x-key": "GONOGO_PREVIEW_KEY"},
    "basic": {"user": "GONOGO_PREVIEW_USER", "password": "GONOGO_PREVIEW_PASSWORD"},
}


@pytest.fixture
def protected(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def guarded(pages: Callable[[Asked], Sent]) -> Callable[[Asked], Sent]:
    """Show the pages to who has the key, and say everything back."""

    def answers(asked: Asked) -> Sent:
        if asked.headers.get("x-key") != SECRET or asked.headers.get("authorization") != f"Basic {BASIC}":
            return Sent(b"who are you?", 401)
        sent = pages(asked)
        said = json.dumps(asked.headers).encode()
        return Sent(sent.body + said, sent.status, {**sent.headers, "x-said": asked.headers["x-key"]})

    return answers


def settings(origin: str, **said: Any) -> Any:
    return from_document({"preview": origin, "today": "2026-06-15", "owners_in_order": [], "access": PROTECTED, **said})


@pytest.mark.usefixtures("protected")
def test_a_preview_is_opened_and_what_it_says_back_is_masked(tmp_path: Path) -> None:
    pages: dict[str, str | Sent] = {
        "/": "<title>Home</title>",
        "/x.txt": Sent(b"text", headers={"content-type": "text/plain"}),
    }
    with serving(guarded(of_pages(pages))) as preview:
        with opened(settings(preview.origin), Path(), tmp_path / "scratch") as (found, web):
            assert found.paths == {"/"}
            assert web is not None
            web.ask("/x.txt")
        everything = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert MASK.encode() in everything
    for secret in (SECRET, "pass-phrase-1", BASIC):
        assert secret.encode() not in everything


@pytest.mark.usefixtures("protected")
def test_a_packed_answer_is_masked_after_it_is_unpacked(tmp_path: Path) -> None:
    packed = Sent(gzip.compress(f"<title>x</title>{SECRET}".encode()), headers={**HTML, "content-encoding": "gzip"})
    with (
        serving(lambda _: packed) as preview,
        opened(settings(preview.origin), Path(), tmp_path / "scratch") as (found, _),
    ):
        assert SECRET.encode() not in found.preview.served(f"{found.preview.origin}/").body()


@pytest.mark.usefixtures("protected")
def test_a_session_that_the_preview_begins_is_not_written_down(tmp_path: Path) -> None:
    home = Sent(b"<title>x</title>", headers={**HTML, "set-cookie": "sid=fresh-session; Path=/; Secure"})
    with (
        serving(of_pages({"/": home})) as preview,
        opened(settings(preview.origin), Path(), tmp_path / "scratch") as (found, _),
    ):
        headers = found.preview.served(f"{found.preview.origin}/").headers
    assert ("set-cookie", f"sid={MASK}; Path=/; Secure") in headers


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_origin_is_not_followed(tmp_path: Path, status: int) -> None:
    with serving(of_pages({"/": "theirs"})) as other:
        pages: dict[str, str | Sent] = {
            "/": '<a href="/out/">x</a>',
            "/out/": Sent(b"", status, {"location": f"{other.origin}/"}),
        }
        with serving(of_pages(pages)) as preview, opened(settings(preview.origin), Path(), tmp_path / "s") as (_, web):
            assert web is not None
            assert web.ask("/out/").location == f"{other.origin}/"
        assert other.asked == []


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize("before", ["@", "x@", ""])
def test_what_is_no_path_is_not_asked_for(tmp_path: Path, before: str) -> None:
    with serving(of_pages({})) as other:
        target = f"{before}{other.origin.partition('//')[2]}/"
        with (
            serving(of_pages({"/": "x"})) as preview,
            opened(settings(preview.origin), Path(), tmp_path / "s") as (_, web),
        ):
            assert web is not None
            assert web.ask(target).why == "it is no path of the preview"
        assert other.asked == []


@pytest.mark.usefixtures("protected")
def test_secrets_are_not_sent_without_encryption(tmp_path: Path) -> None:
    named = settings("http://preview.example", access={**PROTECTED, "hosts": ["preview.example"]})
    with (
        pytest.raises(UserError, match="not sent without encryption"),
        opened(named, Path(), tmp_path / "s"),
    ):
        pass


@pytest.mark.parametrize(
    "said",
    [
        "a&amp;b&lt;c&quot;d&#x27;e f",
        "a&amp;b&lt;c&quot;d&#39;e f",
        "a&amp;b&lt;c&#34;d&#39;e f",
        "a&amp;b&lt;c&quot;d'e f",
        "a&amp;b&lt;c\"d'e f",
        "a%26b%3Cc%22d%27e+f",
        "a%26b%3Cc%22d%27e%20f",
        "a&b<c\\\"d'e f",
    ],
)
def test_a_secret_is_masked_in_every_spelling_of_html_addresses_and_json(said: str) -> None:
    wanted = access(headers={"x-key": "GONOGO_PREVIEW_KEY"})
    found = keys.read(wanted, "127.0.0.1", {"GONOGO_PREVIEW_KEY": "a&b<c\"d'e f"})
    assert found.masked(said) == MASK


@pytest.mark.usefixtures("protected")
def test_the_wrong_key_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONOGO_PREVIEW_KEY", "another-key")
    with (
        serving(guarded(of_pages({"/": "x"}))) as preview,
        pytest.raises(Exception, match="does not open it") as caught,
        opened(settings(preview.origin), Path(), tmp_path / "s"),
    ):
        pass
    assert "another-key" not in str(caught.value)
