"""What lies around a host: a path, what the project declares, and what is compressed on the way."""

from __future__ import annotations

import brotli
import pytest

from checks.collect.hosts import Declared
from checks.collect.hosts.compression import NONE, Compression
from tests.collect.hosts.making import host

FILES = ["index.html", "shop/index.html", "a b.html", "404.html"]


def under(path: str, name: str = "github-pages") -> str:
    answer = host(name, FILES, options={"base_path": "/docs/"}).answer(*path.partition("?")[::2])
    return f"{answer.status} {answer.file or answer.location}"


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/docs/", "200 index.html"),
        ("/docs", "301 /docs/"),
        ("/docs/shop", "301 /docs/shop/"),
        ("/docs/shop?a=1", "301 /docs/shop/?a=1"),
        ("/docs/a%20b", "200 a b.html"),
        ("/docs/none", "404 404.html"),
        ("/", "404 None"),
        ("/shop/", "404 None"),
        ("/docsx/", "404 None"),
    ],
)
def test_a_site_under_a_path_is_there_and_nowhere_else(path: str, answer: str) -> None:
    assert under(path) == answer
    assert under(path, "plain") == answer


def answered(name: str, path: str, *declared: Declared, config: dict[str, str] | None = None) -> str:
    made = host(name, FILES, config, options={"answers": declared})
    answer = made.answer(*path.partition("?")[::2])
    return "unknown" if answer.unknown else f"{answer.status} {answer.header('content-type')}"


STOCK = Declared("/.netlify/functions/*", 200, "application/json")


def test_what_the_platform_answers_is_unknown_until_it_is_declared() -> None:
    assert answered("netlify", "/.netlify/functions/stock") == "unknown"
    assert answered("netlify", "/.netlify/functions/stock", STOCK) == "200 application/json"


def test_the_first_declaration_that_names_the_address_counts() -> None:
    gone = Declared("/.netlify/functions/old", 410)
    assert answered("netlify", "/.netlify/functions/old", gone, STOCK) == "410 text/plain; charset=utf-8"


def test_a_rewrite_to_another_server_can_be_declared() -> None:
    proxied = {"_redirects": "/api/* https://api.example.net/:splat 200"}
    assert answered("netlify", "/api/x", config=proxied) == "unknown"
    assert answered("netlify", "/api/x", Declared("/api/**", 204), config=proxied).startswith("204 ")


def test_what_another_server_answers_can_be_declared_for_any_host() -> None:
    assert answered("plain", "/api/x", Declared("/api/**", 200, "application/json")) == "200 application/json"


def test_a_declaration_takes_the_place_of_no_file() -> None:
    assert answered("plain", "/shop/", Declared("/**", 500)) == "200 text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("content_type", "size", "applies"),
    [
        ("text/html; charset=utf-8", 5_000, True),
        ("application/javascript", 5_000, True),
        ("application/ld+json", 5_000, True),
        ("image/svg+xml", 5_000, True),
        ("font/woff2", 5_000, False),
        ("image/png", 5_000, False),
        ("text/html", 999, False),
        ("text/html", 10_001, False),
        (None, 5_000, False),
    ],
)
def test_what_is_compressed_is_text_within_the_limits(content_type: str | None, size: int, *, applies: bool) -> None:
    assert Compression("br", least=1_000, most=10_000).applies(content_type, size) == applies


def test_a_host_that_does_not_compress_sends_what_there_is() -> None:
    assert not NONE.applies("text/html", 5_000)
    assert NONE.compressed(b"x" * 50) == 50


def test_brotli_is_that_of_the_library_and_gzip_has_a_known_frame() -> None:
    body = b"<p>bread and rolls</p>" * 200
    assert Compression("br").compressed(body) == len(brotli.compress(body, quality=5))
    assert 18 < Compression("gzip").compressed(body) < 200
