"""What gonogo.yaml may say, what becomes of it, and how each mistake in it is told."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checks import shapes
from checks.collect.hosts import AUTO, HOST_BY_NAME
from checks.errors import UserError
from checks.settings import Settings, from_bytes, from_document, load
from checks.settings.defaults import DEFAULTS
from checks.settings.globs import captures, filled, matches, wildcards
from checks.settings.hosting import Visitor

TODAY = date(2026, 6, 15)
FULL = """\
site: https://www.example.com
preview: dist
host: plain
baseline: none
policies:
  use: [recommended, strict]
  folders: [gonogo/policies]
  change:
    seo/title-length: {x-severity: error}
    seo/h1-missing: null
render: {viewports: [phone], time-limit: 500s, third-party: block, coverage: [/, /shop/**]}
owners: {legal: {paths: [/terms/**]}, marketing: {paths: [/blog/**, /terms/offers/]}}
expect:
  - {page: /thanks/, noindex: true, why: thank you pages, owner: marketing, until: 2026-12-31}
  - {page: "/gone/**", status: 410, orphan: true, why: the old shop, owner: legal, until: 2026-06-15}
exclude:
  - {page: /legacy/*, why: moves away, owner: engineering, until: 2026-06-14}
allow:
  third-parties: [CDN.example.net]
  canonical-hosts: [bücher.example]
  form-hosts: [forms.example.net]
  source-maps: true
key_pages: [/, /preise für alle/]
page_types: {article: [/blog/**, /news/*], landing: [/]}
crawlers: {GPTBot: block, Google-Extended: allow}
sources:
  - {page: /blog/*/, file: content/blog/*.md}
hosting:
  answers: [{path: /api/**, status: 200, type: application/json, why: the shop's service}]
  endpoint: rest
  error-document: error.html
  error-status: 404
visitor: {country: de, languages: [de-AT, en], cookies: {beta: "1"}, roles: [member]}
access:
  hosts: ["deploy-preview-*--a.netlify.app"]
  basic: {user: GONOGO_PREVIEW_USER, password: GONOGO_PREVIEW_PASSWORD}
  headers: {x-key: GONOGO_PREVIEW_KEY}
  cookies: {session: GONOGO_PREVIEW_SESSION}
  storage-state: GONOGO_PREVIEW_STATE
limits: {pages: 50, depth: 3, bytes: 1000000, time: 5m, answer-time: 10s, at-once: 2}
"""
HOSTS = ", ".join(f"`{name}`" for name in shapes.load("config")["properties"]["host"]["enum"])


def read(text: str | bytes, **overrides: Any) -> Settings:
    return from_bytes(text.encode() if isinstance(text, str) else text, "gonogo.yaml", overrides, TODAY)


def complaint(text: str | bytes, **overrides: Any) -> str:
    with pytest.raises(UserError) as caught:
        read(text, **overrides)
    return f"{caught.value.where}: {caught.value.what}"


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


# ------------------------------------------------------------------------------------------------- exceptions


def test_an_expectation_tells_what_is_unusual_about_a_page() -> None:
    settings = read(FULL)
    assert settings.expected("/thanks/?from=mail") == {"noindex": True, "status": None, "orphan": False}
    assert settings.expected("/gone/a/b") == {"noindex": False, "status": 410, "orphan": True}
    assert settings.expected("/") == {"noindex": False, "status": None, "orphan": False}


def test_an_exception_holds_on_its_last_day() -> None:
    exclude = "exclude: [{page: /a, why: w, owner: security, until: 2026-06-15}]"
    assert read(exclude).exclusion("/a") is not None


def test_an_exception_is_void_after_its_last_day_and_that_is_told() -> None:
    settings = read(FULL)
    assert settings.exclusion("/legacy/page") is None
    assert settings.notes == (
        "the exclusion `/legacy/*` ended on 2026-06-14 and no longer holds (engineering: moves away)",
    )


# ------------------------------------------------------------------------------------------------- owners of addresses


def test_an_address_belongs_to_the_owner_whose_pattern_matches_it() -> None:
    settings = read(FULL)
    assert [settings.owner_of(path) for path in ("/blog/a/b/", "/terms/x/", "/")] == ["marketing", "legal", None]


def test_of_several_patterns_the_last_one_written_wins() -> None:
    # In FULL, marketing is written behind legal, although it is an owner that is always there.
    assert read(FULL).owner_of("/terms/offers/") == "marketing"


TYPES = "page_types: {listing: [/shop/**], product: [/shop/*/*/], landing: [/, /shop/sale/**], b: [/x/*], a: [/*/y]}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "landing"),
        ("/shop/", "listing"),
        ("/shop/bread/rye/", "product"),
        ("/shop/sale/rye/", "landing"),
        ("/shop/bread/?page=2", "listing"),
        ("/x/y", "a"),
        ("/about/", None),
    ],
)
def test_of_several_types_the_one_whose_pattern_says_most_decides(path: str, expected: str | None) -> None:
    assert read(TYPES).page_types.type_of(path) == expected


