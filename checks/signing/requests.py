"""A request for a sign-off: written, read back, and compared with the run that it names.

In: a finished run, chosen entries, what people said; later the bytes of the request. Out: the document, and the entries
as the run tells them: what is signed is what the run says, never what the request says. Pure.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from checks.errors import UserError
from checks.signing import bounds
from checks.signing.choosing import CAUSE, FINDING, MOST, WEAKENING, Choice
from checks.signing.statements import TERMS, stamp
from checks.signoff.statement import LARGEST, OVERRIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from checks.signing.runs import Signed
    from checks.signing.terms import Said

Document = dict[str, Any]
REQUEST: Final = "gonogo/sign-off-request/v1"
_BOUND: Final = "not_worse_than"
_LISTS: Final = (FINDING, CAUSE, WEAKENING)
_OF_THE_RUN: Final = ("context", "policy_set_digest", "tool_version")
REQUIRED: Final = frozenset(
    {
        "schema",
        "action",
        "request_id",
        "report_digest",
        *_OF_THE_RUN,
        *_LISTS,
        "binding",
        "requested_by",
        "requested_at",
    }
)
_CONTEXT: Final = frozenset({"repository_id", "repository", "site_id", "base_branch"})
_ID: Final = re.compile(r"[0-9a-f-]{8,40}")


def request(signed: Signed, chosen: Sequence[Choice], said: Said, by: str, request_id: str, now: datetime) -> Document:
    """Return the request for the entries `chosen`.

    Raises UserError for entries that nobody can sign for, for none and for too many.
    """
    refuse(chosen, str(signed.where))
    optional = {
        "reason_code": said.reason_code,
        "reason": said.reason,
        "ticket": said.ticket,
        "until": said.until.isoformat() if said.until else None,
    }
    return {
        "schema": REQUEST,
        "action": OVERRIDE,
        "request_id": request_id,
        **_named(signed, chosen),
        "binding": {"level": "finding"},
        "requested_by": by,
        "requested_at": stamp(now),
        **{key: value for key, value in optional.items() if value is not None},
    }


def read_request(file: Path, data: bytes) -> Document:
    """Return the request that a file holds. Raises UserError for anything that `request` does not write."""
    if len(data) > LARGEST:
        raise _broken(file, f"it has {len(data):,} bytes")
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _broken(file, f"this is no request: {error}") from None
    if not isinstance(document, dict) or document.get("schema") != REQUEST:
        raise _broken(file, "this is no request for a sign-off")
    missing, unknown = sorted(REQUIRED - set(document)), sorted(set(document) - REQUIRED - TERMS)
    if missing or unknown:
        raise _broken(file, f"`{missing[0]}` is missing" if missing else f"unknown key `{unknown[0]}`")
    texts = ("request_id", "report_digest", "requested_by", "requested_at", *(TERMS & set(document)))
    if not all(isinstance(document[key], str) for key in texts) or not _ID.fullmatch(document["request_id"]):
        raise _broken(file, "what names the request and its run, or says why and until when, is no text")
    if not isinstance(document["context"], dict) or set(document["context"]) != _CONTEXT:
        raise _broken(file, "`context` does not say for which repository, site and branch")
    for key in _LISTS:
        if not isinstance(document[key], list) or not all(isinstance(one, dict) for one in document[key]):
            raise _broken(file, f"`{key}` is no list of entries")
    return document


def compare(file: Path, asked: Mapping[str, Any], signed: Signed) -> None:
    """Return where a request or a statement was made from the run `signed`. Raises UserError where it was not."""
    if asked["report_digest"] != signed.report_digest:
        what = f"it was made from another run than the one in {signed.where}"
        remedy = "Name the run that it was made from with `--run`; its folder came with the request."
        raise UserError(what, where=str(file), remedy=remedy)
    for key in _OF_THE_RUN:
        if asked[key] != getattr(signed, key):
            raise _differs(file, key)


def derived(file: Path, asked: Mapping[str, Any], offered: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return, of everything that can be signed for in a run, what a request or a statement names.

    Its bounds may be looser than what was found: they are terms, and are shown. Raises UserError where it says
    something else than its run does, or names something that does not block there: what is signed is what was found.
    """
    known = {(one.kind, _canonical(one.entry)): one for one in offered}
    by_rest = {(one.kind, _rest(one.entry)): one for one in offered}
    names = {(one.kind, one.name) for one in offered}
    chosen = []
    for kind in _LISTS:
        for entry in asked[kind]:
            one = known.get((kind, _canonical(entry))) or _loosened(by_rest.get((kind, _rest(entry))), entry)
            if one is None:
                name = str(entry.get("cause" if kind == CAUSE else "fingerprint"))
                raise _differs(file, name) if (kind, name) in names else _absent(file, name)
            chosen.append(one)
    refuse(chosen, str(file))
    return tuple(chosen)


