"""The link "edit this page" of the forges, and what it may name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.sources.edit_links import file_named
from checks.sources.tree import Remote, Tree

FILES = frozenset({"docs/a.md", "docs/ä b.md", "src/code.py"})
OWN = Tree(files=FILES, remote=Remote("github.com", "bakery/site"))
ANY = Tree(files=FILES)


def link(url: str, text: str = "Edit this page", *rel: str) -> dict[str, object]:
    return {"href": url, "url": url, "text": text, "rel": list(rel)}


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/bakery/site/edit/main/docs/a.md",
        "https://github.com/bakery/site/blob/main/docs/a.md",
        "https://github.com/bakery/site/tree/main/docs/a.md#L3",
        "https://gitlab.com/group/sub/site/-/edit/main/docs/a.md",
        "https://gitlab.com/group/sub/site/-/blob/main/docs/a.md?ref_type=heads",
        "https://gitlab.com/-/ide/project/group/site/edit/main/-/docs/a.md",
        "https://bitbucket.org/bakery/site/src/main/docs/a.md?mode=edit&at=main",
        "https://bitbucket.org/bakery/site/src/main/docs/a.md",
        "https://codeberg.org/bakery/site/_edit/main/docs/a.md",
        "https://git.bakery.example/bakery/site/src/branch/main/docs/a.md",
        "https://github.com/bakery/site/edit/feature/rye/bread/docs/a.md",
    ],
)
def test_the_edit_link_of_a_forge_names_the_file(url: str) -> None:
    assert file_named([link(url)], ANY) == "docs/a.md"


def test_a_percent_encoded_name_is_decoded() -> None:
    assert file_named([link("https://github.com/bakery/site/edit/main/docs/%C3%A4%20b.md")], OWN) == "docs/ä b.md"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/somebody/else/edit/main/docs/a.md",
        "https://github.example/bakery/site/edit/main/docs/a.md",
        "https://github.com/bakery/site/edit/main/docs/gone.md",
        "https://github.com/bakery/site/edit/main/../docs/a.md",
        "https://github.com/bakery/site/edit/main/x/..%2fdocs/a.md",
        "https://github.com/bakery/site/edit/docs/a.md/",
        "ftp://github.com/bakery/site/edit/main/docs/a.md",
        "https://[github.com/bakery/site/edit/main/docs/a.md",
        "https://github.com/bakery/site/edit/main/" + "x/" * 2000 + "docs/a.md",
    ],
)
def test_a_link_to_anything_but_a_file_of_this_repository_names_none(url: str) -> None:
    assert file_named([link(url)], OWN) is None


def test_owner_and_name_are_compared_without_case() -> None:
    assert file_named([link("https://GitHub.com/Bakery/Site/edit/main/docs/a.md")], OWN) == "docs/a.md"


def test_a_link_to_a_file_that_the_page_only_speaks_of_names_none() -> None:
    assert file_named([link("https://github.com/bakery/site/blob/main/src/code.py", "code.py")], OWN) is None


@pytest.mark.parametrize(("text", "rel"), [("View page source", ()), ("Improve this page", ()), ("Stift", ("edit",))])
def test_a_link_to_a_file_counts_where_it_says_that_it_is_the_pages(text: str, rel: tuple[str, ...]) -> None:
    assert file_named([link("https://github.com/bakery/site/blob/main/docs/a.md", text, *rel)], OWN) == "docs/a.md"


def test_two_links_that_name_different_files_name_none() -> None:
    both = [link(f"https://github.com/bakery/site/edit/main/{file}") for file in ("docs/a.md", "src/code.py")]
    assert file_named(both, OWN) is None


def test_a_link_to_change_a_file_counts_before_one_to_look_at_another() -> None:
    look = link("https://github.com/bakery/site/blob/main/src/code.py", "View source")
    assert file_named([look, link("https://github.com/bakery/site/edit/main/docs/a.md", "✎")], OWN) == "docs/a.md"


@given(st.text(alphabet="/?&=#-.%edit2f:@[]\\ \x00ä", max_size=60))
def test_whatever_a_link_says_only_a_tracked_file_is_named(rest: str) -> None:
    assert file_named([link(f"https://github.com/bakery/site/{rest}")], OWN) in {None, *FILES}
