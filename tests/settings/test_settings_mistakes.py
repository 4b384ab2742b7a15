"""How each mistake in gonogo.yaml is told: what, where, and what it can be; no text makes anything worse of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.errors import UserError
from checks.settings.defaults import DEFAULTS
from tests.settings.reading import HOSTS, complaint, read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("host: auto\npolices: {}", "gonogo.yaml:2: unknown key `polices`; did you mean `policies`?"),
        ("lighthouse: {run: 3}", "gonogo.yaml:1: unknown key `run` in `lighthouse`; did you mean `runs`?"),
        ("lighthouse: {budget: 3h}", "gonogo.yaml:1: `lighthouse.budget` can't be `3h`"),
        ("lighthouse: {budget: 900m}", "gonogo.yaml:1: `lighthouse.budget` can't be `900m`"),
        ("lighthouse: {pages: [about]}", "gonogo.yaml:1: `lighthouse.pages[0]` can't be `about`"),
        ("render:\n  timelimit: 3s", "gonogo.yaml:2: unknown key `timelimit` in `render`; did you mean `time-limit`?"),
        ("preview: [a]", "gonogo.yaml:1: `preview` must be a text, not a list"),
        ("expect:", "gonogo.yaml:1: `expect` must be a list, not nothing"),
        ("- a", "gonogo.yaml: the file must be a mapping (`key: value`), not a list"),
        ("just words", "gonogo.yaml: the file must be a mapping (`key: value`), not the text `just words`"),
        ("", "gonogo.yaml: the file is empty"),
        ("# only a comment\n", "gonogo.yaml: the file is empty"),
        ("host: auto\n\nhost: plain", "gonogo.yaml:3: the key `host` is there twice"),
        ("host: heroku", f"gonogo.yaml:1: `host` is `heroku`; it can be {HOSTS}"),
        ("host: plan", f"gonogo.yaml:1: `host` is `plan`; it can be {HOSTS}; did you mean `plain`?"),
        ("hosting: {answers: [{path: /api/, status: 200}]}", "gonogo.yaml:1: `hosting.answers[0]` has no `why`"),
        ("hosting: {endpoint: ftp}", "gonogo.yaml:1: `hosting.endpoint` is `ftp`; it can be `website`, `rest`"),
        ("visitor: {country: Germany}", "gonogo.yaml:1: `visitor.country` can't be `Germany`"),
        ("baseline: https://a.b/x.html", "gonogo.yaml:1: `baseline` must name the site, not one of its pages"),
        ("gate: nothing", "gonogo.yaml:1: `gate` is `nothing`; it can be `new`, `all`"),
        (
            "render:\n  viewports:\n    - desktop",
            "gonogo.yaml:3: `render.viewports[0]` is `desktop`; it can be `phone`",
        ),
        ("render: {time-limit: 30}", "gonogo.yaml:1: `render.time-limit` must be a text, not the number 30"),
        ("render: {time-limit: soon}", "gonogo.yaml:1: `render.time-limit` can't be `soon`"),
        ("render: {time-limit: 0s}", "gonogo.yaml:1: `render.time-limit` can't be `0s`"),
        ("render: {time-limit: 11m}", "gonogo.yaml:1: `render.time-limit` can't be `11m`"),
        ("owners: {Legal Team: {}}", "gonogo.yaml:1: `Legal Team` can't be a name in `owners`"),
        ("crawlers: {GPTBot: no}", "gonogo.yaml:1: `crawlers.GPTBot` is `no`; it can be `allow`, `block`"),
        ("key_pages: [prices/]", "gonogo.yaml:1: `key_pages[0]` can't be `prices/`"),
        ("key_pages: [/a?b]", "gonogo.yaml:1: `key_pages[0]` is no path: `/a?b`"),
        ("key_pages: [//evil.example/]", "gonogo.yaml:1: `key_pages[0]` can't be `//evil.example/`"),
        ("allow: {source-maps: yes}", "gonogo.yaml:1: `allow.source-maps` must be true or false, not the text `yes`"),
        ("allow: {form-hosts: ['https://a.b']}", "gonogo.yaml:1: `allow.form-hosts[0]` is no host: `https://a.b`"),
        ("allow: {form-hosts: ['a.b:80']}", "gonogo.yaml:1: `allow.form-hosts[0]` is no host: `a.b:80`"),
        ("preview: https://a.b/x.html", "gonogo.yaml:1: `preview` must name the site, not one of its pages"),
        ("preview: 'https://'", "gonogo.yaml:1: `preview` is no address"),
        ("access: {}", "gonogo.yaml:1: `access` has no `hosts`"),
        ("limits: {pages: 0}", "gonogo.yaml:1: `limits.pages` can't be the number 0"),
        ("limits: {depht: 3}", "gonogo.yaml:1: unknown key `depht` in `limits`; did you mean `depth`?"),
        ("site: &a https://a.b\npreview: *a", "gonogo.yaml:1: anchors and aliases are not read"),
        (
            "site: !!python/name:os.system x",
            "gonogo.yaml:1: the tag tag:yaml.org,2002:python/name:os.system is not read",
        ),
        ("? [a]\n: 1", "gonogo.yaml:1: a key must be a text"),
        ("host: .nan", "gonogo.yaml:1: .nan is not a number that can be compared"),
        ("%YAML 3.0\n---\nhost: auto", "gonogo.yaml:1: lines that begin with % are not read"),
        ('host: "\\ud800"', "gonogo.yaml:1: half a character (a lone surrogate)"),
        ("a: b\nc: [1", "gonogo.yaml:2: this is not YAML: expected ',' or ']', but got '<stream end>'"),
        (b"host: auto\nsite: caf\xe9", "gonogo.yaml:2: this is not UTF-8"),
        pytest.param(b"x" * 300_000, "gonogo.yaml: the file has 300,000 bytes; at most 262,144 are read", id="large"),
        pytest.param("a: " + "[" * 21 + "]" * 21, "gonogo.yaml:1: this is nested too deeply", id="deep"),
        pytest.param("a: " + "[" * 50_000, "gonogo.yaml: this is nested too deeply", id="deepest"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str | bytes, told: str) -> None:
    assert complaint(text) == told


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ("www.example.com", "`site` is no address: `www.example.com`; did you mean `https://www.example.com`?"),
        ("https://", "`site` is no address: `https://`"),
        ("ftp://example.com", "`site` must begin with https:// or http://, not ftp:"),
        ("https://me:pw@example.com", "`site` must not hold a name or a password"),
        (
            "https://example.com/shop/index.html",
            "`site` must name the site, not one of its pages: `https://example.com/shop/index.html`",
        ),
        ("https://example.com//shop/", "`site` has a path with two slashes in a row: `https://example.com//shop/`"),
        ("https://example.com/?a", "`site` must be an address without query and fragment"),
        ("http://localhost:8000", "`site` is `localhost`, which no visitor reaches"),
        ("http://127.1/", "`site` is `127.0.0.1`, which no visitor reaches"),
    ],
)
def test_a_site_must_be_a_public_address(site: str, told: str) -> None:
    assert complaint("{}", site=site) == f"--site: {told}"


@pytest.mark.parametrize(
    "site", ["https://a.github.io/shop", "https://A.github.io/shop/", "https://a.github.io/x/../shop/"]
)
def test_a_site_may_lie_under_a_path(site: str) -> None:
    settings = read("{}", site=site)
    assert (settings.site, settings.base_path) == ("https://a.github.io", "/shop/")
    assert settings.to_document()["site"] == "https://a.github.io/shop/"


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("https://Example.com/", "https://example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://example.com:8080", "http://example.com:8080"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_site_is_spelled_as_browsers_spell_it(site: str, origin: str) -> None:
    assert read("{}", site=site).site == origin


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"owner": "marketng"},
            "`expect[0]` names the owner `marketng`, who is not in `owners`; did you mean `marketing`?",
        ),
        ({"until": "2026-02-30"}, "there is no day `2026-02-30`"),
        ({"until": "soon"}, "`expect[0].until` can't be `soon`"),
        ({"why": " "}, "`expect[0].why` can't be ` `"),
        ({"why": None}, "`expect[0]` has no `why`"),
        ({"page": "thanks"}, "`expect[0].page` can't be `thanks`"),
        ({"status": 700}, "`expect[0].status` can't be the number 700"),
        ({"noindex": False}, "`expect[0].noindex` is false; it can be true"),
        ({"noindex": None}, "`expect[0]` says nothing; add one of `noindex`, `status`, `orphan`"),
    ],
)
def test_an_expectation_must_say_what_why_who_and_until_when(change: dict[str, Any], told: str) -> None:
    whole = {"page": "/thanks/", "noindex": True, "why": "w", "owner": "marketing", "until": "2026-12-31"} | change
    text = json.dumps({"expect": [{key: value for key, value in whole.items() if value is not None}]})
    assert complaint(text) == f"gonogo.yaml:1: {told}"


YAML_PIECES = st.sampled_from(
    [
        *(*":-?[]{},&*!|>'\"#%@`\n\t", "...", "---", "<<", "~", "%YAML 3.0", "%YAML 1.1", "%TAG", "!!int"),
        *("null", "1", "0x1", "1e9", ".inf", "1:30", "2026-01-01", "\\ud800", "\\UFFFFFFFF"),
        *("host", "site", "expect", "owners", "policies", "use", "a"),
    ]
)


def told_or_read(data: bytes) -> bool:
    """Whether the bytes are settings, or a mistake that is told; any other exception passes through."""
    try:
        return read(data).host in {"auto", "plain"}
    except UserError as error:
        return error.where.startswith("gonogo.yaml") and bool(error.what)


@given(st.binary(max_size=200) | st.lists(YAML_PIECES, max_size=30).map(lambda pieces: " ".join(pieces).encode()))
def test_bytes_of_any_kind_are_settings_or_a_mistake_that_is_told(data: bytes) -> None:
    assert told_or_read(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*DEFAULTS, "site", "preview"]), JSON, max_size=4))
def test_values_of_any_kind_are_settings_or_a_mistake_that_is_told(document: dict[str, Any]) -> None:
    assert told_or_read(json.dumps(document).encode())