def test_the_order_in_which_types_are_written_decides_nothing() -> None:
    settings = read(TYPES)
    again = from_document(json.loads(json.dumps(settings.to_document(), sort_keys=True)))
    assert (again.page_types, again.digest) == (settings.page_types, settings.digest)


def test_an_owner_with_addresses_is_still_only_a_name_in_the_list_of_owners() -> None:
    assert read(FULL).owners == ("marketing", "engineering", "security", "legal")


# ------------------------------------------------------------------------------------------------- sources


@pytest.mark.parametrize(
    ("page", "file", "path", "expected"),
    [
        ("/blog/*/", "content/blog/*.md", "/blog/rye-bread/", "content/blog/rye-bread.md"),
        ("/blog/*/", "content/blog/*.md", "/blog/rye-bread", None),
        ("/blog/*/", "content/blog/*.md", "/blog/2026/rye/", None),
        ("/*/*/", "content/*/posts/*.md", "/de/brot/", "content/de/posts/brot.md"),
        ("/docs/**", "docs/**.md", "/docs/a/b/", "docs/a/b.md"),
        ("/docs/**/", "docs/**/index.md", "/docs/a/b/?from=mail", "docs/a/b/index.md"),
        ("/bücher/*", "b/*.md", "/b%C3%BCcher/%C3%A4", "b/ä.md"),
        ("/*/prices/", "templates/prices.html", "/de/prices/", "templates/prices.html"),
        ("/", "content/_index.md", "/", "content/_index.md"),
    ],
)
def test_the_nth_wildcard_of_the_page_fills_the_nth_of_the_file(
    page: str, file: str, path: str, expected: str | None
) -> None:
    (rule,) = read(json.dumps({"sources": [{"page": page, "file": file}]})).sources
    assert rule.file_of(path) == expected


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("/etc/passwd", "`sources[0].file` must be relative, not `/etc/passwd`"),
        ("C:/site/*.md", "`sources[0].file` must be relative, not `C:/site/*.md`"),
        ("../other/*.md", "`sources[0].file` can't be `../other/*.md`"),
        ("content/../../*.md", "`sources[0].file` can't be `content/../../*.md`"),
        ("content\\*.md", "`sources[0].file` can't be `content\\*.md`"),
        ("content//*.md", "`sources[0].file` can't be `content//*.md`"),
        ("content/", "`sources[0].file` can't be `content/`"),
        ("content/*/*.md", "`sources[0].file` has more wildcards than its page: `content/*/*.md`"),
        ("", "`sources[0].file` can't be ``"),
    ],
)
def test_a_source_must_be_a_file_of_the_project(file: str, told: str) -> None:
    text = "sources:\n  - page: /blog/*/\n    file: " + json.dumps(file)
    assert complaint(text) == f"gonogo.yaml:3: {told}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: [{page: /a}]", "`sources[0]` has no `file`"),
        ("sources: [{page: a, file: b}]", "`sources[0].page` can't be `a`"),
        ("sources: {}", "`sources` must be a list, not a mapping"),
        ("owners: {marketing: {paths: []}}", "`owners.marketing.paths` can't be a list"),
        ("owners: {marketing: {paths: [blog/]}}", "`owners.marketing.paths[0]` can't be `blog/`"),
        ("owners: {marketing: {path: [/blog/]}}", "unknown key `path` in `owners.marketing`; did you mean `paths`?"),
    ],
)
def test_a_mistake_about_sources_or_owned_addresses_is_told_with_its_place(text: str, told: str) -> None:
    assert complaint(text) == f"gonogo.yaml:1: {told}"


# ------------------------------------------------------------------------------------------------- flags and files


def test_a_flag_overrules_the_file() -> None:
    settings = read(FULL, site="https://b.example", preview="public", host=None, set="strict")
    assert (settings.site, settings.preview, settings.host) == ("https://b.example", "public", "plain")
    assert settings.policies.use == ("strict",)
    assert settings.policies.folders == ("gonogo/policies",)


def test_a_preview_may_be_an_address_which_ends_with_a_slash() -> None:
    assert read("{}", preview="https://Preview.example").preview_url == "https://preview.example/"


def test_a_folder_is_no_address() -> None:
    assert read("{}", preview="dist").preview_url is None


@pytest.mark.parametrize(
    "text",
    ["https://me:hunter2hunter2@a.example/", "https://a.example/?token=hunter2hunter2", "https://hunter2hunter2 x/"],
)
def test_an_address_that_may_hold_a_secret_is_refused_without_being_shown(text: str) -> None:
    assert "hunter2hunter2" not in complaint("{}", preview=text)


