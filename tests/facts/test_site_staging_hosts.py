"""Hosts that no visitor should meet: this machine, private networks, staging, previews, tunnels."""

from __future__ import annotations

import pytest

from tests.facts.leaks import scan


def hosts(path: str, text: str) -> list[tuple[str, str, str]]:
    return [(one["host"], one["class"], one["certainty"]) for one in scan(path, text).leaks()["hosts"]]


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
