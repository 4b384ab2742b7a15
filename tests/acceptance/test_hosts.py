"""A site as its host would serve it: through the installed command, with the rules of a project and a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

SITE = "https://www.example.com"
WORDS = "The bread is baked slowly, from flour, water and salt, in an oven that has burnt since early morning. " * 3
SECURE = "/*\n  X-Content-Type-Options: nosniff\n"


def page(body: str = "", title: str = "Sourdough courses in Bristol", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><meta name="description" content="{title}, for all.">'
        f"{head}</head><body><main><h1>{title}</h1><p>{WORDS}</p>{body}</main></body></html>"
    )


class Project:
    """A project with a build in `dist`, and a gonogo.yaml."""

    def __init__(self, gonogo: Path, folder: Path) -> None:
        self._gonogo = gonogo
        self.folder = folder

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._gonogo, *arguments], cwd=self.folder, capture_output=True, text=True, check=False, timeout=300
        )

    def lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "gonogo-run" / name).read_text().splitlines()]

    @property
    def found(self) -> dict[str, list[dict[str, Any]]]:
        by_policy: dict[str, list[dict[str, Any]]] = {}
        for one in self.lines("findings.jsonl"):
            by_policy.setdefault(one["policy"], []).append(one)
        return by_policy

    @property
    def failed(self) -> dict[str, str]:
        return {one["path"]: one["why"] for one in self.lines("coverage.jsonl") if one["state"] == "failed"}


@pytest.fixture
def project(gonogo: Path, tmp_path: Path) -> Project:
    made = Project(gonogo, tmp_path)
    made.write(
        {
            "gonogo.yaml": f"site: {SITE}\npreview: dist\n",
            "dist/index.html": page('<a href="/courses/">Courses</a>'),
            "dist/courses/index.html": page('<a href="/">Home</a>', "Baking courses in Bath"),
            "dist/404.html": page('<a href="/">Home</a>', "Nothing is here"),
            "dist/robots.txt": f"User-agent: *\nAllow: /\nSitemap: {SITE}/sitemap.xml\n",
            "dist/sitemap.xml": (
                '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
                f"<url><loc>{SITE}/</loc></url><url><loc>{SITE}/courses/</loc></url></urlset>"
            ),
        }
    )
    return made


def test_rules_that_two_hosts_read_differently_need_a_name(project: Project) -> None:
    project.write({"dist/_redirects": "/old /courses/\n"})
    done = project.run("check")
    assert done.returncode == 2
    assert "`host: netlify` or `host: cloudflare-pages`" in done.stderr


def test_headers_are_judged_from_the_folder(project: Project) -> None:
    project.write({"netlify.toml": ""})
    project.run("check", "--no-render")
    assert [one["page"] for one in project.found["sec/nosniff"]] == ["/", "/courses/"]
    project.write({"dist/_headers": SECURE})
    project.run("check", "--no-render")
    assert "sec/nosniff" not in project.found


def test_the_ledger_says_of_each_page_that_no_browser_rendered_it(project: Project) -> None:
    project.write({"netlify.toml": ""})
    project.run("check", "--no-render")
    pages = [one for one in project.lines("coverage.jsonl") if one["kind"] == "page"]
    assert {one["why"] for one in pages} == {"read as it is delivered; no browser rendered it"}


def test_what_the_host_would_drop_is_a_finding_with_its_line(project: Project) -> None:
    project.write(
        {"netlify.toml": "", "dist/_headers": SECURE, "dist/_redirects": "/fine /courses/\n/old  # where to?\n"}
    )
    assert project.run("check", "--no-render").returncode == 1
    (found,) = project.found["site/hosting-config-valid"]
    assert "_redirects" in found["message"]
    assert "line 2" in found["message"] or ":2" in found["message"]


def test_a_comment_in_json_is_a_finding(project: Project) -> None:
    project.write({"vercel.json": '{\n  // kept since 2019\n  "cleanUrls": true\n}\n'})
    assert project.run("check", "--no-render").returncode == 1
    (found,) = project.found["site/hosting-config-valid"]
    assert "comment" in found["message"]


def test_a_file_of_rules_that_is_too_large_cannot_be_told(project: Project) -> None:
    project.write({"vercel.json": " " * 10_000_000})
    done = project.run("check")
    assert done.returncode == 3
    assert "vercel.json" in done.stderr


ENDPOINTS = (
    '<a href="/.netlify/functions/stock">Stock</a> <a href="/.netlify/functions/prices">Prices</a>'
    '<img src="/.netlify/images?url=/hat.png&w=80" alt="A hat" width="80" height="60">'
)


def test_what_a_folder_does_not_show_is_one_thing_that_cannot_be_told_and_no_flood(project: Project) -> None:
    project.write(
        {"netlify.toml": "", "dist/_headers": SECURE, "dist/courses/index.html": page(ENDPOINTS + '<a href="/">H</a>')}
    )
    done = project.run("check")
    assert done.returncode == 3, done.stdout
    assert set(project.failed) == {"/.netlify/", "/.netlify/images"}
    assert all("hosting.answers" in why for why in project.failed.values())
    assert [one for one in project.found if one.startswith(("links/", "media/"))] == []


def test_what_the_project_declares_is_measured(project: Project) -> None:
    project.write(
        {
            "netlify.toml": "",
            "dist/_headers": SECURE,
            "dist/courses/index.html": page(
                '<a href="/.netlify/functions/stock">Stock</a><a href="/">Home</a>', "Bath"
            ),
            "gonogo.yaml": f"site: {SITE}\npreview: dist\nhosting:\n  answers:\n"
            "    - {path: /.netlify/functions/*, status: 200, type: application/json, why: the shop's service}\n",
        }
    )
    done = project.run("check")
    assert done.returncode == 0, done.stdout
    assert project.failed == {}


def test_a_declared_error_is_a_broken_link(project: Project) -> None:
    project.write(
        {
            "netlify.toml": "",
            "dist/_headers": SECURE,
            "dist/courses/index.html": page('<a href="/.netlify/functions/old">Old</a><a href="/">Home</a>', "Bath"),
            "gonogo.yaml": f"site: {SITE}\npreview: dist\nhosting:\n  answers:\n"
            "    - {path: /.netlify/functions/*, status: 410, why: switched off}\n",
        }
    )
    assert project.run("check", "--no-render").returncode == 1
    assert [one["page"] for one in project.found["links/internal-broken"]] == ["/courses/"]


def test_a_link_to_a_redirect_of_the_host_leads_on(project: Project) -> None:
    project.write(
        {
            "netlify.toml": "",
            "dist/_headers": SECURE,
            "dist/_redirects": "/kurse/* /courses/:splat\n",
            "dist/index.html": page('<a href="/kurse/">Kurse</a><a href="/courses/">Courses</a>'),
        }
    )
    project.run("check", "--no-render")
    (home,) = [one for one in project.lines("pages.jsonl") if one["path"] == "/"]
    (link,) = [one for one in home["links"]["items"] if one["href"] == "/kurse/"]
    assert (link["status"], link["redirects"]) == (200, 1)


def test_a_project_site_lies_under_its_path(project: Project) -> None:
    base = "https://baker.github.io/shop"
    project.write(
        {
            "gonogo.yaml": f"site: {base}/\npreview: dist\nhost: github-pages\n",
            "dist/index.html": page('<a href="/shop/courses/">Courses</a><a href="/courses/">Lost</a>'),
            "dist/courses/index.html": page('<a href="../">Home</a>', "Baking courses in Bath"),
            "dist/sitemap.xml": (
                '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
                f"<url><loc>{base}/</loc></url><url><loc>{base}/courses/</loc></url></urlset>"
            ),
        }
    )
    project.run("check", "--set", "strict", "--no-render")
    assert [one["path"] for one in project.lines("pages.jsonl")] == ["/shop/", "/shop/courses/"]
    (found,) = project.found["site/base-path"]
    assert "/courses/" in found["message"]


def test_which_rule_answers_is_explained_hop_by_hop(project: Project) -> None:
    project.write(
        {"netlify.toml": "", "dist/_redirects": "# moved in spring\n/kurse/* /course/:splat\n/course/ /courses\n"}
    )
    done = project.run("host", "explain", "/kurse/")
    assert done.returncode == 0
    shown = [
        line
        for line in done.stdout.splitlines()
        if not line.startswith("       ") or "leads" in line or "sends" in line
    ]
    assert shown == [
        f"GET {SITE}/kurse/ (netlify)",
        "  301 the rule `/kurse/* /course/:splat`, _redirects:2",
        "       leads to /course/",
        f"GET {SITE}/course/ (netlify)",
        "  301 the rule `/course/ /courses`, _redirects:3",
        "       leads to /courses",
        f"GET {SITE}/courses (netlify)",
        "  301 pretty URLs: a folder has its closing slash",
        "       leads to /courses/",
        f"GET {SITE}/courses/ (netlify)",
        "  200 folder index",
        "       sends courses/index.html",
    ]


def test_it_is_explained_as_data_too(project: Project) -> None:
    done = project.run("host", "explain", "/courses", "--json")
    steps = json.loads(done.stdout)["steps"]
    assert [(one["status"], one["to"], one["file"]) for one in steps] == [
        (301, "/courses/", None),
        (200, None, "courses/index.html"),
    ]


def test_an_address_of_another_site_is_not_explained(project: Project) -> None:
    done = project.run("host", "explain", "https://other.example.net/")
    assert done.returncode == 2