@pytest.mark.parametrize(
    "access",
    [
        "{hosts: [a.example], headers: {x-key: 'hunter2-hunter2'}}",
        "{hosts: [a.example], cookies: {session: hunter2-hunter2}}",
        "{hosts: [a.example], basic: {user: GONOGO_PREVIEW_ME, password: hunter2-hunter2}}",
        "{hosts: [a.example], storage-state: hunter2-hunter2}",
    ],
)
def test_a_secret_that_stands_in_the_config_is_refused_without_being_shown(access: str) -> None:
    told = complaint(f"access: {access}")
    assert "can't be what is written there" in told
    assert "hunter2" not in told


def test_a_mistake_in_a_flag_names_the_flag() -> None:
    assert complaint("{}", host="heroku") == f"--host: `host` is `heroku`; it can be {HOSTS}"


def test_without_a_file_the_command_line_is_all_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {"preview": "dist"}, TODAY).preview == "dist"


def test_the_file_in_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gonogo.yaml").write_text("preview: public")
    assert load(None, {}, TODAY).preview == "public"


def test_folders_are_seen_from_the_file_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("web").mkdir()
    Path("web/gonogo.yaml").write_text("preview: dist\npolicies: {folders: [rules]}")
    settings = load(Path("web/gonogo.yaml"), {}, TODAY)
    assert (settings.preview, settings.policies.folders) == ("web/dist", ("web/rules",))


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_wrong_use(name: str) -> None:
    with pytest.raises(UserError, match="can't be read"):
        load(Path(name), {}, TODAY)


def test_a_file_under_a_similar_name_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gonogo.yml").write_text("host: plain")
    with pytest.raises(UserError, match=r"did you mean gonogo\.yaml"):
        load(None, {}, TODAY)


# ------------------------------------------------------------------------------------------------- mistakes


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


# ------------------------------------------------------------------------------------------------- globs


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/about", "/about", True),
        ("/about", "/about/", False),
        ("/about", "/about?x=1", True),
        ("/blog/*", "/blog/bread", True),
        ("/blog/*", "/blog/", True),
        ("/blog/*", "/blog/2026/bread", False),
        ("/blog/**", "/blog/2026/bread", True),
        ("/blog/**", "/blog/", True),
        ("/blog/**", "/blog", False),
        ("**/print", "/a/b/print", True),
        ("**/print", "/blueprint", False),
        ("/*/print*", "/a/print.html", True),
        ("/**/a*b/**", "/x/y/a-b/z", True),
        ("/über uns/", "/%C3%BCber%20uns/", True),
        ("/%C3%BCber%20uns/", "/%c3%bcber%20uns/", True),
        ("/a.b", "/axb", False),
        ("/a[b]?", "/a[b]", False),
        ("**", "/anything/at/all", True),
        ("/", "/", True),
    ],
)
def test_a_pattern_matches_whole_paths(pattern: str, path: str, expected: bool) -> None:
    assert matches(pattern, path) is expected


@given(st.text(alphabet="ab/*", max_size=8), st.text(alphabet="ab/", max_size=8))
def test_a_pattern_means_what_its_definition_says(pattern: str, path: str) -> None:
    def holds(wanted: str, text: str) -> bool:
        if not wanted:
            return not text
        stars = len(wanted) - len(wanted.lstrip("*"))
        if not stars:
            return bool(text) and wanted[0] == text[0] and holds(wanted[1:], text[1:])
        rest = wanted[stars:]
        return any(holds(rest, text[cut:]) for cut in range(len(text) + 1) if stars > 1 or "/" not in text[:cut])

    assert matches(pattern, path) is holds(pattern, path)


def test_a_pattern_full_of_stars_ends_on_a_long_path() -> None:
    assert matches("/" + "*a" * 200 + "b", "/" + "a" * 5000) is False


@given(st.text(alphabet="ab/*", max_size=8), st.text(alphabet="ab/", max_size=8))
def test_a_pattern_filled_with_its_captures_is_the_path(pattern: str, path: str) -> None:
    found = captures(pattern, path)
    assert (found is not None) is matches(pattern, path)
    if found is not None:
        pieces = iter(found)
        spelt = re.sub(r"\*+", lambda _star: next(pieces), pattern)
        assert (spelt, len(found)) == (path, wildcards(pattern))


@given(st.text(alphabet="ab/*", max_size=8), st.lists(st.text(alphabet="ab/", max_size=3), min_size=8, max_size=8))
def test_a_filled_pattern_has_no_wildcards(pattern: str, values: list[str]) -> None:
    assert "*" not in filled(pattern, tuple(values))


def test_what_a_pattern_full_of_stars_stands_for_is_known_at_once() -> None:
    assert captures("/" + "*a" * 50, "/" + "a" * 500) is not None
