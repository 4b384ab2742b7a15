"""A finished run, as somebody signs for it.

In: a run folder. Out: what can be signed for, and the digests and the context that tie a sign-off to this run.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks import run_folder
from checks.errors import UserError
from checks.judge import policies
from checks.signing import choosing, requests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder
    from checks.signing.choosing import Choice, Wanted

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Signed:
    """What a sign-off is tied to."""

    where: Path
    context: Mapping[str, Any]
    """`repository_id`, `repository`, `site_id`, `base_branch`."""
    report_digest: str
    policy_set_digest: str
    tool_version: str
    policies: Mapping[str, Policy] = field(repr=False)


def signed(run: RunFolder, context: Mapping[str, Any]) -> Signed:
    """Return what a sign-off from `run` is tied to; `context` says where the change goes, as far as the run does not.

    Raises UserError for a folder without a verdict.
    """
    about = run.read(run_folder.RUN)
    run.read(run_folder.VERDICT)
    # What the build itself says of its address decides nothing: whoever changes it could sign for another site.
    site = about["settings"].get("site") or ""
    in_force = policies.from_documents(run.read(run_folder.POLICIES))
    return Signed(
        where=run.path,
        context={**context, "site_id": site},
        report_digest=report_digest(run),
        policy_set_digest=about["policies_digest"],
        tool_version=about["gonogo"],
        policies={policy.id: policy for policy in in_force},
    )


def report_digest(run: RunFolder) -> str:
    """Return the SHA-256 of the findings of a run, in hex. Raises UserError where it has none."""
    file = run.file(run_folder.FINDINGS)
    sha = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                sha.update(chunk)
    except OSError as error:
        raise UserError(f"can't be read: {error.strerror}", where=str(file), remedy="Name a finished run.") from None
    return sha.hexdigest()


def choices(run: RunFolder, about: Signed, wanted: Wanted | None = None) -> tuple[Choice, ...]:
    """Return what can be signed for in `run`, as far as it is wanted."""
    return choosing.choices(run.lines(run_folder.FINDINGS), about.policies, _weakenings(run), wanted)


def named_by(file: Path, asked: Mapping[str, Any], run: RunFolder, about: Signed) -> tuple[Choice, ...]:
    """Return what a request or a statement names, as the run tells it. Raises UserError where the two differ."""
    requests.compare(file, asked, about)
    fingerprints = {str(one.get("fingerprint")) for one in asked[choosing.FINDING]}
    wanted = (one for one in run.lines(run_folder.FINDINGS) if one["fingerprint"] in fingerprints)
    single = choosing.choices(wanted, about.policies, singly=True)
    return requests.derived(file, asked, (*choices(run, about), *single))


def _weakenings(run: RunFolder) -> Sequence[Mapping[str, str]]:
    said = run.read(run_folder.VERDICT)
    found: Sequence[Mapping[str, str]] = said["weakenings"] if said["weakened"] else ()
    return found
