"""Files that nobody should have to read: each is a finding of the installed command, and neither a crash nor a hang."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

SITE = "https://www.example.com"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sourdough courses in Bristol</title>{}
</head><body><main><h1>Sourdough courses</h1><p>Bread is baked slowly.</p></main></body></html>"""


def robots(size: int) -> str:
    lines = "".join(f"Disallow: /{number:09}*a*b*c$\n" for number in range(size // 27))
    return f"User-agent: *\n{lines}"


def tenfold(number: int) -> str:
    return f"&a{number};" * 10


def bomb(depth: int) -> str:
    """Return a sitemap whose one address is ten to the power of `depth` addresses when it is written out."""
    entities = "".join(f'<!ENTITY a{n} "{tenfold(n - 1)}">' for n in range(1, depth))
    declared = f'<!DOCTYPE urlset [<!ENTITY a0 "{SITE}/">{entities}]>'
    return f"{declared}<urlset {NAMESPACE}><url><loc>&a{depth - 1};</loc></url></urlset>"


def index(*names: str) -> str:
    named = "".join(f"<sitemap><loc>{SITE}/{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex {NAMESPACE}>{named}</sitemapindex>"


def nested(depth: int) -> str:
    data = '{"@type": "Thing", "about": ' * depth + "1" + "}" * depth
    return PAGE.format(f'<script type="application/ld+json">{data}</script>')


def policy(size: int) -> str:
    sources = " ".join(f"https://h{number:06}.bakery.co" for number in range(size // 26))
    return PAGE.format(f'<meta http-equiv="Content-Security-Policy" content="script-src {sources}">')


CASES: dict[str, tuple[dict[str, str], str, str]] = {
    "a robots.txt of 2 MB": ({"robots.txt": robots(2_000_000)}, "crawl/robots-text", "bytes of text/plain"),
    "a sitemap with an entity bomb": ({"sitemap.xml": bomb(12)}, "site/sitemap-valid", "entit"),
    "a sitemap index that points at itself": (
        {"sitemap.xml": index("sitemap.xml", "other.xml"), "other.xml": index("sitemap.xml")},
        "site/sitemap-valid",
        "index",
    ),
    "JSON-LD that is nested 1,000 deep": ({"index.html": nested(1000)}, "sd/syntax", "nested"),
    "JSON-LD that is nested 100,000 deep": ({"index.html": nested(100_000)}, "sd/syntax", "nested"),
    "a policy of 5 MB": ({"index.html": policy(5_000_000)}, "sec/csp-syntax", "characters"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_a_finding(case: str, gonogo: Path, tmp_path: Path) -> None:
    files, expected, said = CASES[case]
    for name, content in {"index.html": PAGE.format(""), **files}.items():
        (tmp_path / "build").mkdir(exist_ok=True)
        (tmp_path / "build" / name).write_text(content)
    command = [str(gonogo), "check", "build", "--site", SITE, "--host", "plain", "--set", "strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1, done.stderr
    lines = (tmp_path / "gonogo-run" / "findings.jsonl").read_text().splitlines()
    found: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert [one["message"] for one in found if one["policy"] == expected and said in one["message"]] != []
