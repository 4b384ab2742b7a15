"""What a platform adds to previews is known by data, and nothing else of a page is taken for it."""

from __future__ import annotations

import pytest

from checks.facts.platform import Platform, platform_of


def platform(host: str) -> Platform:
    found = platform_of(host, ())
    assert found is not None
    return found


NETLIFY, VERCEL = platform("a--b.netlify.app"), platform("a-b.vercel.app")


@pytest.mark.parametrize(
    "source", ["https://vercel.live/_next-live/a.js", "//vercel.live/a.js", "HTTPS://vercel.live/"]
)
def test_a_script_at_an_address_of_the_platform_is_taken_away(source: str) -> None:
    html, added = VERCEL.without_scripts(f'a<SCRIPT defer src = "{source}" id=x>\n</script >b'.encode())
    assert (html, [one.what for one in added]) == (b"ab", [source])


@pytest.mark.parametrize(
    "attributes",
    [
        'src="https://evil.example/vercel.live/a.js"',
        'src="https://evil.example/?vercel.live/"',
        'src="https://notvercel.live/a.js"',
        'data-src="https://vercel.live/a.js" src="https://evil.example/"',
        'title=" src=https://vercel.live/ " src="https://evil.example/"',
    ],
)
def test_a_script_that_only_mentions_an_address_of_the_platform_is_judged(attributes: str) -> None:
    html = f"<script {attributes}></script>".encode()
    assert VERCEL.without_scripts(html) == (html, [])


def test_a_path_of_the_platform_at_another_host_is_judged() -> None:
    html = b'<script src="https://evil.example/.netlify/scripts/cdp"></script>'
    assert NETLIFY.without_scripts(html) == (html, [])


@pytest.mark.parametrize("piece", [b"<script ", b"<script src=a ", b"src=a ", b"<script>   "])
def test_a_page_of_script_tags_without_an_end_is_left_as_it_is(piece: bytes) -> None:
    # Quadratic in the length of the page, this would not come to an end within any patience.
    html = b"<script " + piece * 300_000
    assert NETLIFY.without_scripts(html) == (html, [])
