"""All that the documents, findings and verdict of a run depend on, as digests.

In: the rules, the build, who asks, the browser, the repository around. Out: a digest of each, by the words that say
which of them changed. What can't be put into a digest is a reason to do everything anew.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks import rules_change, verdict
from checks.baseline import kinds
from checks.collect import hosts
from checks.collect.reuse import circumstances
from checks.collect.reuse.circumstances import digest
from checks.settings.exports import Exports
from checks.sources.published import published
from checks.trust.rules import WORKING_TREE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.browser import Browser
    from checks.gate import Invocation, Ruling
    from checks.sources.repository import Repository

BUILD: Final = "the build"
_LOCAL: Final = frozenset({"run", "json", "cache", "no_cache"})
"""Flags that say where something is written, or how it is shown."""


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """A run that is about to begin."""

    ruling: Ruling
    root: Path
    asked: Invocation
    browser: Browser | None
    sources: Repository
    tracked: str | None
    """What `sources.state` said of it."""
    flags: Mapping[str, Any]
    """The flags of the command, by name."""


def unfit(run: Run) -> str | None:
    """Return why a run depends on more than can be known beforehand, in words for the report; None: it does not."""
    settings, trust = run.ruling.rules.settings, run.ruling.rules.trust
    signs = (
        (settings.preview_url is not None, "the preview is a URL"),
        (run.asked.gate != verdict.LAUNCH, "the review gate was asked for"),
        (bool(run.asked.only), "some pages only were asked for"),
        (settings.baseline != kinds.NONE, "it is compared with a baseline"),
        (settings.lighthouse is not None, "Lighthouse measures"),
        (settings.duties.checks_outside, "other sites are asked"),
        (settings.exports != Exports(), "exports of other tools are read"),
        (
            trust.root != WORKING_TREE or run.flags.get("context") is not None,
            "a change is judged by the rules of its base",
        ),
        (bool(run.flags.get("screens")), "pictures are taken"),
        (run.tracked is None, "the state of the repository is not known"),
    )
    return next((why for holds, why in signs if holds), None)


def of(run: Run, commit: str | None) -> dict[str, str]:
    """Return what has to be the same for a run to come out as it did; for a run that is not unfit."""
    rules, browser, settings = run.ruling.rules, run.browser, run.ruling.rules.settings
    files = hosts.scan(run.root)
    refused = [(one.path, one.why) for one in files.refused]
    around = dataclasses.asdict(hosts.look(run.root, files, Path()))
    where = published(run.sources.tree, None, os.environ)
    return {
        "gonogo": circumstances.program(),
        "the browser": digest(browser and [browser.kind, browser.version, browser.path.stat().st_size]),
        "the machine": circumstances.machine(),
        "the day": settings.today.isoformat(),
        "the command": digest([str(run.root.resolve()), str(Path.cwd()), run.asked.command, _flags(run.flags)]),
        "the config": digest([settings.digest, settings.to_document(), settings.notes, rules.trust.to_document()]),
        "a policy": digest({policy.id: policy.document for policy in rules.policies}),
        "what was adopted": digest([[one.to_document(), one.owner] for one in rules.adopted.values()]),
        "the change": digest([rules_change.to_document(run.ruling.review, merged=run.ruling.merged), run.ruling.files]),
        "the repository": digest([commit, run.tracked, where]),
        "what the host reads beside the build": digest(around),
        "what of the build can't be served": digest(refused),
        BUILD: hosts.build_digest(run.root, files),
    }


def _flags(flags: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in flags.items() if name not in _LOCAL)
