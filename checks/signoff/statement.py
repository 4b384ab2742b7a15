"""A statement: what somebody signs, and for how long. The exact bytes are what counts; they are never made again.

In: the bytes of a file, or a document to be signed. Out: frozen records, ids and fingerprints; or a `MalformedError`
with file, line and key. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from checks import shapes
from checks.signoff import strict_json
from checks.signoff.entries import Binding, CauseEntry, FindingEntry, SignedContext, WeakeningEntry
from checks.signoff.pages import pages_by_digest, pages_to_bytes
from checks.signoff.strict_json import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "Binding",
    "CauseEntry",
    "FindingEntry",
    "MalformedError",
    "SignedContext",
    "Statement",
    "WeakeningEntry",
    "id_of",
    "moment",
    "pages_by_digest",
    "pages_to_bytes",
    "parse",
    "to_bytes",
    "weakening_fingerprint",
]

SCHEMA: Final = "gonogo/sign-off/v1"
OVERRIDE: Final = "override"
REVOKE: Final = "revoke"
REVIEW: Final = "review-"
"""How the request of a review begins: it is its own."""
LARGEST: Final = 256 * 1024
LONGEST_DAYS: Final = 90
"""From the day it is written to its last day: an exception that needs longer is decided again."""
NO_POLICY: Final = hashlib.sha256(b"").hexdigest()
"""The policy digest of what is found by no policy: gaps in the coverage."""
_VALUE_BY_LEVEL: Final = {"tree": "tree", "commit": "commit", "site-digest": "site_digest"}
_Entry = TypeVar("_Entry", FindingEntry, CauseEntry, WeakeningEntry)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed; fields as in the published shape `sign-off`."""

    action: str
    request_id: str
    nonce: str
    context: SignedContext
    report_digest: str
    policy_set_digest: str
    tool_version: str
    binding: Binding
    findings: tuple[FindingEntry, ...]
    causes: tuple[CauseEntry, ...]
    weakenings: tuple[WeakeningEntry, ...]
    revokes: tuple[str, ...]
    reason_code: str
    reason: str
    ticket: str | None
    requested_by: str
    requested_at: datetime
    issued_at: datetime
    not_after: datetime
    document: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def entries(self) -> tuple[FindingEntry | CauseEntry | WeakeningEntry, ...]:
        """Everything that is accepted."""
        return (*self.findings, *self.causes, *self.weakenings)

    @property
    def of_review(self) -> bool:
        """Whether a review says it, rather than a key."""
        return self.request_id.startswith(REVIEW)

    @property
    def until(self) -> str:
        """The last day, inclusive, in UTC."""
        return self.not_after.date().isoformat()

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return dict(self.document)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Statement:
        """Return the statement that `document` is; it must be of the shape.

        Raises ValueError for a time that does not exist.
        """
        return cls(
            **{key: document[key] for key in _PLAIN},
            ticket=document.get("ticket"),
            context=SignedContext(**document["context"]),
            binding=Binding(**document["binding"]),
            findings=_entries(FindingEntry, document.get("findings", ())),
            causes=_entries(CauseEntry, document.get("causes", ())),
            weakenings=_entries(WeakeningEntry, document.get("weakenings", ())),
            revokes=tuple(document.get("revokes", ())),
            requested_at=moment(document["requested_at"]),
            issued_at=moment(document["issued_at"]),
            not_after=moment(document["not_after"]),
            document=document,
        )


_TIMES: Final = ("requested_at", "issued_at", "not_after")
_PLAIN: Final = tuple(
    each.name
    for each in fields(Statement)
    if each.name
    not in {*_TIMES, "ticket", "context", "binding", "findings", "causes", "weakenings", "revokes", "document"}
)


def parse(data: bytes, source: str) -> Statement:
    """Return the statement that the bytes of a file are.

    Raises MalformedError, with file, line and key, for everything that is not exactly what `to_bytes` writes.
    """
    if len(data) > LARGEST:
        raise MalformedError(
            f"it has {len(data):,} bytes; at most {LARGEST:,} are read", where=source, remedy=strict_json.REMEDY
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        where = f"{source}:{data.count(10, 0, error.start) + 1}"
        raise MalformedError("this is not UTF-8", where=where, remedy=strict_json.REMEDY) from error
    document = strict_json.read(text, source)
    statement = _checked(document, text, source)
    if _canonical(document) != data:
        what = "it is not written as gonogo writes it: sorted keys, two spaces, one line feed at its end"
        raise MalformedError(what, where=source, remedy=strict_json.REMEDY)
    return statement


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """Return the bytes to be signed. Raises MalformedError for what is not of the shape `sign-off`."""
    _checked(document, "", "the statement")
    return _canonical(document)


def id_of(data: bytes) -> str:
    """Return the id of a statement: the name of its file."""
    return base64.b32encode(hashlib.sha256(data).digest()).decode().lower()[:26]


def weakening_fingerprint(kind: str, file: str, what: str, before: str, after: str) -> str:
    """Return the identity of a weakening: all that tells it from another."""
    text = json.dumps([kind, file, what, before, after], ensure_ascii=False)
    return "w1:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def moment(text: str) -> datetime:
    """Return the moment that an RFC 3339 time with a Z names. Raises ValueError for one that does not exist."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _canonical(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=2) + "\n").encode()


def _entries(kind: type[_Entry], members: Any) -> tuple[_Entry, ...]:
    return tuple(kind(**member) for member in members)


def _checked(document: Any, text: str, source: str) -> Statement:
    for what, pointer in _problems(document):
        raise strict_json.refusal(what, pointer, text, source)
    statement = Statement.of(document)
    for what, key in _contradictions(statement):
        raise strict_json.refusal(what, (key,), text, source)
    return statement


def _problems(document: Any) -> Iterator[strict_json.Complaint]:
    error = best_match(_VALIDATOR.iter_errors(document))
    if error is not None:
        yield strict_json.complaint(error)
        return
    yield from strict_json.unsound(document)
    for key in _TIMES:
        try:
            moment(document[key])
        except ValueError:
            yield "there is no such moment", (key,)


def _contradictions(statement: Statement) -> Iterator[tuple[str, str]]:
    if statement.action == OVERRIDE and (not statement.entries or statement.revokes):
        yield "an override names what it accepts, and revokes nothing", "action"
    if statement.action == REVOKE and (statement.entries or not statement.revokes):
        yield "a revocation names what it takes back, and accepts nothing", "action"
    value = _VALUE_BY_LEVEL.get(statement.binding.level)
    if value and getattr(statement.binding, value) is None:
        yield f"it is bound to `{value}`, which it does not name", "binding"
    if statement.not_after < statement.issued_at:
        yield "its last day is before the day on which it was written", "not_after"
    if statement.not_after.date() > statement.issued_at.date() + timedelta(days=LONGEST_DAYS):
        yield f"its last day is more than {LONGEST_DAYS} days after it was written", "not_after"
    for key, names in (
        ("findings", [one.fingerprint for one in statement.findings]),
        ("causes", [(one.policy_id, one.cause, one.severity, one.pages_digest) for one in statement.causes]),
        ("weakenings", [one.fingerprint for one in statement.weakenings]),
    ):
        if len(set(names)) != len(names):
            yield "something stands there twice", key


_VALIDATOR: Final = Draft202012Validator(shapes.load("sign-off"))
