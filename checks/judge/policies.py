"""Find, choose and load the policies of a run: the shipped ones, and the project's own.

In: folders, names of sets, and what the project changes. Out: accepted policies, sorted by id; or one error that
tells all that is wrong with all of them. The only module of `judge` that reads files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from checks import shapes
from checks.errors import UserError
from checks.judge import merge_patch
from checks.judge.policy import Policy
from checks.judge.problems import Problem, nearest, refusal
from checks.judge.refit import refitted
from checks.judge.source import JSON_SUFFIXES, YAML_SUFFIXES, Source, not_json, parse
from checks.judge.strictness import ShapeOf, problems
from checks.judge.vocabulary import DATED_SETS, LIGHTHOUSE, SETS

ID_PART: Final = "abcdefghijklmnopqrstuvwxyz0123456789-"
LARGEST: Final = 256 * 1024
"""Bytes of one file. A policy is a few kilobytes; the YAML parser takes about 6 seconds for a megabyte."""
NOT_POLICIES: Final = frozenset({".md", ".txt"})
RESERVED: Final = "coverage"
"""Findings about addresses that could not be measured have this as their policy."""


def shipped_folder() -> Path:
    """Return the folder of the shipped policies: beside the package where it is installed, else the repository's."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_policies"
    return installed if installed.is_dir() else package.parent / "policies"


def load(
    folders: Sequence[Path],
    use: Iterable[str],
    change: Mapping[str, Any],
    *,
    owners: Collection[str] | None = None,
    shipped: Path | None = None,
    shape_of: ShapeOf = shapes.load,
) -> tuple[Policy, ...]:
    """Return the policies in force, sorted by id.

    `folders` hold the project's own policies, which always count; `use` names the sets of shipped ones (`recommended`,
    `strict`, `launch-blocker`, or a dated name); `change` maps ids to JSON Merge Patches, or to None to drop a policy.
    A shipped policy that is changed is in force, whatever its sets; those of the set `lighthouse`
    only where that is named. `owners` are those of the config: what the project
    writes may name no others (None asks nothing). Raises UserError with everything that is wrong.
    """
    wanted = _sets(use)
    files = [*_files(shipped or shipped_folder(), shipped=True), *(file for each in folders for file in _files(each))]
    found = [*_misplaced(files), *_twice(files), *_changes(files, change)]
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
    """Return the policy that one file holds, in force or not; its id is its path below a folder `policies`.

    Raises UserError with everything that is wrong with it.
    """
    parts = path.with_suffix("").parts
    below = len(parts) - parts[::-1].index("policies") if "policies" in parts else len(parts) - 1
    file = _file(path, "/".join(parts[below:]) or path.stem, shipped=False)
    accepted = file.accepted({}, shape_of)
    found = [*_misplaced([file]), *(accepted if isinstance(accepted, list) else ())]
    if found or not isinstance(accepted, Policy):
        raise refusal(found)
    return (accepted,)


def require_accepted(policy_id: str, path: str, text: str, shape_of: ShapeOf = shapes.load) -> Policy:
    """Return the policy that a file with this text would be. Raises UserError with everything that is wrong with it."""
    accepted = _File(policy_id, path, shipped=False, source=parse(path, text)).accepted({}, shape_of)
    if not isinstance(accepted, Policy):
        raise refusal(accepted)
    return accepted


def known_ids(folders: Sequence[Path], shipped: Path | None = None) -> frozenset[str]:
    """Return the ids of the shipped policies and of those in `folders`, whether they are in force or not."""
    files = (file for each in (shipped or shipped_folder(), *folders) for file in _files(each))
    return frozenset(file.id for file in files)


