"""Which host a build is meant for, told by the files that only that host reads.

In: the files of the build, and what lies in the project around it. Out: the host's name, and what must be said of it.
Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.collect.hosts.json_lines import JsonError, read
from checks.errors import UserError

if TYPE_CHECKING:
    from checks.collect.hosts.files import BuildFiles
    from checks.collect.hosts.project import Project

HOST_BY_SIGN: dict[str, str] = {
    "netlify.toml": "netlify",
    "vercel.json": "vercel",
    "vercel.ts": "vercel",
    "vercel.toml": "vercel",
    "firebase.json": "firebase",
    "staticwebapp.config.json": "azure-static-web-apps",
    "wrangler.toml": "cloudflare-pages",
    "wrangler.json": "cloudflare-pages",
    "wrangler.jsonc": "cloudflare-pages",
}
"""Files that one host alone reads."""
SHARED = ("_redirects", "_headers")
_READERS = ("netlify", "cloudflare-pages")
_PAGES_SIGNS = (".nojekyll", "CNAME")
_PAGES = re.compile(r"\bpages_build_output_dir\b")
_ASSETS = re.compile(r"^\s*\[assets\]|\bassets\s*=|\"assets\"\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Detected:
    """The host model to use, and a sentence for the report where it is not the whole truth."""

    name: str
    note: str | None = None


def detect(files: BuildFiles, project: Project) -> Detected:
    """Return the host for a build.

    Raises UserError where the files are those of several hosts, or of either of two that read them differently.
    """
    signs = {sign: host for sign, host in HOST_BY_SIGN.items() if sign in project and _speaks_of_hosting(sign, project)}
    hosts = sorted({*signs.values()})
    if len(hosts) > 1:
        raise UserError(
            f"these files are meant for {len(hosts)} hosts, and nothing says which one the site is deployed to",
            where=", ".join(sorted(signs)),
            remedy=_choose(hosts),
        )
    if hosts:
        return Detected(hosts[0])
    shared = [name for name in SHARED if name in project]
    if shared:
        raise UserError(
            "Netlify and Cloudflare Pages read it, each in its own way, and nothing says which one is meant",
            where=", ".join(shared),
            remedy=_choose(list(_READERS)),
        )
    workers = [sign for sign in HOST_BY_SIGN if "wrangler" in sign and _ASSETS.search(project.text(sign) or "")]
    if workers:
        note = (
            f"{', '.join(workers)}: the build is meant for Cloudflare Workers, which is not emulated; it was served as "
            "by a plain host, and rules about headers do not apply"
        )
        return Detected("plain", note)
    if project.deploys_to_pages or any(sign in files for sign in _PAGES_SIGNS):
        return Detected("github-pages")
    return Detected("plain")


def _choose(hosts: list[str]) -> str:
    named = " or ".join(f"`host: {host}`" for host in hosts)
    return f"Write {named} in gonogo.yaml, or `--host` with one of these names; `plain` judges the build without them."


def _speaks_of_hosting(sign: str, project: Project) -> bool:
    """Return whether a file is about a site: both `wrangler` and Firebase have other uses."""
    text = project.text(sign) or ""
    if HOST_BY_SIGN[sign] == "cloudflare-pages":
        return _PAGES.search(text) is not None
    if sign == "firebase.json":
        try:
            document, _ = read(text)
        except JsonError:
            return True
        return isinstance(document, dict) and "hosting" in document
    return True
