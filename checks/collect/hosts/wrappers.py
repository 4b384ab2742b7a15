"""What lies around any host: the path that a site is published under, and what the project says others answer.

In: a host. Out: a host. Pure.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.collect.hosts.answer import TEXT, Answer, redirect
from checks.settings.globs import matches

if TYPE_CHECKING:
    from checks.collect.hosts.about import About
    from checks.collect.hosts.answer import Host
    from checks.collect.hosts.build import Declared

UNDER_A_PATH = frozenset({"plain", "github-pages"})
"""Hosts that publish a build under a path of an origin that holds other sites, too."""


class _Around:
    """A host around another one."""

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def name(self) -> str:
        """As of the host within."""
        return self._host.name

    @property
    def sends_headers(self) -> bool:
        """As of the host within."""
        return self._host.sends_headers

    @property
    def about(self) -> About:
        """As of the host within."""
        return self._host.about


class UnderPath(_Around):
    """A host that serves its build under `base`, such as `/project/`."""

    def __init__(self, host: Host, base: str) -> None:
        super().__init__(host)
        self._base = base

    def answer(self, path: str, query: str = "") -> Answer:
        """Return the answer to GET `path`; see `Host.answer`."""
        if path == self._base.rstrip("/"):
            return redirect(self._base, rule="the site's own path has a closing slash")
        if not path.startswith(self._base):
            # What is there is another site's affair; this one has nothing there.
            return Answer(int(HTTPStatus.NOT_FOUND), (("content-type", TEXT),), None, None, "outside the site's path")
        answer = self._host.answer(path.removeprefix(self._base.rstrip("/")), query)
        if answer.location is None or not answer.location.startswith("/"):
            return answer
        location = self._base.rstrip("/") + answer.location
        return redirect(location, status=answer.status, rule=answer.rule, place=answer.place)


class WithDeclared(_Around):
    """A host together with what the project says of addresses that the build does not answer, or has nothing at."""

    def __init__(self, host: Host, declared: tuple[Declared, ...]) -> None:
        super().__init__(host)
        self._declared = declared

    def answer(self, path: str, query: str = "") -> Answer:
        """Return the answer to GET `path`; see `Host.answer`."""
        answer = self._host.answer(path, query)
        if answer.unknown is None and answer.status != HTTPStatus.NOT_FOUND:
            return answer
        said = next((one for one in self._declared if matches(one.path, path)), None)
        if said is None:
            return answer
        headers = (("content-type", said.content_type or TEXT), ("cache-control", "no-store"))
        if answer.unknown is None:
            return Answer(said.status, headers, None, None, "declared in `hosting.answers`")
        rule = f"declared in `hosting.answers` ({answer.unknown.what})"
        return Answer(said.status, headers, answer.file, None, rule, answer.place)
