"""Draft a first gonogo.yaml for a project, from what lies in its folder.

In: the project's folder. Out: the text of a file that `settings.load` reads, with a comment for every key.
What can't be found out stays a comment: a guess that is wrong would be worse than a question.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ada_url
from selectolax.lexbor import LexborHTMLParser

from checks.errors import CannotMeasureError, UserError
from checks.facts.nesting import too_deep
from checks.settings import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

# Where builds lie; `public` holds sources for some generators, so each counts only with an index.html in it.
BUILD_FOLDERS = (
    *("dist", "public", "_site", "build", "out", "site"),
    *("docs/_build/html", "_build/html", "build/html", "docs/.vitepress/dist", "."),
)
# What a generator's own settings say about where it will build, for a project that has not been built yet.
BUILD_FOLDER_BY_SIGN = {
    "mkdocs.yml": "site",
    "hugo.toml": "public",
    "hugo.yaml": "public",
    "gatsby-config.js": "public",
    "_config.yml": "_site",
    ".eleventy.js": "_site",
    "eleventy.config.js": "_site",
    "astro.config.mjs": "dist",
    "astro.config.ts": "dist",
    "vite.config.js": "dist",
    "vite.config.ts": "dist",
    "docusaurus.config.js": "build",
    "docusaurus.config.ts": "build",
    "svelte.config.js": "build",
    "next.config.js": "out",
    "next.config.mjs": "out",
}
POLICY_FOLDER = "gonogo/policies"

_MOST_READ = 1_000_000
_LOC = re.compile(rb"<loc>\s*([^<\s]+)")
_NAME = re.compile(r"(?=.*\.)[a-z0-9.-]+", re.IGNORECASE)
_LOOPBACK = re.compile(r"(?:.*\.)?localhost|127\..*|0\.0\.0\.0|\[.*")


@dataclass(frozen=True, slots=True)
class Found:
    """What a project's folder says about its site."""

    preview: str | None
    """The folder of the build, seen from the project."""
    is_built: bool
    origins: tuple[str, ...]
    """Every production origin that the build names, without doubles."""
    has_policies: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """The parts of a draft that a site decides which is live, or whoever asks for it."""

    host: str = "auto"
    key_pages: Sequence[str] = ("/",)
    page_types: Mapping[str, Sequence[str]] = field(default_factory=dict)
    third_parties: Sequence[str] = ()
    crawlers: Mapping[str, str] = field(default_factory=dict)
    baseline: str = "none"


def write(folder: Path, *, baseline: str = "none") -> Path:
    """Write gonogo.yaml into `folder` and return its path. Nothing is ever overwritten.

    Raises UserError where there is no such folder or there is a gonogo.yaml already, CannotMeasureError where it can't
    be written.
    """
    require_folder(folder)
    return create(folder / FILE_NAME, draft(folder, baseline))


def require_folder(folder: Path) -> None:
    """Raise UserError where there is no such folder."""
    if not folder.is_dir():
        raise UserError("there is no such folder", where=str(folder), remedy="Name the folder of the project.")


def require_new(file: Path) -> None:
    """Raise UserError where a file is there already."""
    if file.exists() or file.is_symlink():
        raise _there(file)


def _there(file: Path) -> UserError:
    remedy = "Change it, or remove it to begin anew."
    return UserError("it is there already, and is not overwritten", where=str(file), remedy=remedy)


def create(file: Path, text: str) -> Path:
    """Write a file that is not there yet, and return its path. Raises as `write` does."""
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise _there(file) from error
    except OSError as error:
        remedy = "Make room, or give the user that runs gonogo the right to write there."
        raise CannotMeasureError(f"it can't be written: {error.strerror}", where=str(file), remedy=remedy) from error
    return file


def draft(folder: Path, baseline: str = "none") -> str:
    """Return the text of a gonogo.yaml for the project in `folder`."""
    return text(look(folder), Drafted(baseline=baseline))


def look(folder: Path) -> Found:
    """Return what the files in `folder` say about the site that they build."""
    preview = next((name for name in BUILD_FOLDERS if (folder / name / "index.html").is_file()), None)
    planned = next((to for sign, to in BUILD_FOLDER_BY_SIGN.items() if (folder / sign).is_file()), None)
    origins = _origins(folder, folder / preview) if preview else ()
    return Found(preview or planned, preview is not None, tuple(origins), (folder / POLICY_FOLDER).is_dir())


