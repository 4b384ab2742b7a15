"""The HTML report works alone and offline, lets nothing in, and shows what it was given."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from checks.report import html, html_cause
from checks.report.interactive.bundle import Bundle
from checks.report.result import Result

With = Callable[..., Result]
Build = Callable[..., dict[str, Any]]
PNG = b"\x89PNG\r\n\x1a\n"
HOSTILE = "</p></style></title><script>alert(1)</script><img src=x onerror=y> \" ' \x00 \ud800 \u202e <!--"


def written(result: Result, **how: Any) -> str:
    out = io.StringIO()
    html.write(result, out, **{"find": lambda: None, **how})
    return out.getvalue()


def tree(result: Result, **how: Any) -> LexborHTMLParser:
    return LexborHTMLParser(written(result, **how))


def outline(page: LexborHTMLParser) -> list[tuple[str | None, tuple[str, ...]]]:
    """Every element with the names of its attributes."""
    assert page.root is not None
    return [(node.tag, tuple(sorted(node.attributes))) for node in page.root.traverse()]


def everywhere(text: str, finding: Build, bakery_with: With) -> Result:
    """A run whose every text is `text`."""
    one = finding(text, text, text, title=text, fix=text, owner=text, value=text, limit=text, policy={"policy": text})
    owner = {"verdict": "GO", "blocking": 0, "warnings": 0, "infos": 0, "existing": 0, "cannot_tell": 0}
    policy = {"id": text, "title": text, "owner": text, "severity": "error", "why": text, "passed": 1}
    verdict = {
        "verdict": "NO-GO", "reasons": [text, text], "notes": [text], "site": text, "owners": {text: owner},
        "policies": [policy], "counts": {}, "build_digest": text,
    }  # fmt: skip
    line = {"path": text, "state": "failed", "why": text, "owner": text}
    return bakery_with(
        verdict=verdict,
        run=dict.fromkeys(("preview", "host", "commit", "browser", "gonogo", "finished"), text),
        findings=lambda: iter([one]),
        coverage=lambda: iter([line, {**line, "state": "excluded"}]),
        snippets=lambda _key: {"line": 1, "column": 1, "text": text},
        screens=lambda _key: text,
        read_screen=lambda _name: PNG,
    )


def test_hostile_text_changes_no_element_and_no_attribute(bakery_with: With, finding: Build) -> None:
    hostile, calm = (outline(tree(everywhere(text, finding, bakery_with))) for text in (HOSTILE, "calm"))
    assert hostile == calm


def test_its_policy_allows_its_own_style_and_carried_images_and_nothing_else(bakery: Result) -> None:
    page = tree(bakery)
    meta, style = page.css_first("meta[http-equiv]"), page.css_first("style")
    assert meta is not None
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.text().encode()).digest()).decode()
    assert meta.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_from_elsewhere(bakery: Result) -> None:
    page = tree(bakery)
    assert not page.css("script, iframe, object, embed, form, [style], [onclick], link[rel=stylesheet]")
    assert all(str(node.attributes["src"]).startswith("data:") for node in page.css("[src]"))
    style = page.css_first("style")
    assert style is not None
    assert not re.search(r"url\(|@import", style.text())


def test_links_lead_to_web_addresses_or_within_the_page(bakery: Result) -> None:
    page = tree(bakery)
    targets = [str(node.attributes["href"]) for node in page.css("a[href]")]
    within = {target[1:] for target in targets if target.startswith("#")}
    assert within <= {str(node.attributes["id"]) for node in page.css("[id]")}
    assert {target.split("/")[0] for target in targets if not target.startswith("#")} == {"https:"}


def test_two_references_to_one_host_are_told_apart(bakery_with: With, finding: Build) -> None:
    addresses = ["https://www.example.org/docs/301-redirects", "https://www.example.org/docs/titles.html#long"]
    page = tree(bakery_with(findings=lambda: iter([finding("/", "title", reference=addresses)])))
    shown = [link.text() for link in page.css("p.foot a")]
    assert shown == ["www.example.org: 301-redirects", "www.example.org: titles"]


def test_it_shows_poll_verdict_findings_snippet_and_what_was_not_measured(bakery: Result) -> None:
    page = tree(bakery)
    assert page.body is not None
    text = page.body.text(separator=" ")
    for said in (
        "NO-GO", "5 findings block the launch.", "cannot tell about 1 policy", "75 %", ["found", "404"][1],
        'The link "Opening times" leads to /opening-times, which answers 404.', "/shop/rye/", "never came to rest",
        '<a href="/opening-times">Opening times</a>', "line 118, column 11", "for the printer only", "sha256:9f2c",
        "host plain sends no headers of its own", "Not compared with what is live.", "gonogo explain f929fbded8",
    ):  # fmt: skip
        assert said in text


def test_a_screenshot_is_carried_in_the_page(bakery: Result) -> None:
    image = tree(bakery).css_first("figure.screen img")
    assert image is not None
    kind, _, data = str(image.attributes["src"]).partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data).startswith(b"\x89PNG")


def test_a_screenshot_is_carried_once(bakery_with: With) -> None:
    page = tree(bakery_with(screens=lambda _key: "screens/home.png"))
    assert len(page.css("figure.screen img")) == 1
    assert page.css("a[href='#screen-1']")


def test_a_page_is_shown_as_it_is_and_as_it_was(bakery_with: With) -> None:
    pictures = {"screens/now.png": PNG + b"now", "screens/before.png": PNG + b"before"}
    page = tree(
        bakery_with(
            screens=lambda _key: "screens/now.png",
            screens_before=lambda _key: "screens/before.png",
            read_screen=pictures.get,
        )
    )
    captions = [one.text() for one in page.css("figure.screen figcaption")]
    assert captions == ["/ as rendered", "/ as it is live"]


def test_a_page_that_looks_the_same_is_shown_once(bakery_with: With) -> None:
    page = tree(bakery_with(screens_before=lambda _key: "screens/before.png", read_screen=lambda _name: PNG))
    assert [one.text() for one in page.css("figure.screen figcaption")] == ["/ as rendered, and as it is live"]


def test_a_screenshot_for_which_there_is_no_room_is_named(bakery_with: With) -> None:
    large = PNG + bytes(html_cause.PICTURE_BYTES)
    report = written(bakery_with(read_screen=lambda _name: large))
    assert "<img" not in report
    assert "Screenshot of / as rendered: screens/home.png in the run folder" in report


def test_a_file_that_is_no_picture_is_not_carried(bakery_with: With) -> None:
    assert not tree(bakery_with(read_screen=lambda _name: b"<svg onload=x>")).css("img")


def test_causes_beyond_the_limit_are_counted(bakery_with: With, finding: Build) -> None:
    page = tree(bakery_with(findings=lambda: (finding("/", f"link {n}") for n in range(30))), limit=7)
    assert len(page.css("article")) == 7
    heading = page.css_first("#others h2")
    assert heading is not None
    assert heading.text() == "Does not block 30 causes, 7 shown"


def test_a_go_without_findings_says_that_there_are_none(bakery_with: With) -> None:
    none = tree(bakery_with(verdict={"verdict": "GO"}, findings=lambda: iter(()))).css_first("p.none")
    assert none is not None
    assert none.text() == "None."


def test_where_nobody_has_built_the_interactive_part_the_page_says_how_to_get_it(bakery: Result) -> None:
    page = tree(bakery)
    assert ["gonogo report RUN" in footer.text() for footer in page.css("footer")] == [True]
    assert page.css("script") == []


def test_where_it_was_built_only_its_script_and_styles_may_run(bakery: Result) -> None:
    page = tree(bakery, find=lambda: Bundle("run()", "p{}"))
    policy = str([meta.attributes["content"] for meta in page.css("meta[http-equiv]")])
    for text in ("run()", "p{}"):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert [script.text() for script in page.css("script:not([data-part])")] == ["run()"]
