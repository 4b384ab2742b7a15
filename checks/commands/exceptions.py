"""Which sign-offs count for a run: found in the change and at its base, verified, and kept in the run folder.

In: a run that was collected, the ruling, what a CI system knows of the change (`--context`, or the variables of
GitLab). Out: sign-offs.json.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from checks import __version__, errors, exceptions, gate, run_folder, shapes
from checks.commands.ruling import HEAD
from checks.signing import choosing, folder, merged
from checks.signing.open_requests import open_requests
from checks.signoff import offers, reviews
from checks.signoff.excluded import excluded
from checks.signoff.verification import verify_all
from checks.signoff.verified import Context
from checks.trust import gitlab, identities, rules
from checks.trust.git import Repository

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from checks.gate import Ruling
    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder
    from checks.signoff.offers import Offer
    from checks.signoff.verified import StatementFiles

LARGEST = 64 * 1024 * 1024
OFFERED_DAYS = timedelta(days=14)
"""What the text to paste proposes as the last day; who signs writes another one."""
MOST_OFFERED = 5000
_KEPT = ("repository_id", "repository", "base_branch")
"""What a request for a sign-off must know of the change; who made it is no business of a report."""
Document = dict[str, Any]


def keep(run: RunFolder, ruling: Ruling, parsed: argparse.Namespace) -> None:
    """Verify what was signed and write it into the run. Raises UserError for a malformed statement of the base."""
    told = read_context(parsed.context) if parsed.context else gitlab.context(os.environ)
    trust = ruling.rules.trust
    known = told is not None and trust.root == rules.BASE and trust.commit is not None
    now = datetime.now(UTC)
    about = _context(run, ruling, told, parsed) if known and told else _desk(run, ruling, told)
    policies = {policy.id: policy for policy in ruling.rules.policies}
    found = verify_all(_statements(ruling, parsed), about, ruling.rules.authority, policies, now)
    asked = open_requests(folder.DEFAULT, found)
    offer: Document = {}
    if known and told:
        offered = _offered(run, about, policies)
        judged = _judged(run)
        found += reviews.verified(told["reviews"], offered, about, ruling.rules.authority, judged, now)
        offer = offers.to_paste(offered, about.site_id, now.date() + OFFERED_DAYS)
    run.write(run_folder.SIGN_OFFS, exceptions.to_document(found, now, known=known, requests=asked, offer=offer))
    about_change = {name: told[name] for name in _KEPT} if told else None
    run.write(run_folder.RUN, {**run.read(run_folder.RUN), "context": about_change})


def _offered(run: RunFolder, about: Context, policies: Mapping[str, Policy]) -> tuple[Offer, ...]:
    """Return what a review can sign for: what would block if nobody had signed."""
    run.write(run_folder.SIGN_OFFS, exceptions.NONE)
    said = gate.judge(run, advisory=False)
    blocking = islice((one for one in run.lines(run_folder.FINDINGS) if choosing.blocks(one)), MOST_OFFERED)
    return offers.offers(choosing.choices(blocking, policies, said["weakenings"]), about.site_id, about.base_branch)


def _judged(run: RunFolder) -> reviews.Judged:
    with run.file(run_folder.FINDINGS).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return reviews.Judged(digest, run.read(run_folder.RUN)["policies_digest"], __version__)


def read_context(file: Path) -> Document:
    """Return what a CI system says of the change. Raises UserError where the file is not of the shape `context`."""
    remedy = "The action writes this file; see `checks/shapes/context.schema.json`."
    try:
        with file.open("rb") as stream:
            document = json.loads(stream.read(LARGEST))
    except (OSError, ValueError, RecursionError) as error:
        raise errors.UserError(f"can't be read: {error}", where=str(file), remedy=remedy) from None
    wrong = next(Draft202012Validator(shapes.load("context")).iter_errors(document), None)
    if wrong is not None:
        raise errors.UserError(f"{wrong.json_path}: {wrong.message[:300]}", where=str(file), remedy=remedy)
    told: Document = document
    return told


def _statements(ruling: Ruling, parsed: argparse.Namespace) -> tuple[StatementFiles, ...]:
    """Return the statements of the base, and those of the change: in the working tree, or in a commit that is named."""
    trust, head = ruling.rules.trust, getattr(parsed, "head", None)
    here = folder.statements(folder.DEFAULT, trusted=trust.root == rules.WORKING_TREE)
    if trust.root != rules.BASE or trust.commit is None:
        return here
    repository = Repository(Path())
    return (*merged.statements(repository, trust.commit), *(merged.proposed(repository, head) if head else here))


def _context(run: RunFolder, ruling: Ruling, told: Document, parsed: argparse.Namespace) -> Context:
    """Return the change as its commits and the CI system tell of it."""
    repository, base = Repository(Path()), str(ruling.rules.trust.commit)
    head = getattr(parsed, "head", None) or HEAD
    authority = ruling.rules.authority
    people = authority.people if authority else ()
    return Context(
        repository_id=told["repository_id"],
        repository=told["repository"],
        site_id=ruling.rules.settings.site or "",
        base_branch=told["base_branch"],
        commit=repository.resolve(head),
        tree=repository.tree(head),
        site_digest=run.read(run_folder.RUN)["build_digest"],
        excluded=excluded(
            people,
            [*_made_by(repository, base, head, told, parsed.since), *told["emails"]],
            told["github_ids"],
            _pushers(repository, head, os.environ),
        ),
        taken_away=merged.taken_away(repository, base, head),
        newest=repository.newest(base),
    )


def _made_by(repository: Repository, base: str, head: str, told: Document, since: str | None) -> tuple[str, ...]:
    """Return the addresses in the commits of a change; of one that is merged, in what was merged last.

    Where the forge has said who made what is merged, the commits add nothing. The first commit of all has no author
    that could be known.
    """
    left, now = repository.merge_base(base, head), repository.resolve(head)
    if left != now:
        return identities.emails(repository, left, now)
    if told["emails"] or told["github_ids"]:
        return ()
    try:
        return identities.emails(repository, since or f"{now}^", now, committers=False)
    except errors.UserError:
        return ()


def _pushers(repository: Repository, head: str, environment: Mapping[str, str]) -> list[str]:
    """Return who pushed to a merge request of GitLab; whoever brings nothing but a signature may have signed."""
    by = gitlab.pusher(environment)
    if not by or identities.changes_nothing(repository, gitlab.pushed(environment, head)):
        return []
    return [by]


def _desk(run: RunFolder, ruling: Ruling, told: Document | None) -> Context:
    """Return what is known without a base that decides: nobody can be known to be excluded."""
    return Context(
        repository_id=told["repository_id"] if told else None,
        repository=told["repository"] if told else "",
        site_id=ruling.rules.settings.site or "",
        base_branch=told["base_branch"] if told else "",
        commit=None,
        tree=None,
        site_digest=run.read(run_folder.RUN)["build_digest"],
        known=False,
    )
