"""What no file of the build says of its host, and who asks it: `hosting` and `visitor` of gonogo.yaml.

In: the two sections, of the published shape and with their defaults. Out: `Hosting`, `Visitor`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DeclaredAnswer:
    """What something else than the build answers."""

    path: str
    """A pattern for production paths."""
    status: int
    type: str | None
    why: str

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        said = {"path": self.path, "status": self.status, "type": self.type, "why": self.why}
        return {key: value for key, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Hosting:
    """What no file says of the host."""

    answers: tuple[DeclaredAnswer, ...]
    endpoint: str
    """Of a bucket: `website` or `rest`."""
    error_document: str | None
    error_status: int | None
    spa: bool
    """Whether every address is meant to answer with the home page, whose scripts do the rest."""

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        said = {"error-document": self.error_document, "error-status": self.error_status}
        return {"answers": [one.to_document() for one in self.answers], "endpoint": self.endpoint, "spa": self.spa} | {
            key: value for key, value in said.items() if value is not None
        }


@dataclass(frozen=True, slots=True)
class Visitor:
    """For whom rules with conditions are evaluated."""

    country: str
    languages: tuple[str, ...]
    cookies: dict[str, str]
    """Read-only by convention."""
    roles: tuple[str, ...]

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        return {
            "country": self.country,
            "languages": list(self.languages),
            "cookies": dict(self.cookies),
            "roles": list(self.roles),
        }


def read_hosting(section: dict[str, Any]) -> Hosting:
    """Return the section `hosting`."""
    status = section.get("error-status")
    return Hosting(
        answers=tuple(_answer(one) for one in section["answers"]),
        endpoint=section["endpoint"],
        error_document=section.get("error-document"),
        error_status=None if status is None else int(status),
        spa=section["spa"],
    )


def _answer(said: dict[str, Any]) -> DeclaredAnswer:
    kind = said.get("type")
    return DeclaredAnswer(said["path"], int(said["status"]), None if kind is None else kind.strip(), said["why"])


def read_visitor(section: dict[str, Any]) -> Visitor:
    """Return the section `visitor`."""
    return Visitor(
        section["country"].upper(), tuple(section["languages"]), dict(section["cookies"]), tuple(section["roles"])
    )