def _origins(folder: Path, build: Path) -> list[str]:
    said = [*_custom_domain(build / "CNAME"), *_custom_domain(folder / "CNAME"), *_sitemap(build), *_canonical(build)]
    origins = (ada_url.URL(address) for address in said if ada_url.check_url(address))
    public = [
        url.origin for url in origins if url.protocol in {"https:", "http:"} and not _LOOPBACK.match(url.hostname)
    ]
    return list(dict.fromkeys(public))


def _custom_domain(file: Path) -> Iterator[str]:
    """GitHub Pages keeps the site's own domain in a file; Netlify and others read the same."""
    name = _read(file).decode("utf-8", "replace").strip()
    if _NAME.fullmatch(name):
        yield f"https://{name}"


def _sitemap(build: Path) -> Iterator[str]:
    for name in ("sitemap.xml", "sitemap-index.xml", "sitemap_index.xml"):
        yield from (loc.decode("utf-8", "replace") for loc in _LOC.findall(_read(build / name)))


def _canonical(build: Path) -> Iterator[str]:
    home = _read(build / "index.html")
    for link in () if too_deep(home) else LexborHTMLParser(home).css("link[rel~=canonical i]"):
        yield (link.attributes.get("href") or "").strip()


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST_READ)
    except OSError:
        return b""


def text(found: Found, drafted: Drafted) -> str:
    """Return the text of a gonogo.yaml from what a folder and a live site say."""
    # JSON is YAML, and quotes what has to be quoted.
    return _TEMPLATE.format(
        site=_site(found),
        preview=_preview(found),
        policies=_policies(found),
        host=drafted.host,
        key_pages=_list(drafted.key_pages),
        page_types=json.dumps({name: list(patterns) for name, patterns in drafted.page_types.items()}),
        third_parties=_list(drafted.third_parties),
        crawlers=json.dumps(dict(drafted.crawlers)),
        baseline=drafted.baseline,
    )


def is_public(origin: str) -> bool:
    """Return whether an origin is one that visitors reach."""
    url = ada_url.URL(origin)
    return url.protocol in {"https:", "http:"} and not _LOOPBACK.match(url.hostname)


def _list(values: Sequence[str]) -> str:
    return json.dumps(list(values)) if list(values) != ["/"] else "[/]"


def _site(found: Found) -> str:
    if len(found.origins) == 1:
        return f"site: {found.origins[0]}"
    asked = f"  # The build names {', '.join(found.origins[:3])}: which one is it?" if found.origins else ""
    return f"# site: https://www.example.com{asked}"


def _preview(found: Found) -> str:
    if found.preview is None:
        return "# preview: dist"
    return f"preview: {found.preview}" + ("" if found.is_built else "  # Not built yet; is this the folder?")


def _policies(found: Found) -> str:
    return f"[{POLICY_FOLDER}]" if found.has_policies else f"[]  # Such as [{POLICY_FOLDER}]."


