"""Exports of other tools that the config names: `worth`, `known_by`, `field`, `uptime`; and `moved_from`.

In: the parts of gonogo.yaml, of the published shape and with their defaults. Out: `Exports`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ada_url

from checks.errors import UserError
from checks.settings.complaint import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.settings.yaml_text import Places

KEYS: dict[str, Any] = {"worth": {}, "known_by": [], "moved_from": []}
"""The keys with their defaults; `field` and `uptime` have none."""
WORTH = ("search", "analytics")
FIELD, UPTIME = "field", "uptime"
OF_THE_LIVE_SITE = (FIELD, UPTIME)
"""What was measured where the site is live: shown beside what is measured here."""


@dataclass(frozen=True, slots=True)
class Export:
    """One file that another tool exported."""

    kind: str
    """`search` or `analytics`, which say what pages are worth; `log`, `backlinks` or `campaigns`."""
    file: str
    """Seen from the working directory."""
    days: int | None = None
    """How many days it covers; None: the file says it."""
    decimal: str | None = None
    """The mark before decimals; None: the file tells it."""

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml, without its kind."""
        said = {"file": self.file, "days": self.days, "decimal": self.decimal}
        return {key: value for key, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Exports:
    """All that the config names."""

    files: tuple[Export, ...] = ()
    moved_from: tuple[str, ...] = ()
    """Origins that the site was published under before."""

    @property
    def of_addresses(self) -> tuple[Export, ...]:
        """Those that name addresses, which must go on answering."""
        return tuple(one for one in self.files if one.kind not in OF_THE_LIVE_SITE)

    @property
    def has_field(self) -> bool:
        """Whether there are vitals of real visitors."""
        return any(one.kind == FIELD for one in self.files)

    @property
    def worth(self) -> tuple[Export, ...]:
        """Those that say what pages are worth."""
        return tuple(one for one in self.files if one.kind in WORTH)

    def to_document(self) -> dict[str, Any]:
        """Return the keys as they would be written in gonogo.yaml; what was not said is left out."""
        others = [
            {"kind": one.kind, **one.to_document()} for one in self.files if one.kind not in {*WORTH, *OF_THE_LIVE_SITE}
        ]
        said: dict[str, Any] = {
            "worth": {one.kind: one.to_document() for one in self.worth},
            "known_by": others,
            **{one.kind: one.to_document() for one in self.files if one.kind in OF_THE_LIVE_SITE},
            "moved_from": list(self.moved_from),
        }
        return {key: value for key, value in said.items() if value}


def read_exports(full: Mapping[str, Any], places: Places) -> Exports:
    """Return what a whole document names. Raises UserError for an origin that is none."""
    worth = full["worth"]
    return Exports(
        (
            *(_export(kind, worth[kind]) for kind in WORTH if kind in worth),
            *(_export(one["kind"], one) for one in full["known_by"]),
            *(_export(kind, full[kind]) for kind in OF_THE_LIVE_SITE if kind in full),
        ),
        tuple(_origins(full["moved_from"], places)),
    )


def _export(kind: str, section: Mapping[str, Any]) -> Export:
    days = section.get("days")
    return Export(kind, section["file"], None if days is None else int(days), section.get("decimal"))


def _origins(named: list[str], places: Places) -> Iterator[str]:
    remedy = "Write the origin that it had, such as https://old.example.com."
    for index, text in enumerate(named):
        where = places.of("moved_from", index)
        if not ada_url.check_url(text):
            raise UserError(f"`moved_from` names no address: {show(text)}", where=where, remedy=remedy)
        url = ada_url.URL(text)
        bare = url.protocol in {"https:", "http:"} and url.href == f"{url.origin}/"
        if not bare:
            what = f"`moved_from` must name origins alone, not {show(text)}"
            raise UserError(what, where=where, remedy=remedy)
        yield str(url.origin)


def seen_from(document: dict[str, Any], folder: str) -> dict[str, Any]:
    """Return the document with its exports as seen from here; only texts are touched, for nothing was checked yet."""
    worth, known = document.get("worth"), document.get("known_by")
    if isinstance(worth, dict):
        document = document | {"worth": {kind: _moved(one, folder) for kind, one in worth.items()}}
    for kind in OF_THE_LIVE_SITE:
        if kind in document:
            document = document | {kind: _moved(document[kind], folder)}
    if isinstance(known, list):
        document = document | {"known_by": [_moved(one, folder) for one in known]}
    return document


def _moved(one: Any, folder: str) -> Any:
    file = one.get("file") if isinstance(one, dict) else None
    inside = isinstance(file, str) and not file.startswith("/") and folder not in {"", "."}
    return one | {"file": f"{folder}/{file}"} if inside else one
