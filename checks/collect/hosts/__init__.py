"""Host models: how a build is served, as pure functions from a request to an answer.

In: the files of a build. Out: a `Host`, which the server and the link checker both ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect.hosts.answer import Answer, Host, short_body
from checks.collect.hosts.detect import Detected, detect
from checks.collect.hosts.files import BuildFiles, Refused, build_digest, names_beside, scan
from checks.collect.hosts.paths import url_path
from checks.collect.hosts.plain import PlainHost
from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

__all__ = [
    "AUTO",
    "HOST_BY_NAME",
    "Answer",
    "BuildFiles",
    "Detected",
    "Host",
    "PlainHost",
    "Refused",
    "build_digest",
    "choose",
    "detect",
    "names_beside",
    "scan",
    "short_body",
    "url_path",
]

AUTO = "auto"

HOST_BY_NAME: dict[str, Callable[[BuildFiles], Host]] = {
    "plain": PlainHost,
}


def choose(name: str, files: BuildFiles, repository: AbstractSet[str] = frozenset()) -> tuple[Host, str | None]:
    """Return the host called `name` (`auto`: as detected), and a sentence for the report where one is due.

    Raises UserError for a host that is not emulated, and where `auto` can't tell which of two is meant.
    """
    detected = detect(files, repository) if name == AUTO else Detected(name)
    if detected.name not in HOST_BY_NAME:
        choices = ", ".join([AUTO, *HOST_BY_NAME])
        raise UserError(f"the host `{name}` is not emulated", where="host", remedy=f"Choose one of: {choices}.")
    return HOST_BY_NAME[detected.name](files), detected.note
