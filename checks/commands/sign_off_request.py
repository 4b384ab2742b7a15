"""sign-off request: choose what to ask for, write it down, say whom to send it to.

In: parsed arguments and a finished run. Out: a request file, what is printed, an exit code.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from checks import errors, run_folder
from checks.commands.finished import finished
from checks.commands.sign_off_shared import ask, authority, interactive, now, said, tell, tell_one, who_asks
from checks.report.escape import terminal
from checks.report.words import count
from checks.signing import asking, folder, git_history, requests, runs, telling
from checks.signing.choosing import Wanted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from checks.run_folder import RunFolder
    from checks.signing.choosing import Choice
    from checks.signoff.people import Authority

_WORDS: Final = {
    "repository_id": "the number of its repository",
    "repository": "its repository",
    "site_id": "the address of the site (`site:` in gonogo.yaml)",
}


def run(parsed: argparse.Namespace) -> int:
    """Write a request for what was chosen by options, or on a terminal from a checklist."""
    source = finished(parsed.run)
    signed = runs.signed(source, _context(source, parsed))
    wanted = Wanted(parsed.owner, parsed.policy, parsed.page, parsed.finding, parsed.cause, parsed.weakenings)
    offered = runs.choices(source, signed, wanted)
    chosen = _chosen(telling.in_order(offered)) if wanted == Wanted() else offered
    if wanted == Wanted() and not chosen:
        tell_one("Nothing is asked for.")
        return errors.EXIT_GO
    if parsed.worst is not None:
        chosen = requests.with_bound(chosen, parsed.worst)
    moment = now()
    request_id = f"{moment:%Y%m%d}-{secrets.token_hex(4)}"
    document = requests.request(signed, chosen, said(parsed), who_asks(parsed), request_id, moment)
    tell(telling.exactly(requests.in_order(chosen), signed.policies))
    file = folder.write_request(parsed.out, document)
    tell(_next(file, parsed.run, chosen, authority()))
    tell(_unknown(signed.context))
    return errors.EXIT_GO


def context_of(source: RunFolder) -> dict[str, Any]:
    """Return where the change goes, as the run says; None for what it does not say."""
    told = source.read(run_folder.RUN).get("context") or {}
    return {key: told.get(key) for key in ("repository_id", "repository", "base_branch")}


def _context(source: RunFolder, parsed: argparse.Namespace) -> dict[str, Any]:
    """Return where the change goes: as the run says, else as the options say, else as git knows."""
    told = context_of(source)
    branch = told["base_branch"] or parsed.base_branch or git_history.default_branch()
    if not branch:
        remedy = "Name the branch that this is to be merged into: --base-branch main"
        raise errors.UserError("nothing says where the change goes", where=str(source.path), remedy=remedy)
    return {
        "repository_id": told["repository_id"] or parsed.repository_id,
        "repository": told["repository"] or parsed.repository or git_history.repository(),
        "base_branch": branch,
    }


def _chosen(offered: Sequence[Choice]) -> tuple[Choice, ...]:
    if not offered:
        tell_one("Nothing blocks, so there is nothing to sign for.")
        return ()
    if not interactive():
        remedy = "Choose with --owner, --policy, --page, --finding, --cause or --weakenings; or run it on a terminal."
        raise errors.UserError("it is not said what to ask for", where="sign-off request", remedy=remedy)
    tell(telling.checklist(offered))
    tell_one("")
    signable = sum(1 for one in offered if not one.refused)
    return tuple(offered[number - 1] for number in asking.choose(signable, ask, tell_one))


def _next(file: Path, run_path: Path, chosen: Sequence[Choice], known: Authority | None) -> Iterator[str]:
    owners = sorted({owner for one in chosen for owner in one.owners})
    yield ""
    yield f"{terminal(str(file))} is written: {count(len(chosen), 'thing')} to sign for. Nothing is signed yet."
    yield f"Send it, with the folder {terminal(str(run_path))}, to:"
    for owner in owners:
        names = [person.name for person in known.people if owner in person.roles] if known else []
        whom = ", ".join(names) or "nobody yet: nobody has this role in gonogo/people.yaml"
        yield f"  {terminal(owner)}: {terminal(whom)}"
    run = "" if run_path.name == run_folder.DEFAULT_NAME else f" --run {run_path.name}"
    yield "They put both into one folder, open a terminal there, and run:"
    yield f"  gonogo sign-off approve {terminal(file.name + run)}"


def _unknown(context: Mapping[str, Any]) -> Iterator[str]:
    """Say what the sign-off will not be tied to, for then it counts nowhere."""
    lacks = [words for key, words in _WORDS.items() if not context[key]]
    if lacks:
        yield ""
        yield f"note: this run does not say {', '.join(lacks)}. A sign-off counts only where all of these are the same:"
        yield "      make the request from the run of the pull request (there it is kept as the artifact gonogo-run)."