_TEMPLATE = """\
# What gonogo is told about this site. Everything can be left out; a key that is not known is refused.

# Where visitors will see the site, with its path where it has one. The browser is led to believe that it is there.
{site}

# The folder that the build leaves, seen from this file; or the URL of a deployed preview (docs/previews.md).
{preview}

# What opens a preview that is a URL: names of environment variables, and the hosts that their secrets may go to.
# access: {{hosts: [deploy-preview-*--example.netlify.app], headers: {{x-key: GONOGO_PREVIEW_KEY}}}}

# How far a preview that is a URL is followed.
limits: {{pages: 1000, depth: 20, bytes: 25000000, time: 20m, answer-time: 20s, at-once: 4}}

# The host that serves the folder: netlify, cloudflare-pages, vercel, firebase, azure-static-web-apps, github-pages,
# s3-cloudfront, plain (index.html, clean URLs, 404.html: what nearly every static host does), or auto.
host: {host}

# What the folder does not show of its host: addresses that functions and the like answer, with their status.
hosting:
  answers: []
  #  - {{path: /api/**, status: 200, type: application/json, why: the shop's service}}

# For whom rules with conditions are judged.
visitor: {{country: US, languages: [en], cookies: {{}}, roles: []}}

# What is live: the last launch, which the workflows keep (launch); a folder with its build or a saved baseline; its
# address; or none. What this release would change is judged against it (docs/baseline.md).
baseline: {baseline}

# What blocks: findings that the baseline has not (new), or those that were there before, too (all).
gate: new

# Which gate pull requests may pass by (docs/gates.md): launch renders every page, review some for all.
pull-request-gate: launch

# Ask for Lighthouse (docs/lighthouse.md): the home page and one page of each template, on a phone and a desktop.
# lighthouse: {{pages: auto, profiles: [phone, desktop], runs: 3, budget: 5m}}

# The least severity that blocks: error, warning or info.
fail-on: error

policies:
  # Sets of policies. `gonogo policy list` shows them all.
  use: [recommended]
  # Folders with policies of your own.
  folders: {policies}
  # Changes to policies, each with its id: what is given here is laid over the policy, and null drops it.
  change: {{}}
  #   seo/title-length: {{x-severity: error}}

render:
  # The screens that pages are rendered on. A phone, for that is what search engines index.
  viewports: [phone]
  # How long a page may take until it counts as hung.
  time-limit: 30s
  # Whether other hosts are asked for what pages load from them: allow or block.
  third-party: allow
  # The pages whose scripts and style sheets are watched for code that nobody uses; each is rendered once more for it.
  coverage: []
  #  - /

# The teams that policies belong to: each says GO or NO-GO. A team may own what is found on some addresses as well.
owners: {{marketing: {{}}, engineering: {{}}, security: {{}}}}
#  marketing: {{paths: [/blog/**]}}

# The files that pages are made from, so that a finding is shown where it can be mended: the n-th * of the page stands
# for the n-th of the file. What the known generators do needs no line.
sources: []
#  - {{page: /blog/*/, file: content/blog/*.md}}

# The pages that this site can't do without: they must be there, and search engines must find them.
key_pages: {key_pages}

# Which type of page stands where. Weight budgets are tighter for article, docs, legal and post, for home and landing,
# and for category, listing and product; app may have more script. Policies of your own can use any other name.
page_types: {page_types}
#  article: [/blog/**]
#  landing: [/, /offers/*]

# What is meant to be unusual about some pages, why, who answers for it, and the last day on which it holds.
# * stands for anything within a part of the path, ** for anything.
expect: []
#  - {{page: /thanks/, noindex: true, why: only after an order, owner: marketing, until: 2030-12-31}}
#  - {{page: /offer/**, orphan: true, why: linked from mails only, owner: marketing, until: 2030-12-31}}

# Pages that are not measured. The report lists them.
exclude: []
#  - {{page: /legacy/**, why: moves to another site, owner: engineering, until: 2030-12-31}}

# Other hosts that are meant: that pages load from, that canonicals name, that forms send to; published source maps;
# paths of redirects that are only for a while; keys that are meant for browsers; and the preload list of browsers.
allow:
  third-parties: {third_parties}
  canonical-hosts: []
  form-hosts: []
  source-maps: false
  temporary-redirects: []
  public-keys: []
  hsts-preload: false

# What may be asked and kept before a visitor consents: hosts, and names of cookies and keys (* at the end: anything).
consent: {{exempt: [], essential: []}}
# How a visitor consents and refuses (click, script or cookie), and on which pages that is tried:
#consent: {{pages: [/], give: {{click: "#accept"}}, refuse: {{click: "#reject"}}}}

# The ids of the tags that count visits in production (or the host, of those that have none).
analytics: []
#  - G-ABCDE12345

# The pages that the law asks for: every page must link to them.
legal: {{}}
#  privacy: /privacy/
#  accessibility: /accessibility/

# Files that other services look for, such as /ads.txt.
required_files: []

# Addresses that were given to people outside the site, with their query: they must answer. Ads must be open to AdsBot.
campaigns: {{}}
#  print: [/spring/?utm_source=flyer]

# Scripts that visitors' browsers hold as service workers: they must go on answering.
service_workers: []

# What HSTS is meant to reach beside the host itself: subdomains, preload.
hsts: []

# Hosts that pay for links; and whether other sites are asked if what pages link to is still there (leave or check).
links: {{sponsored-hosts: [], outside: leave}}

# What pages are worth: exports of Search Console and of analytics. Who else knows addresses that must go on answering.
worth: {{}}
#  search: {{file: gonogo/data/search-pages.csv, days: 28}}
known_by: []
#  - {{kind: backlinks, file: gonogo/data/backlinks.csv}}

# Vitals of real visitors, told beside those that are measured here.
#field: {{file: gonogo/data/field.csv}}

# How long the live site was up: an export of an uptime monitor.
#uptime: {{file: gonogo/data/uptime.csv, days: 30}}

# Where the site was published before: each address there must lead to the same one here.
moved_from: []
#  - https://old.example.com

# In which languages the site is there, on which pages (sections), and which of them need not be (exempt).
languages: {{spoken: []}}
#languages: {{spoken: [en, de], sections: [/shop/**], exempt: [/shop/news/**]}}

# What robots.txt is meant to say to crawlers, by product token: allow or block.
crawlers: {crawlers}
#  GPTBot: block
"""
