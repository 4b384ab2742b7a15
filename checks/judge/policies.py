"""Find, choose and load the policies of a run: the shipped ones, and the project's own.

In: folders, names of sets, and what the project changes. Out: accepted policies, sorted by id; or one error that
tells all that is wrong with all of them. The files themselves are read by `policy_files.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from checks import shapes
from checks.errors import UserError
from checks.judge.policy import Policy
from checks.judge.policy_files import File, file_at, files_of, is_id, is_policy, is_sheet, lines_of
from checks.judge.problems import Problem, refusal
from checks.judge.source import not_json, parse
from checks.judge.strictness import ShapeOf, problems
from checks.judge.vocabulary import DATED_SETS, ON_DEMAND, SETS
from checks.nearest import nearest


def shipped_folder() -> Path:
    """Return the folder of the shipped policies: beside the package where it is installed, else the repository's."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_policies"
    return installed if installed.is_dir() else package.parent / "policies"


def load(  # noqa: PLR0913 - all that a config says of policies, and which file it is
    folders: Sequence[Path],
    use: Iterable[str],
    change: Mapping[str, Any],
    *,
    owners: Collection[str] | None = None,
    shipped: Path | None = None,
    shape_of: ShapeOf = shapes.load,
    config: str = "the config",
) -> tuple[Policy, ...]:
    """Return the policies in force, sorted by id.

    `folders` hold the project's own policies, which always count; a sheet (.csv) may stand among them. `use` names the
    sets of shipped ones (`recommended`, `strict`, `launch-blocker`, or a dated name); `change` maps ids to JSON Merge
    Patches, or to None to drop a policy. A shipped policy that is changed is in force, whatever its sets; those of the
    sets on demand (`lighthouse`, `worth`, `field`, `advice`) only where these are named. `owners` are those of the
    config: what the project writes may name no others (None asks nothing). Raises UserError with everything that
    is wrong; what `use` and `change` are wrong in stands in the file `config`.
    """
    wanted = _sets(use, config)
    sheets = [lines_of(each) for each in folders if is_sheet(each)]
    own_files = [*(file for each in folders if not is_sheet(each) for file in files_of(each)), *_lines(sheets)]
    files = [*files_of(shipped or shipped_folder(), shipped=True), *own_files]
    found = [
        *(problem for _, wrong in sheets for problem in wrong),
        *_misplaced(files),
        *_twice(files),
        *_changes(files, change, config),
    ]
    policies: list[Policy] = []
    for file in sorted(_first_of_each(files), key=lambda file: file.id):
        accepted = file.accepted(change, shape_of)
        own = not file.shipped or file.id in change
        if not isinstance(accepted, Policy):
            found.extend(accepted)
        elif own or _chosen(accepted, wanted):
            policies.append(accepted)
            found.extend(_strangers(accepted, owners) if own and owners is not None else ())
    if found:
        raise refusal(found)
    return tuple(policies)


def from_file(path: Path, shape_of: ShapeOf = shapes.load) -> tuple[Policy, ...]:
    """Return the policy that one file holds, or those of a sheet (.csv), in force or not.

    A file's id is its path below a folder `policies`. Raises UserError with everything that is wrong with it.
    """
    if is_sheet(path):
        files, wrong = lines_of(path)
    else:
        parts = path.with_suffix("").parts
        below = len(parts) - parts[::-1].index("policies") if "policies" in parts else len(parts) - 1
        files, wrong = (file_at(path, "/".join(parts[below:]) or path.stem),), ()
    accepted = [file.accepted({}, shape_of) for file in files]
    refused = [problem for each in accepted if not isinstance(each, Policy) for problem in each]
    found = [*wrong, *_misplaced(files), *refused]
    if found:
        raise refusal(found)
    return tuple(each for each in accepted if isinstance(each, Policy))


def require_accepted(policy_id: str, path: str, text: str, shape_of: ShapeOf = shapes.load) -> Policy:
    """Return the policy that a file with this text would be. Raises UserError with everything that is wrong with it."""
    accepted = File(policy_id, path, shipped=False, source=parse(path, text)).accepted({}, shape_of)
    if not isinstance(accepted, Policy):
        raise refusal(accepted)
    return accepted


