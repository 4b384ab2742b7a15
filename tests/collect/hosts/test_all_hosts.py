"""One folder, judged for every host: what they have in common, and each difference."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from checks.collect import hosting
from checks.collect.hosts import HOST_BY_NAME, Host, scan
from checks.collect.preview import Preview
from tests.collect.hosts.making import host

if TYPE_CHECKING:
    from pathlib import Path

FRAMES = {"key": "X-Frame-Options", "value": "DENY"}
CONFIG = {
    "_redirects": "/old/* /shop/:splat\n/moved /about\n/de / 302 Country=de\n/app/* /index.html 200\n",
    "_headers": "/shop/*\n  X-Frame-Options: SAMEORIGIN\n",
    "vercel.json": json.dumps(
        {
            "cleanUrls": True,
            "redirects": [{"source": "/old/:path*", "destination": "/shop/:path*"}],
            "headers": [{"source": "/(.*)", "headers": [FRAMES]}],
        }
    ),
    "firebase.json": json.dumps(
        {
            "hosting": {
                "public": "dist",
                "cleanUrls": True,
                "redirects": [{"source": "/old/:path*", "destination": "/shop/:path"}],
                "rewrites": [{"source": "/app/**", "destination": "/index.html"}],
                "headers": [{"source": "**", "headers": [FRAMES]}],
            }
        }
    ),
    "staticwebapp.config.json": json.dumps(
        {
            "routes": [{"route": "/old/*", "redirect": "/shop/"}],
            "navigationFallback": {"rewrite": "/index.html", "exclude": ["/shop/*"]},
            "globalHeaders": {"X-Frame-Options": "DENY"},
        }
    ),
}
PAGES = ["index.html", "about.html", "shop/index.html", "moved.html", "404.html", ".well-known/security.txt"]
FILES = [*PAGES, *CONFIG]

PLAIN = {
    "/": "200 index.html",
    "/about": "200 about.html",
    "/about/": "404 404.html",
    "/about.html": "200 about.html",
    "/shop": "301 /shop/",
    "/shop/": "200 shop/index.html",
    "/shop/index.html": "200 shop/index.html",
    "/shop/none": "404 404.html",
    "/old/hat": "404 404.html",
    "/moved": "200 moved.html",
    "/de": "404 404.html",
    "/app/x": "404 404.html",
    "/.well-known/security.txt": "200 .well-known/security.txt",
    "/_redirects": "200 _redirects",
    "/vercel.json": "200 vercel.json",
}
DIFFERENCES: dict[str, dict[str, str]] = {
    "netlify": {
        "/about/": "301 /about",
        "/old/hat": "301 /shop/hat",
        "/app/x": "200 index.html",
        "/_redirects": "404 404.html",
    },
    "cloudflare-pages": {
        "/about/": "308 /about",
        "/about.html": "308 /about",
        "/shop": "308 /shop/",
        "/shop/index.html": "308 /shop/",
        "/old/hat": "302 /shop/hat",
        "/moved": "302 /about",
        "/_redirects": "404 404.html",
    },
    "vercel": {
        "/about/": "200 about.html",
        "/about.html": "308 /about",
        "/shop": "200 shop/index.html",
        "/shop/index.html": "308 /shop",
        "/old/hat": "308 /shop/hat",
        "/vercel.json": "404 404.html",
    },
    "firebase": {
        "/about.html": "301 /about",
        "/shop": "200 shop/index.html",
        "/shop/index.html": "301 /shop",
        "/old/hat": "301 /shop/hat",
        "/app/x": "200 index.html",
        "/.well-known/security.txt": "404 404.html",
    },
    "azure-static-web-apps": {
        "/about/": "301 /about",
        "/shop": "200 shop/index.html",
        "/old/hat": "302 /shop/",
        "/de": "200 index.html",
        "/app/x": "200 index.html",
    },
    "github-pages": {},
    "s3-cloudfront": {
        "/about": "404 404.html",
        "/shop": "302 /shop/",
        "/moved": "404 404.html",
    },
    "plain": {},
}
FRAME_OPTIONS: dict[str, dict[str, str | None]] = {
    "netlify": {"/": None, "/shop/": "SAMEORIGIN"},
    "cloudflare-pages": {"/": None, "/shop/": "SAMEORIGIN"},
    "vercel": {"/": "DENY", "/shop/": "DENY"},
    "firebase": {"/": "DENY", "/shop/": "DENY"},
    "azure-static-web-apps": {"/": "DENY", "/shop/": "DENY"},
    "github-pages": {"/": None, "/shop/": None},
    "s3-cloudfront": {"/": None, "/shop/": None},
    "plain": {"/": None, "/shop/": None},
}
# Whether wrong addresses are answered with a page, what is compressed, and which rules of the project never answer.
FACTS: dict[str, tuple[str | None, str | None, list[str]]] = {
    "netlify": (None, "br", ["/moved"]),
    "cloudflare-pages": (None, "br", []),
    "vercel": (None, "br", []),
    "firebase": (None, "br", []),
    "azure-static-web-apps": ("index.html", "br", []),
    "github-pages": (None, "gzip", []),
    "s3-cloudfront": (None, "br", []),
    "plain": (None, None, []),
}
FINDINGS: dict[str, list[str]] = {"cloudflare-pages": ["_redirects:3", "_redirects:4"]}


def answered(made: Host, path: str) -> str:
    answer = made.answer(path)
    return f"{answer.status} {answer.file or answer.location}"


@pytest.mark.parametrize("name", HOST_BY_NAME)
def test_a_host_answers_as_a_plain_one_but_for_what_is_its_own(name: str) -> None:
    made = host(name, FILES, CONFIG)
    assert {path: answered(made, path) for path in PLAIN} == PLAIN | DIFFERENCES[name]


@pytest.mark.parametrize("name", HOST_BY_NAME)
def test_headers_are_those_that_the_host_reads(name: str) -> None:
    made = host(name, FILES, CONFIG)
    wanted = FRAME_OPTIONS[name]
    assert {path: made.answer(path).header("x-frame-options") for path in wanted} == wanted


@pytest.mark.parametrize("name", HOST_BY_NAME)
def test_what_the_host_drops_is_told_for_that_host_alone(name: str) -> None:
    made = host(name, FILES, CONFIG)
    assert [str(one.place) for one in made.about.findings] == FINDINGS.get(name, [])


@pytest.mark.parametrize("name", HOST_BY_NAME)
def test_the_facts_are_those_of_the_host(name: str, tmp_path: Path) -> None:
    for file in PAGES:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("<title>a page</title>")
    preview = Preview(tmp_path, scan(tmp_path), host(name, PAGES, CONFIG), "https://www.example.com")
    facts: dict[str, Any] = hosting.hosting(preview, ["/", "/about"], "/not-there", ())
    never = [
        one.source.removeprefix(preview.origin) for one in hosting.redirects(preview, ()) if one.reachable is False
    ]
    assert (facts["catch_all"], facts["compresses"], never) == FACTS[name]


@pytest.mark.parametrize("name", HOST_BY_NAME)
def test_a_host_has_the_name_that_it_stands_under(name: str) -> None:
    assert host(name, FILES).name == name


@pytest.mark.parametrize("name", HOST_BY_NAME)
def test_the_same_request_has_the_same_answer(name: str) -> None:
    one, other = host(name, FILES, CONFIG), host(name, FILES, CONFIG)
    assert [one.answer(path) for path in PLAIN] == [other.answer(path) for path in PLAIN]
