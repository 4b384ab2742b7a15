"""Which file of the project an address comes from, as gonogo.yaml says it, and mistakes in saying it."""

from __future__ import annotations

import json

import pytest

from tests.settings.reading import complaint, read


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
