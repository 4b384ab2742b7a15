"""Host models: how a build is served, as pure functions from a request to an answer.

In: a build and what a host reads of the project around it. Out: a `Host`, which the server and the link checker both
ask. A new host is a module with a class that has `name`, `sends_headers`, `about` and `answer`, one line in
`HOST_BY_NAME`, and its table of cases in `tests/collect/hosts/cases/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect.hosts.answer import Answer, Host, short_body
from checks.collect.hosts.azure import AzureStaticWebAppsHost
from checks.collect.hosts.build import Build, Declared, Options
from checks.collect.hosts.cloudflare import CloudflarePagesHost
from checks.collect.hosts.detect import Detected, detect
from checks.collect.hosts.files import BuildFiles, Refused, build_digest, scan
from checks.collect.hosts.firebase import FirebaseHost
from checks.collect.hosts.github import GithubPagesHost
from checks.collect.hosts.netlify import NetlifyHost
from checks.collect.hosts.paths import url_path
from checks.collect.hosts.plain import PlainHost
from checks.collect.hosts.project import Project, look
from checks.collect.hosts.s3 import S3Host
from checks.collect.hosts.vercel import VercelHost
from checks.collect.hosts.visitor import Visitor
from checks.collect.hosts.wrappers import UNDER_A_PATH, UnderPath, WithDeclared
from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AUTO",
    "HOST_BY_NAME",
    "Answer",
    "Build",
    "BuildFiles",
    "Declared",
    "Detected",
    "Host",
    "Options",
    "PlainHost",
    "Project",
    "Refused",
    "Visitor",
    "build_digest",
    "choose",
    "detect",
    "look",
    "make",
    "scan",
    "short_body",
    "url_path",
]

AUTO = "auto"

HOST_BY_NAME: dict[str, Callable[[Build], Host]] = {
    "netlify": NetlifyHost,
    "cloudflare-pages": CloudflarePagesHost,
    "vercel": VercelHost,
    "firebase": FirebaseHost,
    "azure-static-web-apps": AzureStaticWebAppsHost,
    "github-pages": GithubPagesHost,
    "s3-cloudfront": S3Host,
    "plain": lambda build: PlainHost(build.files),
}


def choose(name: str, build: Build) -> Detected:
    """Return the host called `name` (`auto`: as detected), and a sentence for the report where one is due.

    Raises UserError for a host that is not emulated, and where `auto` can't tell which one is meant.
    """
    detected = detect(build.files, build.project) if name == AUTO else Detected(name)
    if detected.name not in HOST_BY_NAME:
        choices = ", ".join([AUTO, *HOST_BY_NAME])
        raise UserError(f"the host `{name}` is not emulated", where="host", remedy=f"Choose one of: {choices}.")
    return detected


def make(name: str, build: Build, base_path: str = "/") -> Host:
    """Return the model of a host, of those in the table, for a build that is published under `base_path`.

    Raises UserError for rules that contradict each other or the site, CannotMeasureError for rules that are not known.
    """
    host = HOST_BY_NAME[name](build)
    if base_path != "/":
        if name not in UNDER_A_PATH:
            raise UserError(
                f"`site` has the path {base_path}, and {name} serves a build at the root of its origin",
                where="site",
                remedy="Write the origin alone, such as https://www.example.com; or another `host`.",
            )
        host = UnderPath(host, base_path)
    return WithDeclared(host, build.options.answers) if build.options.answers else host
