"""Which addresses are one page, which files are looked for beside them, and that none leads out of the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.collect.web.unlinked import ask_for_maps
from tests.collect.web.looking import Look, looked_at, page
from tests.collect.web.preview_server import Sent, of_pages, serving


def test_two_spellings_of_one_page_are_one_page(look: Look) -> None:
    paths, _, _ = look(
        {
            "/": page("/about", "/about/", "/about.html?x=1"),
            **dict.fromkeys(["/about", "/about/", "/about.html?x=1"], page("/")),
        }
    )
    assert len(paths) == 2


def test_no_answer_takes_the_file_of_another_one(tmp_path: Path) -> None:
    # All three would be `a.html` in a build.
    pages = {target: page(title=target) for target in ("/a", "/a.html", "/%61.html")}
    with serving(of_pages({"/": page(*pages), **pages})) as preview, looked_at(preview, tmp_path) as (_, web):
        for target, html in pages.items():
            assert (web.store.root / str(web.ask(target).file)).read_text() == html


def test_what_answers_every_wrong_address_is_one_page(tmp_path: Path) -> None:
    shell = Sent(page("/one", "/two").encode())
    with serving(lambda _: shell) as preview, looked_at(preview, tmp_path) as (found, web):
        assert found.paths == {"/"}
        assert [name for name in web.store.files.sizes if name.endswith(".html")] == ["index.html"]


@pytest.mark.parametrize(
    "target", ["/a/../../b", "/%2e%2e/x", "/a%00b", "/CON:", "/a%5c..%5cb", "/" + "a" * 300, "//x//y"]
)
def test_no_address_leads_out_of_the_folder(tmp_path: Path, target: str) -> None:
    with serving(lambda _: Sent(b"x", headers={"content-type": "text/plain"})) as preview:
        pages = of_pages({"/": page()})
        preview.answers = lambda asked: pages(asked) if asked.target == "/" else Sent(b"x" + asked.target.encode())
        with looked_at(preview, tmp_path) as (_, web):
            record = web.ask(target)
            assert record.file is not None
            assert (web.store.root / record.file).resolve().is_relative_to(web.store.root.resolve())


def test_a_private_file_that_nothing_links_to_is_found(tmp_path: Path) -> None:
    pages = {"/": page(), "/.env": Sent(b"KEY=1", headers={"content-type": "text/plain"})}
    with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path) as (found, _):
        assert ".env" in found.preview.files.sizes


@pytest.mark.parametrize(
    ("code", "file"), [("let a;\n//# sourceMappingURL=../maps/app.map\n", "maps/app.map"), ("let a;", "js/app.js.map")]
)
def test_the_map_of_a_script_is_found_where_the_script_says_or_beside_it(tmp_path: Path, code: str, file: str) -> None:
    script = Sent(code.encode(), headers={"content-type": "text/javascript"})
    pages = {"/": page(), "/js/app.js": script, f"/{file}": Sent(b"{}", headers={"content-type": "text/plain"})}
    with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path) as (_, web):
        web.ask("/js/app.js")
        ask_for_maps(web, "/")
        assert file in web.store.files.sizes