def text(document: Mapping[str, Any]) -> bytes:
    """Return the bytes of a request: keys sorted, indented, for people to read too."""
    return (json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def with_bound(chosen: Sequence[Choice], bound: float) -> tuple[Choice, ...]:
    """Return `chosen` with `bound` as the worst value that is accepted.

    Raises UserError where something has no number, or is worse than that already.
    """
    found = []
    for one in chosen:
        wider = _loosened(one, {**one.entry, _BOUND: bound})
        if wider is None:
            has = one.entry.get(_BOUND)
            what = "there is no number to hold it against" if has is None else f"it is {has:g} already"
            raise UserError(f"{bound:g} can't be the worst: {what}", where="--worst", remedy=_title(one))
        found.append(wider)
    return tuple(found)


def _title(one: Choice) -> str:
    return f"This is about: {one.entry['title']}"


def _loosened(one: Choice | None, entry: Mapping[str, Any]) -> Choice | None:
    """Return a choice with the bound of `entry`, where that accepts more than was found; None where it does not."""
    if one is None:
        return None
    bound = bounds.loosened(one.entry.get(_BOUND), entry.get(_BOUND), one.shown)
    return None if bound is None else replace(one, entry={**one.entry, _BOUND: bound})


def _rest(entry: Mapping[str, Any]) -> str:
    """Return what identifies an entry beside its bound, which is a term that people set."""
    return _canonical({key: value for key, value in entry.items() if key != _BOUND})


def in_order(chosen: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return what is chosen as a request lists it, so that who asks and who signs see the same numbers."""
    return tuple(sorted(chosen, key=lambda one: (_LISTS.index(one.kind), _place(one.entry))))


def _place(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    return entry.get("policy_id", ""), entry.get("url_path", ""), _canonical(entry)


def _named(signed: Signed, chosen: Sequence[Choice]) -> Document:
    return {
        "context": dict(signed.context),
        "report_digest": signed.report_digest,
        "policy_set_digest": signed.policy_set_digest,
        "tool_version": signed.tool_version,
        **{kind: _entries(chosen, kind) for kind in _LISTS},
    }


def _entries(chosen: Iterable[Choice], kind: str) -> list[Document]:
    return [dict(one.entry) for one in in_order(chosen) if one.kind == kind]


def refuse(chosen: Sequence[Choice], where: str) -> None:
    """Raise UserError for entries that nobody can sign for, for none and for too many."""
    if not chosen:
        remedy = "`gonogo report RUN` shows what blocks; without options, `sign-off request` lists all of it."
        raise UserError("nothing that blocks is meant by this", where=where, remedy=remedy)
    if refused := next((one.refused for one in chosen if one.refused), ""):
        raise UserError(refused, where=where, remedy="It has to be mended. Leave it out.")
    for kind, most in MOST.items():
        count = sum(1 for one in chosen if one.kind == kind)
        if count > most:
            what = f"{count} {kind} are meant; one sign-off names at most {most}"
            raise UserError(what, where=where, remedy="Choose less with --owner, --policy or --page.")


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _differs(file: Path, name: str) -> UserError:
    what = f"what it says of {name} is not what the run says"
    return UserError(what, where=str(file), remedy="Make the request again: gonogo sign-off request")


def _absent(file: Path, name: str) -> UserError:
    what = f"it names {name}, which does not block in this run"
    return UserError(what, where=str(file), remedy="Make the request again: gonogo sign-off request")


def _broken(file: Path, what: str) -> UserError:
    return UserError(what, where=str(file), remedy="`gonogo sign-off request` writes these files.")
