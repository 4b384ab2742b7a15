"""Rules that a host drops or refuses: each is told with file and line, and none makes a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.collect.hosts import HOST_BY_NAME
from checks.errors import CannotMeasureError, UserError
from tests.collect.hosts.making import host

FILES = ["index.html", "a.html", "shop/index.html", "404.html"]
HOSTS = sorted(HOST_BY_NAME)


def told(name: str, file: str, text: str) -> list[str]:
    return [f"{one.place.line}: {one.what}" for one in host(name, FILES, {file: text}).about.findings]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/only-one", "it has no target"),
        ("/a /b 999", "`999` is no status"),
        ("/x/*/y /z", "a `*` can only be the last part of the path"),
        ("/a c d", "its target must begin with `/`, `http://` or `https://`"),
        ("http://[bad /x", "its address can't be read"),
        ("/a/* /b/:spl", "its target speaks of `:spl`, which its path does not have"),
        ("/.netlify/x /y", "paths below `/.netlify` are the host's own"),
    ],
)
def test_netlify_drops_a_line_of_redirects(line: str, what: str) -> None:
    assert told("netlify", "_redirects", f"# moved\n/fine /a\n{line}\n") == [f"3: {what}"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/only-one", "it has 1 parts instead of 2 or 3 (`from to [status]`), and is ignored"),
        ("/a /b 410", "`410` is none of 200, 301, 302, 303, 307 and 308; it is ignored"),
        ("/x/*/y/* /z", "it has more than one `*`, or a name twice, and never matches"),
        ("https://x.y/a /b", "its path must be one of this site, not a whole address; it is ignored"),
        ("/a/* /index", "it would lead to itself, because the host takes `/index` and `.html` away; it is ignored"),
        ("/fine /c", "a rule before it has the same path; it is ignored"),
        ("/p https://x.y/ 200", "a rewrite (200) can only lead to a path of this site; it is ignored"),
        ("/q /" + "x" * 1_000, "the line has more than 1,000 characters, and is ignored"),
    ],
    ids=lambda value: value[:30],
)
def test_cloudflare_drops_a_line_of_redirects(line: str, what: str) -> None:
    assert told("cloudflare-pages", "_redirects", f"# moved\n/fine /a\n{line}\n") == [f"3: {what}"]


def test_cloudflare_takes_two_thousand_static_and_a_hundred_dynamic_redirects() -> None:
    static = [f"/old-{number} /a" for number in range(2_001)]
    dynamic = [f"/old/{number}/* /a" for number in range(101)]
    about = host("cloudflare-pages", FILES, {"_redirects": "\n".join([*static, *dynamic])}).about
    assert [(one.value, one.most) for one in about.limits[:2]] == [(2_001, 2_000), (101, 100)]
    assert [one.place.line for one in about.findings] == [2_001, 2_102]
    assert len(about.rules) == 2_100


def test_cloudflare_takes_a_hundred_header_rules() -> None:
    text = "\n".join(f"/{number}\n  X-A: b" for number in range(102))
    about = host("cloudflare-pages", FILES, {"_headers": text}).about
    assert [one.place.line for one in about.findings] == [201, 203]


def test_vercel_takes_2048_redirects() -> None:
    entries = [{"source": f"/{number}", "destination": "/"} for number in range(2_049)]
    about = host("vercel", FILES, {"vercel.json": json.dumps({"redirects": entries})}).about
    assert [(one.name, one.value, one.most) for one in about.limits if one.value] == [("redirects", 2_049, 2_048)]


def test_azure_takes_a_file_of_twenty_kilobytes() -> None:
    routes = [{"route": f"/{number}", "redirect": "/"} for number in range(1_000)]
    text = json.dumps({"routes": routes})
    limits = host("azure-static-web-apps", FILES, {"staticwebapp.config.json": text}).about.limits
    assert (limits[0].value, limits[0].most) == (len(text), 20_480)


@pytest.mark.parametrize("name", ["netlify", "cloudflare-pages"])
def test_a_bad_line_of_headers_is_dropped_and_the_others_are_kept(name: str) -> None:
    text = "X-Early: 1\n/*\n  X-A: b\n  Bad Name: x\n  nothing\n  X-C: a\x01b\n/empty\n"
    made = host(name, FILES, {"_headers": text})
    assert sorted(one.place.line for one in made.about.findings) == [1, 4, 5, 6, 7]
    assert made.answer("/").header("x-a") == "b"


JSON_FILES = [
    ("vercel", "vercel.json"),
    ("firebase", "firebase.json"),
    ("azure-static-web-apps", "staticwebapp.config.json"),
]


@pytest.mark.parametrize(("name", "file"), JSON_FILES)
@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{\n  // where it went\n  "redirects": []\n}', 2, "there is a comment, and JSON has none"),
        ("[" * 200_000, 1, "it is nested too deeply"),
        ('{\n"a": 1,\n}', 3, "there is a comma before `}`"),
        ("", 1, "expecting value"),
    ],
    ids=["comment", "deep", "comma", "empty"],
)
def test_what_is_no_json_is_told_with_its_line(name: str, file: str, text: str, line: int, what: str) -> None:
    (found,) = host(name, FILES, {file: text}).about.findings
    assert found.place.line == line
    assert what in found.what


@pytest.mark.parametrize("text", ["[[redirects]\nfrom =", "a = " + "[" * 5_000], ids=["broken", "deep"])
def test_what_is_no_toml_is_told(text: str) -> None:
    (found,) = host("netlify", FILES, {"netlify.toml": text}).about.findings
    assert found.place.file == "netlify.toml"


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"source": "/a(", "destination": "/b"}, "its `source` can't be read: it has a `(` without a `)`"),
        ({"source": "/a", "destination": "/b", "code": 1}, "the host knows no key `code` here"),
        ({"source": "/a/:x", "destination": "/b/:y"}, "its `destination` speaks of `:y`"),
        ({"source": "/a", "destination": "/b", "permanent": "yes"}, "`permanent` must be true or false"),
        ({"source": "/a", "destination": "/b", "statusCode": 200}, "`statusCode` must be that of a redirect"),
        ({"source": "/((a+)+)", "destination": "/b"}, "has a group of its own"),
        (7, "it must be an object"),
    ],
)
def test_vercel_refuses_a_deployment_for_one_entry(entry: Any, what: str) -> None:
    (found,) = told("vercel", "vercel.json", json.dumps({"redirects": [entry]}))
    assert what in found
    assert found.endswith("; the host refuses the deployment")


def test_rules_of_the_kind_before_these_are_not_judged_by_halves() -> None:
    with pytest.raises(CannotMeasureError, match="it uses `routes`, which is not emulated") as caught:
        host("vercel", FILES, {"vercel.json": '{\n"routes": []}'})
    assert caught.value.where == "vercel.json:2"


def test_one_of_several_sites_must_be_that_of_the_build() -> None:
    text = json.dumps({"hosting": [{"public": "web", "target": "a"}, {"public": "docs", "target": "b"}]})
    with pytest.raises(UserError, match="it describes 2 sites, and none of them is deployed from `dist`"):
        host("firebase", FILES, {"firebase.json": text})


@pytest.mark.parametrize("name", HOSTS)
def test_a_circle_of_redirects_has_an_answer_at_every_step(name: str) -> None:
    circle = {
        "_redirects": "/x /y 301\n/y /x 301\n",
        "vercel.json": '{"redirects": [{"source": "/x", "destination": "/y"}, {"source": "/y", "destination": "/x"}]}',
    }
    made = host(name, FILES, circle)
    assert made.answer("/x").status in {301, 308, 404}
    assert made.answer("/y").status == made.answer("/x").status


LINES = st.text("/ab*: #!.?=&%\n\t\r\x00éhtps:[]@200301", max_size=80)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 999) | st.sampled_from(["", "/", "/a", "/:x*", "(a", "**", "1", "é\n"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("source", "destination", "regex", "type", "status", "statusCode", "route", "redirect", "rewrite"),
                    *("headers", "key", "value", "has", "missing", "methods", "allowedRoles", "404", "permanent"),
                    *("public", "function", "run", "exclude", "service", "re", "ignore", "root"),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        *("redirects", "rewrites", "headers", "hosting", "routes", "navigationFallback", "globalHeaders", "mimeTypes"),
        *("responseOverrides", "trailingSlash", "cleanUrls", "public", "ignore", "i18n", "bulkRedirectsPath"),
    ]
)
DOCUMENTS = st.dictionaries(KEYS, JSON_VALUES, max_size=4)
ASKED = ["/", "/a", "/a.html", "/shop", "/none/x", "/index.html", "/%C3%A9", "/a?x=%0d%0a"]


def check_answers(name: str, config: dict[str, str]) -> None:
    """Ask for some addresses; whatever the rules say, the answer is one that can be sent."""
    try:
        made = host(name, FILES, config, visitor={"roles": ["admin"]})
    except (CannotMeasureError, UserError):
        return
    for rule in made.about.rules:
        assert isinstance(rule.target, str)
    for path in ASKED:
        answer = made.answer(*path.partition("?")[::2])
        assert answer.file is None or answer.file in FILES
        assert 100 <= answer.status <= 599
        assert all(not {"\r", "\n", "\0"} & set(value) for _, value in answer.headers)
        assert answer.location is None or (answer.location.isascii() and answer.location.isprintable())


@given(st.sampled_from(HOSTS), LINES, LINES)
def test_no_lines_of_rules_make_a_crash(name: str, redirects: str, headers: str) -> None:
    check_answers(name, {"_redirects": redirects, "_headers": headers})


@given(st.sampled_from(JSON_FILES), DOCUMENTS)
def test_no_document_of_rules_makes_a_crash(which: tuple[str, str], document: dict[str, Any]) -> None:
    name, file = which
    whole = {"hosting": document} if name == "firebase" and "hosting" not in document else document
    check_answers(name, {file: json.dumps(whole)})


@given(
    st.lists(st.dictionaries(st.sampled_from(["from", "to", "status", "force", "for"]), st.text("/ab*:é", max_size=6)))
)
def test_no_table_of_rules_makes_a_crash(tables: list[dict[str, str]]) -> None:
    text = "".join(
        "[[redirects]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
        for table in tables
    )
    check_answers("netlify", {"netlify.toml": text})
