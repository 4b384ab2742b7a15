"""sign-off approve: show from the run what is about to be signed, ask, sign.

In: parsed arguments, a request or a statement, the run that it names. Out: a statement and a signature in the folder of
the request, what is printed, an exit code.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from checks import errors
from checks.commands.finished import finished
from checks.commands.sign_off_request import context_of
from checks.commands.sign_off_shared import UPLOAD, authority, complete, confirmed, key_of, now, said, tell, tell_one
from checks.commands.sign_off_signing import has_signed, signature_of, whose
from checks.report.escape import terminal
from checks.report.words import count
from checks.signing import folder, requests, runs, statements, telling, terms
from checks.signoff import names, statement

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from checks.run_folder import RunFolder
    from checks.signing.choosing import Choice
    from checks.signing.requests import Document
    from checks.signing.runs import Signed
    from checks.signing.terms import Said


def run(parsed: argparse.Namespace) -> int:
    """Sign each of the requests or statements that are named."""
    source = finished(parsed.run)
    for file in parsed.files:
        data = folder.read(file)
        approve = _request if file.name.endswith(names.REQUEST_SUFFIX) else _once_more
        approve(parsed, source, file, data)
    return errors.EXIT_GO


def _request(parsed: argparse.Namespace, source: RunFolder, file: Path, data: bytes) -> None:
    """Make a statement of a request, and sign it."""
    asked = requests.read_request(file, data)
    about = _about(source, asked)
    chosen = runs.named_by(file, asked, source, about)
    moment = now()
    earlier = terms.Said(
        asked.get("reason_code"),
        asked.get("reason"),
        terms.day(str(asked["until"])) if "until" in asked else None,
        asked.get("ticket"),
    )
    agreed = said(parsed).over(earlier)
    tell_one(f"Asked for by {terminal(asked['requested_by'])} on {terminal(asked['requested_at'])}:")
    tell(telling.exactly(chosen, about.policies))
    tell_one("")
    agreed = complete(agreed, moment)
    terms.complain(agreed, moment.date())
    tell(telling.terms(agreed, about.context))
    made = statements.statement(asked, agreed, secrets.token_hex(16), moment)
    if not confirmed(parsed):
        tell_one("Nothing was signed.")
        return
    signature = signature_of(made, key_of(parsed))
    pages = statements.pages_of(chosen)
    written = folder.write_statement(file.parent, statement.id_of(made), made, signature, pages)
    tell(_signed(written, signature, chosen))


def _once_more(parsed: argparse.Namespace, source: RunFolder, file: Path, data: bytes) -> None:
    """Sign the bytes that somebody signed already."""
    there = statement.parse(data, str(file))
    if file.stem != statement.id_of(data):
        raise errors.UserError("its name is not its id", where=str(file), remedy="Get the file again from who signed.")
    document: Document = json.loads(data)
    if there.action == statement.REVOKE:
        tell(_revocation(document))
    else:
        about = _about(source, document)
        chosen = runs.named_by(file, document, source, about)
        _compare_pages(file, chosen)
        tell_one("Somebody signed this already:")
        tell(telling.exactly(chosen, about.policies))
        tell_one("")
        tell(telling.terms(_terms(document), about.context))
    if not confirmed(parsed):
        tell_one("Nothing was signed.")
        return
    signature = signature_of(data, key_of(parsed))
    if has_signed(signature, folder.one(file).signatures):
        raise errors.UserError("this key has signed it already", where=str(file), remedy="Somebody else must sign.")
    tell(_signed([folder.add_signature(file, signature)], signature, ()))


def _about(source: RunFolder, asked: Document) -> Signed:
    """Return what the run says; where the change goes, the request may say, as far as the run does not."""
    return runs.signed(source, {**asked["context"], **{k: v for k, v in context_of(source).items() if v}})


def _compare_pages(file: Path, chosen: Sequence[Choice]) -> None:
    """Raise UserError unless the list of pages beside a statement is that of the run."""
    pages = folder.one(file).pages
    if pages != statements.pages_of(chosen):
        beside = str(file.with_suffix(".pages"))
        remedy = "Get both files again from who signed."
        raise errors.UserError("the list of pages is not the list of the run", where=beside, remedy=remedy)


def _terms(document: Document) -> Said:
    until = terms.day(document["not_after"][:10])
    return terms.Said(document["reason_code"], document["reason"], until, document.get("ticket"))


def _revocation(document: Document) -> Iterator[str]:
    yield "This takes back:"
    yield from (f"  {terminal(name)}" for name in document["revokes"])
    yield f"  why      {terminal(document['reason'])}"


def _signed(written: Sequence[Path], signature: bytes, chosen: Sequence[Choice]) -> Iterator[str]:
    yield ""
    yield f"Signed. {count(len(written), 'file')}:"
    yield from (f"  {terminal(str(file))}" for file in written)
    known = authority()
    yield whose(signature, known)
    for words in sorted({one.by.words for one in chosen if one.by.several}):
        yield f"  {terminal(words)} must each sign. Send all these files to the next one, with the run, who runs:"
        yield f"  gonogo sign-off approve {terminal(written[0].name)}"
    yield UPLOAD
