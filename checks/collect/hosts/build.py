"""What a host model is made from.

In: nothing. Out: `Build`: the files, the project's rules, who asks, and where the site will be live. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checks.collect.hosts.project import Project
from checks.collect.hosts.visitor import Visitor

if TYPE_CHECKING:
    from checks.collect.hosts.files import BuildFiles

_NOTHING_ASKED = Visitor()


@dataclass(frozen=True, slots=True)
class Declared:
    """What something else than the build answers, by the word of the project."""

    path: str
    """A pattern for production paths, as everywhere in the settings."""
    status: int
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What the project says of its hosting that no file shows."""

    answers: tuple[Declared, ...] = ()
    endpoint: str = "website"
    """Of a bucket behind CloudFront: `website` or `rest`."""
    error_document: str | None = None
    """The file that it sends for errors; None: 404.html, where there is one."""
    error_status: int | None = None
    """The status that it is sent with; None: that of the error."""


_NO_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Build:
    """A build and everything around it that a host reads."""

    files: BuildFiles
    project: Project = field(default_factory=Project)
    visitor: Visitor = _NOTHING_ASKED
    origin: str = "https://site.invalid"
    """Scheme, host and port, no closing slash."""
    folder: str = ""
    """The name of the build's folder as the project calls it, such as `dist`; empty: not known."""
    options: Options = _NO_OPTIONS

    @property
    def scheme(self) -> str:
        """The scheme of the production origin."""
        return urlsplit(self.origin).scheme

    @property
    def host(self) -> str:
        """Its host, without the port."""
        return urlsplit(self.origin).hostname or ""