def shipped_documents(shipped: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the shipped policies as they are written: id -> document."""
    files = _files(shipped or shipped_folder(), shipped=True)
    return {file.id: file.source.document for file in files if isinstance(file.source.document, dict)}


def is_id(name: str) -> bool:
    """Say whether a policy can have this id."""
    parts = name.split("/")
    return parts[0] != RESERVED and all(part.strip("-") and set(part) <= set(ID_PART) for part in parts)


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


@dataclass(frozen=True, slots=True)
class _File:
    """A file that holds a policy."""

    id: str
    path: str
    shipped: bool
    source: Source

    def accepted(self, change: Mapping[str, Any], shape_of: ShapeOf) -> Policy | list[Problem]:
        """Return the policy as the project changes it, or what is wrong with it: nothing where it is dropped."""
        wrong = list(self.source.problems) or [
            self.source.located(each) for each in problems(self.id, self.source.document, shape_of)
        ]
        patch = change.get(self.id, {})
        if wrong or patch is None:
            return wrong
        if not patch or not isinstance(patch, Mapping):
            return Policy.of(self.id, self.source.document, self.path)
        document = refitted(self.id, merge_patch.merged(self.source.document, patch), patch, shape_of)
        at = f"{self.path} as the config changes it"
        wrong = [replace(each, path=at) for each in problems(self.id, document, shape_of)]
        return wrong or Policy.of(self.id, document, self.path)


def _sets(use: Iterable[str]) -> tuple[frozenset[str] | None, ...]:
    """Return what each named set takes."""
    known = frozenset({*SETS, *DATED_SETS})
    wanted = []
    for name in use:
        if name not in known:
            remedy = f"There are: {', '.join(sorted(known))}."
            raise UserError(f"no set of policies `{name}`{nearest(name, known)}", where="policies.use", remedy=remedy)
        wanted.append(SETS[DATED_SETS.get(name, name)])
    return tuple(wanted)


def _chosen(policy: Policy, wanted: Sequence[frozenset[str] | None]) -> bool:
    own = {DATED_SETS.get(name, name) for name in policy.sets}
    return any(own != {LIGHTHOUSE} if names is None else names & own for names in wanted)


def _strangers(policy: Policy, owners: Collection[str]) -> Iterator[Problem]:
    """Yield the owners that `policy` names and the config does not."""
    override = policy.override.owners if policy.override else ()
    for key, name in (("/x-owner", policy.owner), *(("/x-override", each) for each in override)):
        if name not in owners:
            remedy = f"Owners are named in the config: {', '.join(sorted(owners))}."
            yield Problem(f"no owner `{name}`{nearest(name, owners)}", key, remedy, policy.path)


def _files(folder: Path, *, shipped: bool = False) -> Iterator[_File]:
    if not folder.is_dir():
        raise UserError("no such folder of policies", where=str(folder), remedy="Mend policies.folders in the config.")
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if path.is_dir() or path.suffix in NOT_POLICIES or any(part.startswith(".") for part in inner.parts):
            continue
        yield _file(path, inner.with_suffix("").as_posix(), shipped=shipped)


def _file(path: Path, policy_id: str, *, shipped: bool) -> _File:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        text = data.decode("utf-8-sig") if len(data) <= LARGEST else ""
    except UnicodeDecodeError:
        source = Source(str(path), "", None, (Problem("not UTF-8", path=str(path)),))
    except OSError as error:
        source = Source(str(path), "", None, (Problem(f"cannot be read: {error.strerror}", path=str(path)),))
    else:
        remedy = f"At most {LARGEST:,} bytes are read: split it into several policies."
        too_large = Source(str(path), "", None, (Problem("it is too large", path=str(path), remedy=remedy),))
        source = too_large if len(data) > LARGEST else parse(str(path), text)
    return _File(policy_id, str(path), shipped, source)


def _first_of_each(files: Sequence[_File]) -> Iterator[_File]:
    seen: set[str] = set()
    for file in files:
        if file.id not in seen and _suffix(file) in JSON_SUFFIXES | YAML_SUFFIXES:
            seen.add(file.id)
            yield file


def _misplaced(files: Sequence[_File]) -> Iterator[Problem]:
    for file in files:
        if _suffix(file) not in JSON_SUFFIXES | YAML_SUFFIXES:
            yield Problem("not a policy", path=file.path, remedy="Policies end in .json, .yaml or .yml.")
        elif not is_id(file.id):
            remedy = "A file's path is the policy's id: small letters, digits and hyphens, as in seo/title-length."
            yield Problem(f"`{file.id}` cannot be a policy's id", path=file.path, remedy=remedy)


def _twice(files: Sequence[_File]) -> Iterator[Problem]:
    seen: dict[str, _File] = {}
    for file in files:
        first = seen.setdefault(file.id, file)
        if first is not file:
            other = "shipped" if first.shipped else "there"
            what = f"`{file.id}` is already {other}: {first.path}"
            yield Problem(what, path=file.path, remedy="Name the file differently, or change the policy in the config.")


def _changes(files: Sequence[_File], change: Mapping[str, Any]) -> Iterator[Problem]:
    known = frozenset(file.id for file in files)
    for name, patch in change.items():
        if name not in known:
            yield Problem(f"no policy `{name}`{nearest(name, known)}", path=f"policies.change.{name}")
        elif patch is not None and not isinstance(patch, Mapping):
            yield Problem("a change is an object, or null to drop the policy", path=f"policies.change.{name}")
        yield from (replace(each, path=f"policies.change.{name}") for each in not_json(patch))


def _suffix(file: _File) -> str:
    return Path(file.path).suffix