def known_ids(folders: Sequence[Path], shipped: Path | None = None) -> frozenset[str]:
    """Return the ids of the shipped policies and of those in `folders`, whether they are in force or not."""
    files = (file for each in (shipped or shipped_folder(), *folders) for file in files_of(each))
    return frozenset(file.id for file in files)


def shipped_documents(shipped: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the shipped policies as they are written: id -> document."""
    files = files_of(shipped or shipped_folder(), shipped=True)
    return {file.id: file.source.document for file in files if isinstance(file.source.document, dict)}


def from_documents(documents: Mapping[str, Mapping[str, Any]], shape_of: ShapeOf = shapes.load) -> tuple[Policy, ...]:
    """Return the policies that a run kept (id -> document in force), as they were when it was made.

    Raises UserError where one of them is no policy.
    """
    found = [
        replace(problem, path=policy_id)
        for policy_id, document in documents.items()
        for problem in problems(policy_id, document, shape_of)
    ]
    if found:
        raise refusal(found, "policies that the run kept")
    return tuple(Policy.of(policy_id, documents[policy_id], policy_id) for policy_id in sorted(documents))


def _sets(use: Iterable[str], config: str) -> tuple[frozenset[str] | None, ...]:
    """Return what each named set takes."""
    known = frozenset({*SETS, *DATED_SETS})
    wanted = []
    for name in use:
        if name not in known:
            remedy = f"There are: {', '.join(sorted(known))}."
            what = f"no set of policies `{name}`{nearest(name, known)}"
            raise UserError(what, where=f"{config}: policies.use", remedy=remedy)
        wanted.append(SETS[DATED_SETS.get(name, name)])
    return tuple(wanted)


def _chosen(policy: Policy, wanted: Sequence[frozenset[str] | None]) -> bool:
    own = {DATED_SETS.get(name, name) for name in policy.sets}
    in_strict = not own or not own <= ON_DEMAND
    return any(in_strict if names is None else names & own for names in wanted)


def _strangers(policy: Policy, owners: Collection[str]) -> Iterator[Problem]:
    """Yield the owners that `policy` names and the config does not."""
    override = policy.override.owners if policy.override else ()
    for key, name in (("/x-owner", policy.owner), *(("/x-override", each) for each in override)):
        if name not in owners:
            remedy = f"Owners are named in the config: {', '.join(sorted(owners))}."
            yield Problem(f"no owner `{name}`{nearest(name, owners)}", key, remedy, policy.path)


def _lines(sheets: Iterable[tuple[Iterable[File], object]]) -> Iterator[File]:
    return (line for lines, _ in sheets for line in lines)


def _first_of_each(files: Sequence[File]) -> Iterator[File]:
    seen: set[str] = set()
    for file in files:
        if file.id not in seen and is_policy(file):
            seen.add(file.id)
            yield file


def _misplaced(files: Sequence[File]) -> Iterator[Problem]:
    for file in files:
        if not is_policy(file):
            yield Problem("not a policy", path=file.path, remedy="Policies end in .json, .yaml or .yml.")
        elif not is_id(file.id):
            remedy = "A file's path is the policy's id: small letters, digits and hyphens, as in seo/title-length."
            yield Problem(f"`{file.id}` cannot be a policy's id", path=file.path, remedy=remedy)


def _twice(files: Sequence[File]) -> Iterator[Problem]:
    seen: dict[str, File] = {}
    for file in files:
        first = seen.setdefault(file.id, file)
        if first is not file:
            other = "shipped" if first.shipped else "there"
            what = f"`{file.id}` is already {other}: {first.path}"
            yield Problem(what, path=file.path, remedy="Name the file differently, or change the policy in the config.")


def _changes(files: Sequence[File], change: Mapping[str, Any], config: str) -> Iterator[Problem]:
    known = frozenset(file.id for file in files)
    for name, patch in change.items():
        where = f"{config}: policies.change.{name}"
        if name not in known:
            remedy = "`gonogo policy list --set strict` names those that there are."
            yield Problem(f"no policy `{name}`{nearest(name, known)}", path=where, remedy=remedy)
        elif patch is not None and not isinstance(patch, Mapping):
            yield Problem("a change is an object, or null to drop the policy", path=where)
        yield from (replace(each, path=where) for each in not_json(patch))
