"""Which host a build is meant for, told by the files that only that host reads.

In: the files of the build, and the names beside them in the repository. Out: the host's name, and what must be said
about it. Pure.
GitHub Pages (`.nojekyll`, `CNAME`) has no sign here: it serves as the plain host does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from checks.collect.hosts.files import BuildFiles

# Looked for in the build and in the repository's root. Without `_redirects`, which two hosts read, differently.
HOST_BY_SIGN: dict[str, str] = {
    "netlify.toml": "Netlify",
    "vercel.json": "Vercel",
    "firebase.json": "Firebase",
    "staticwebapp.config.json": "Azure Static Web Apps",
    "wrangler.toml": "Cloudflare Pages",
    "wrangler.json": "Cloudflare Pages",
    "wrangler.jsonc": "Cloudflare Pages",
}
_SHARED_HEADERS = "_headers"
_SHARED_REDIRECTS = "_redirects"


@dataclass(frozen=True, slots=True)
class Detected:
    """The host model to use, and a sentence for the report where it is not the whole truth."""

    name: str
    note: str | None = None


def detect(files: BuildFiles, repository: AbstractSet[str] = frozenset()) -> Detected:
    """Return the host for a build; `repository` holds the names in the root of the repository around it.

    Raises UserError where the build has a `_redirects` and nothing says which of the two hosts that read it is meant.
    """
    signs = [sign for sign in HOST_BY_SIGN if sign in files or sign in repository]
    hosts = sorted({HOST_BY_SIGN[sign] for sign in signs})
    if hosts:
        return Detected("plain", _not_emulated(signs, " and ".join(hosts)))
    if _SHARED_REDIRECTS in files:
        raise UserError(
            "it is read by Netlify and by Cloudflare Pages, each in its own way, and nothing says which one is meant",
            where=_SHARED_REDIRECTS,
            remedy="Neither is emulated yet; write `host: plain` in gonogo.yaml to judge the build without it.",
        )
    if _SHARED_HEADERS in files:
        return Detected("plain", _not_emulated([_SHARED_HEADERS], "Netlify or Cloudflare Pages"))
    return Detected("plain")


def _not_emulated(signs: list[str], hosts: str) -> str:
    return (
        f"{', '.join(signs)}: the build is meant for {hosts}, which is not emulated yet; "
        "it was served as by a plain host, and rules about headers do not apply"
    )
