"""What the host makes of the project's rules, as facts of the site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from checks import shapes
from checks.collect import hosting
from checks.collect.hosts import Build, Visitor, make, scan
from checks.collect.hosts.project import ConfigText, Project
from checks.collect.preview import Preview

if TYPE_CHECKING:
    from pathlib import Path

    from checks.facts.site_visit import Redirect

ORIGIN = "https://www.example.com"
PAGES = {"index.html": "home", "shop/index.html": "shop", "hat.html": "hat", "404.html": "none"}


def served(root: Path, name: str, config: dict[str, str], country: str = "US") -> Preview:
    for file, text in PAGES.items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(text)
    files = scan(root)
    texts = {file: ConfigText(file, text, "build") for file, text in config.items()}
    build = Build(files, Project(texts), Visitor(country=country), ORIGIN)
    return Preview(root, files, make(name, build), ORIGIN)


def rules(root: Path, text: str, country: str = "US", temporary: tuple[str, ...] = ()) -> list[Redirect]:
    return list(hosting.redirects(served(root, "netlify", {"_redirects": text}, country), temporary))


def group(root: Path, name: str, config: dict[str, str]) -> dict[str, Any]:
    found = hosting.hosting(served(root, name, config), ["/", "/shop/", "/hat"], "/not-there", {"/style.css"})
    Draft202012Validator(shapes.load("site")["properties"]["hosting"]).validate(found)
    return found


def test_a_rule_is_told_with_its_place_and_its_end(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, "# moved\n/old /shop 302\n")
    assert (rule.source, rule.target, rule.status, rule.kind) == (f"{ORIGIN}/old", f"{ORIGIN}/shop", 302, "host")
    assert (rule.file, rule.line, rule.reachable, rule.shadowed_by) == ("_redirects", 2, True, None)
    assert (rule.final_status, rule.hops, rule.permanent) == (200, 2, False)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("/shop/ /\n", "the file shop/index.html"),
        ("/hat / 302\n", "the file hat.html"),
        ("/a/* /shop/\n/a/b /\n", "_redirects:1 `/a/* /shop/`"),
        ("/* /index.html 200\n/b /\n", "_redirects:1 `/* /index.html 200`"),
    ],
)
def test_a_rule_that_never_answers_is_told_with_what_answers_instead(tmp_path: Path, text: str, by: str) -> None:
    last = rules(tmp_path, text)[-1]
    assert (last.reachable, last.shadowed_by) == (False, by)


def test_a_forced_rule_answers_over_a_file(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, "/hat / 301!\n")
    assert rule.reachable is True


@pytest.mark.parametrize(("country", "reachable"), [("DE", True), ("US", None)])
def test_a_rule_for_other_visitors_is_not_called_unreachable(
    tmp_path: Path, country: str, *, reachable: bool | None
) -> None:
    (rule,) = rules(tmp_path, "/ /shop/ 302! Country=de\n", country)
    assert (rule.conditional, rule.reachable) == (True, reachable)


def test_a_pattern_is_asked_for_a_path_that_it_stands_for(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, "/old/* /shop/:splat\n")
    assert (rule.source, rule.target, rule.reachable) == (f"{ORIGIN}/old/*", "/shop/:splat", True)
    assert (rule.final_status, rule.hops) == (None, 1)


def test_a_rule_that_leads_nowhere_ends_in_an_error(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, "/old /gone\n")
    assert rule.final_status == 404


def test_rules_that_lead_to_each_other_are_a_loop(tmp_path: Path) -> None:
    assert [rule.loop for rule in rules(tmp_path, "/a /b\n/b /a\n")] == [True, True]


def test_a_rule_that_leads_to_what_the_build_does_not_show_has_no_known_end(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, "/old /.netlify/functions/x\n")
    assert (rule.reachable, rule.final_status) == (True, None)


def test_a_rewrite_shows_a_file_under_another_address(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, "/winter /hat.html 200\n")
    assert (rule.kind, rule.final_status, rule.hops) == ("rewrite", 200, 0)


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("/old /shop/ 301\n", True),
        ("/old /shop/?from=old 301\n", False),
        ("/old/* /shop/:splat 301\n", True),
        ("/old https://shop.example.net/?from=old 301\n", None),
        ("/shop/ /?from=shop 301\n", None),
        ("/app/* /index.html 200\n", None),
    ],
)
def test_a_redirect_within_the_site_hands_the_query_on_or_drops_it(
    text: str, keeps: bool | None, tmp_path: Path
) -> None:
    (rule,) = rules(tmp_path, text)
    assert rule.keeps_query is keeps


def test_a_redirect_that_is_declared_as_temporary_is_marked(tmp_path: Path) -> None:
    one, other = rules(tmp_path, "/sale/a / 302\n/b / 302\n", temporary=("/sale/*",))
    assert (one.declared_temporary, other.declared_temporary) == (True, False)


def test_addresses_that_single_rules_name_are_asked_for(tmp_path: Path) -> None:
    preview = served(
        tmp_path, "netlify", {"_redirects": "/old /shop/\n/x/* /y/:splat\n/z https://other.example/ 301\n"}
    )
    assert sorted(hosting.named(preview)) == ["/old", "/shop/", "/z"]


@pytest.mark.parametrize(
    ("name", "config", "file"),
    [
        ("netlify", {"_redirects": "/* /index.html 200"}, "index.html"),
        ("cloudflare-pages", {}, None),
        ("vercel", {"vercel.json": '{"rewrites": [{"source": "/(.*)", "destination": "/index.html"}]}'}, "index.html"),
        (
            "azure-static-web-apps",
            {"staticwebapp.config.json": '{"navigationFallback": {"rewrite": "/"}}'},
            "index.html",
        ),
    ],
)
def test_a_page_that_answers_every_wrong_address_is_told(
    tmp_path: Path, name: str, config: dict[str, str], file: str | None
) -> None:
    assert group(tmp_path, name, config)["catch_all"] == file


def test_pages_without_the_headers_of_the_home_page_are_told(tmp_path: Path) -> None:
    found = group(
        tmp_path, "cloudflare-pages", {"_headers": "/\n  X-Frame-Options: DENY\n/shop/*\n  X-Frame-Options: DENY\n"}
    )
    assert found["headers_uncovered"] == [
        {"path": "/hat", "names": ["x-frame-options"]},
        {"path": "/not-there", "names": ["x-frame-options"]},
    ]


def test_what_the_host_drops_its_limits_and_what_it_does_not_show_are_told(tmp_path: Path) -> None:
    found = group(tmp_path, "netlify", {"_redirects": "/a /b\n/only\n/api/* https://api.example.net/:splat 200\n"})
    assert found["config"] == [{"file": "_redirects", "rules": 2}]
    assert found["findings"] == [
        {"entry": "_redirects: /only", "file": "_redirects", "line": 2, "what": "it has no target"}
    ]
    assert found["limits"] == [{"name": "redirect rules", "value": 2, "most": 10_000, "exceeded": False}]
    assert [one["path"] for one in found["not_emulated"]] == ["/.netlify/", "/api/*"]


def test_addresses_beside_the_path_of_the_site_are_told(tmp_path: Path) -> None:
    assert group(tmp_path, "plain", {})["outside_base"] == [{"url": "/style.css"}]


def test_of_what_the_host_drops_the_first_thousand_are_told(tmp_path: Path) -> None:
    found = group(tmp_path, "netlify", {"_redirects": "/only\n" * 2_000})
    assert [one["line"] for one in found["findings"]] == list(range(1, 1_001))


def test_a_rule_of_vercel_that_its_trailing_slash_keeps_from_answering_is_told(tmp_path: Path) -> None:
    entry = {"source": "/old/:path*", "destination": "/shop/:path*"}
    config = {"vercel.json": json.dumps({"trailingSlash": True, "redirects": [entry]})}
    (rule,) = hosting.redirects(served(tmp_path, "vercel", config), ())
    assert (rule.reachable, rule.shadowed_by) == (False, "trailingSlash: true")


def test_a_rule_of_vercel_that_is_written_with_the_slash_answers(tmp_path: Path) -> None:
    entry = {"source": "/old/:path*/", "destination": "/shop/:path*/"}
    config = {"vercel.json": json.dumps({"trailingSlash": True, "redirects": [entry]})}
    (rule,) = hosting.redirects(served(tmp_path, "vercel", config), ())
    assert rule.reachable is True
