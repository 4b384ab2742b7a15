"""docs/policies.md teaches ten rules: all are loaded strictly, and judged on two small sites; each passes and fails.

The sites are measured from their delivered HTML, for none of the ten needs a browser.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from checks.commands.parsers import build
from checks.judge import policies
from checks.judge.expectations.phrases import PHRASES

CONFIG = """
site: https://www.example.com
preview: site
policies: {use: []}
expect: [{page: /thanks/**, noindex: true, why: meant, owner: marketing, until: 2099-12-31}]
"""
PRODUCT = {"@context": "https://schema.org", "@type": "Product", "name": "Rye"}
POST = {"@context": "https://schema.org", "@type": "BlogPosting", "headline": "Rye"}


def html(title: str, body: str, head: str = "", data: dict[str, Any] | None = None) -> str:
    block = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    return f'<!doctype html><html lang="en"><head><title>{title}</title>{head}{block}</head><body>{body}</body></html>'


def described(text: str) -> str:
    return f'<meta name="description" content="{text}">'


GOOD = {
    "index.html": html("Bakery | Hearth &amp; Crumb", "<main>Prices 2026</main>", described("All")),
    "landing/spring/index.html": html(
        "Spring | Hearth &amp; Crumb",
        '<main>Our spring sale. <a href="/book/">Book</a></main>',
        described("Spring"),
    ),
    "book/index.html": html("Book | Hearth &amp; Crumb", "<main>Book</main>", described("Book")),
    "thanks/index.html": html(
        "Thanks | Hearth &amp; Crumb",
        "<main>Thank you</main>",
        described("Thanks") + '<meta name="robots" content="noindex">',
    ),
    "products/rye/index.html": html(
        "Rye | Hearth &amp; Crumb",
        "<main>Rye</main>",
        described("Rye"),
        {**PRODUCT, "offers": {"@type": "Offer", "price": 4}},
    ),
    "blog/rye/index.html": html(
        "On rye | Hearth &amp; Crumb",
        "<main>Rye</main>",
        described("On rye") + '<meta property="og:image" content="https://www.example.com/rye.png">',
        {**POST, "author": {"@type": "Person", "name": "Ana"}},
    ),
    "poster/index.html": '<!doctype html><meta http-equiv="refresh" content="0; url=/landing/spring/">',
}
BAD = {
    "index.html": html("Bakery", "<main>Welcome</main><footer>prices  2025 apply</footer>"),
    "landing/spring/index.html": html("Spring", "<header>Spring sale</header><main>Our offers</main>"),
    "thanks/index.html": html("Thanks", "<main>Thank you</main>"),
    "products/rye/index.html": html("Rye", "<main>Rye</main>", data={**PRODUCT, "offers": {"@type": "Offer"}}),
    "blog/rye/index.html": html("On rye", "<main>Rye</main>", data={**POST, "author": None}),
    "poster/index.html": '<!doctype html><meta http-equiv="refresh" content="0; url=/">',
    "sitemap.xml": '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://www.example.com/thanks/</loc></url></urlset>",
}
FAILURES = {
    "every page under /landing/: mentions Spring sale": {"/landing/spring/"},
    "Every page: never mentions Prices 2025": {"/"},
    "Every product has a price in its structured data": {"/products/rye/"},
    "Blog posts have an author": {"/blog/rye/"},
    "/thanks/**: is not indexable": {"/thanks/"},
    "/thanks/**: is not in the sitemap": {"/thanks/"},
    "Titles end with the name of the shop": {"/", "/landing/spring/", "/thanks/", "/products/rye/", "/blog/rye/"},
    "/landing/**: links to /book/": {"/landing/spring/"},
    "/poster/: redirects to /landing/spring/": {None},
    "Blog posts have an image for those who share them": {"/blog/rye/"},
    "Nine of ten pages have a description": {None},
}


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "policies.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, flags=re.DOTALL)


def write_rules(page: str, folder: Path) -> None:
    """Write every rule of the page where it says that it stands: files by their first line, lines into one sheet."""
    for text in blocks(page, "yaml"):
        file = folder / text.partition("\n")[0].removeprefix("# ")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    sheets = [text.splitlines() for text in blocks(page, "text") if text.startswith("URL or pattern,")]
    lines = [sheets[0][0], *(line for sheet in sheets for line in sheet[1:])]
    (folder / "gonogo" / "expectations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def judged(page: str, tmp_path: Path, gonogo: Path) -> Any:
    """Return a function: the verdict on a site by the rules of the page, and title -> pages of what failed."""

    def judge(site: dict[str, str]) -> tuple[dict[str, Any], dict[str, set[str | None]]]:
        (tmp_path / "gonogo.yaml").write_text(CONFIG)
        write_rules(page, tmp_path)
        for name, text in site.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [gonogo, "check", "--no-render"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode in {0, 1}, done.stdout + done.stderr
        run = tmp_path / "gonogo-run"
        found: dict[str, set[str | None]] = {}
        for line in (run / "findings.jsonl").read_text().splitlines():
            finding = json.loads(line)
            found.setdefault(finding["title"], set()).add(finding.get("page"))
        return json.loads((run / "verdict.json").read_text()), found

    return judge


def test_there_are_ten_rules(page: str) -> None:
    assert re.findall(r"^### (\d+)\. ", page, flags=re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_all_ten_pass_on_a_site_that_keeps_them_and_each_is_about_something(judged: Any) -> None:
    verdict, found = judged(GOOD)
    assert found == {}
    assert {one["title"]: one["passed"] > 0 for one in verdict["policies"]} == dict.fromkeys(FAILURES, True)


def test_all_ten_fail_on_a_site_that_breaks_them_on_the_pages_that_do(judged: Any) -> None:
    assert judged(BAD)[1] == FAILURES


def test_every_file_is_a_policy_under_the_name_that_it_is_given(page: str, tmp_path: Path) -> None:
    write_rules(page, tmp_path)
    found = [policies.from_file(file)[0].id for file in sorted((tmp_path / "gonogo" / "policies").rglob("*.yaml"))]
    assert found == ["blog/author", "blog/share-image", "brand/title", "seo/described", "shop/price"]


def test_its_table_of_phrases_is_that_of_the_code(page: str) -> None:
    table = page.partition("<!-- phrases -->")[2].partition("<!-- /phrases -->")[0]
    rows = re.findall(r"^\| (.+?) \| (.*?) \|$", table, flags=re.MULTILINE)[2:]
    assert rows == [(name, phrase.value) for name, phrase in PHRASES.items()]


def test_every_command_that_it_shows_is_one(page: str) -> None:
    shown = [line[2:].partition(" >")[0] for text in blocks(page, "console") for line in text.splitlines()]
    commands = [line.split()[1:] for line in shown if line.startswith("gonogo ")]
    assert commands
    for command in commands:
        build().parse_args(command)
