"""Whose rules decide, and what the change does to its own: from flags, or from what a CI system tells.

In: parsed arguments, the environment, the day. Out: a `Ruling`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import errors
from checks.gate import Ruling
from checks.judge.vocabulary import SEVERITIES
from checks.trust import base, review, rules
from checks.trust.git import Repository
from checks.trust.review import Review

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from checks.trust.rules import Rules

HEAD = "HEAD"
MOST_FILES = 5_000
"""Files of a change whose existing findings are looked for."""


def ruling(parsed: argparse.Namespace, said: dict[str, Any], today: date) -> Ruling:
    """Return the rules that decide, and what the change does to them; `said` is what the flags say of the settings.

    A named ref or folder decides; in CI, the base of the change; on a desk, the working tree. Raises UserError for
    rules that are broken, CannotMeasureError for a base that the checkout lacks.
    """
    if parsed.trust_ref and parsed.trust_dir:
        raise errors.UserError("only one of them can decide", where="--trust-ref, --trust-dir", remedy="Leave one out.")
    if parsed.trust_dir:
        found = rules.from_folder(parsed.config, said, today, parsed.trust_dir)
        return Ruling(_tightened(found, parsed))
    told = None if parsed.trust_ref else base.base_of(os.environ, base.read_event(os.environ))
    ref = parsed.trust_ref or (told.ref if told else None)
    if ref is None:
        return Ruling(_tightened(rules.from_folder(parsed.config, said, today), parsed))
    repository = Repository(Path())
    found = rules.from_commit(repository, ref, parsed.config, said, today)
    head = getattr(parsed, "head", None) or HEAD
    since = parsed.since or (told.before if told else None)
    if since:
        return _pushed(repository, _tightened(found, parsed), since, parsed, today)
    change = _review(repository, found, head, parsed, today)
    return Ruling(_tightened(found, parsed), change, files=_files(repository, found, head))


def _files(repository: Repository, found: Rules, head: str) -> tuple[str, ...]:
    """Return what the change touches, since it left the base."""
    if found.trust.root != rules.BASE or found.trust.commit is None:
        return ()
    return tuple(repository.changed(repository.merge_base(found.trust.commit, head), head, MOST_FILES))


def _review(repository: Repository, found: Rules, head: str, parsed: argparse.Namespace, today: date) -> Review:
    """Compare from where the change left the base: what others did to the rules since is not its doing."""
    if found.trust.root != rules.BASE or found.trust.commit is None:
        return Review()
    left = repository.merge_base(found.trust.commit, head)
    return review.review(repository, left, head, parsed.config, today)


def _pushed(repository: Repository, found: Rules, since: str, parsed: argparse.Namespace, today: date) -> Ruling:
    """Add what a push did to the rules, for the record; where it can't be known, that is said, and decides nothing."""
    try:
        return Ruling(found, review.review(repository, since, HEAD, parsed.config, today), merged=True)
    except (errors.UserError, errors.CannotMeasureError) as error:
        said = f"{found.trust.said} What the push did to them is not known: {error.what}."
        return Ruling(replace(found, trust=replace(found.trust, said=said)), merged=True)


def _tightened(found: Rules, parsed: argparse.Namespace) -> Rules:
    """Let the flag and the settings agree on the stricter of both."""
    asked = parsed.fail_on or found.settings.fail_on
    strictest = max(asked, found.settings.fail_on, key=SEVERITIES.index)
    return replace(found, settings=replace(found.settings, fail_on=strictest))
