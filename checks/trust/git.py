"""What a commit holds, as git says it. The only module that runs git to read refs; it never looks at the working tree.

In: a folder in a repository, names of refs, paths. Out: commits, entries of trees, bytes; or an error that says what
to do. What surrounds the process cannot bend what is read: variables and settings of git that name programs, other
repositories, replacements or remotes are taken out.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from checks.errors import CannotMeasureError, GonogoError, UserError
from checks.trust.entries import KIND_BY_MODE, at_commit, entry_of, refuse, refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from checks.trust.entries import Entry

TIME_LIMIT_S: Final = 60
_LFS: Final = b"version https://git-lfs.github.com/spec/"
"""How every pointer begins: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md"""
_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x20\x7f]")
FETCH: Final = (
    "Fetch the whole history: `fetch-depth: 0` in the step that checks out (GIT_DEPTH: 0 on GitLab), no `filter`; "
    "on a desk `git fetch --unshallow`."
)
_OPTIONS: Final = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.warnAmbiguousRefs=true",
    "-c",
    "safe.bareRepository=explicit",  # a folder of the change that looks like a repository is none
)
_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "",  # what a partial clone lacks is not fetched behind our back
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a folder belongs to."""

    path: Path

    def resolve(self, ref: str) -> str:
        """Return the commit that `ref` names, in hex.

        Raises UserError for a name that is none, is unknown or means two things; CannotMeasureError for a commit that
        this clone does not hold.
        """
        if not ref or ref.startswith("-") or _UNPRINTABLE.search(ref) or ":" in ref:
            remedy = "Name a branch, a tag or a commit, such as origin/main."
            raise UserError(f"`{_UNPRINTABLE.sub('?', ref)}` can't be the name of a commit", where="git", remedy=remedy)
        done = self._run("rev-parse", "--verify", "--end-of-options", ref + "^{commit}")
        found = done.stdout.decode("ascii", "replace").strip()
        if b"is ambiguous" in done.stderr and found != ref:
            remedy = "Write it in full, such as refs/remotes/origin/main."
            raise UserError(f"`{ref}` names more than one thing", where=str(self.path), remedy=remedy)
        if done.returncode == 0 and _HASH.fullmatch(found):
            return found
        self._complain(done)
        if _HASH.fullmatch(ref) or (re.search(r"[~^]", ref) and self._is_shallow()):
            raise CannotMeasureError(f"the commit {ref} is not in this clone", where=str(self.path), remedy=FETCH)
        remedy = f"`git fetch` may bring it; is it spelt right? {FETCH}"
        raise UserError(f"there is no commit `{ref}`", where=str(self.path), remedy=remedy)

    def merge_base(self, a: str, b: str) -> str:
        """Return the newest commit that both refs have grown from. Raises as `resolve` does, or where there is none."""
        first, second = self.resolve(a), self.resolve(b)
        done = self._run("merge-base", first, second)
        found = done.stdout.decode("ascii", "replace").strip()
        if done.returncode == 0 and _HASH.fullmatch(found):
            return found
        kind: type[GonogoError] = CannotMeasureError if self._is_shallow() else UserError
        raise kind(f"`{a}` and `{b}` have no commit in common", where=str(self.path), remedy=FETCH)

    def prefix(self) -> str:
        """Return where the folder stands in its repository: `` at the root, else `sites/shop`."""
        return self._said("rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").rstrip("\n").rstrip("/")

    def entries(self, commit: str, under: str = "") -> list[Entry]:
        """Return what `commit` holds at the path `under` or below it, in git's order; the empty path is the root.

        Raises UserError where the way to it leads through a symbolic link, or a name is none that can be written.
        """
        ways = [str(way) for way in PurePosixPath(under).parents if str(way) != "."] if under else []
        for entry in self._listed(commit, ways, recursive=False):
            if entry.mode in KIND_BY_MODE:
                raise refused(entry.path, commit, KIND_BY_MODE[entry.mode])
        return self._listed(commit, [under] if under else [], recursive=True)

    def read(self, commit: str, path: str, limit: int) -> bytes | None:
        """Return the bytes of the file at `path`; None where there is none.

        Raises UserError for what is no plain file of at most `limit` bytes.
        """
        found = self.entries(commit, path)
        if not found:
            return None
        if found[0].path != path:
            raise refused(path, commit, "a folder")
        return self.contents(commit, found, limit)[path]

    def contents(self, commit: str, entries: Sequence[Entry], limit: int) -> dict[str, bytes]:
        """Return the bytes of each of `entries` by path; raises as `read` does."""
        for entry in entries:
            refuse(entry, commit, limit)
        asked = "".join(f"{entry.oid}\n" for entry in entries).encode()
        answer = self._said("cat-file", "--batch", given=asked)
        found: dict[str, bytes] = {}
        at = 0
        for entry in entries:
            end = answer.find(b"\n", at)
            if answer[at:end] != f"{entry.oid} blob {entry.size}".encode():
                what = "this clone does not hold the file"
                raise CannotMeasureError(what, where=at_commit(entry.path, commit), remedy=FETCH)
            data = answer[end + 1 : end + 1 + entry.size]
            at = end + entry.size + 2
            if data.startswith(_LFS):
                raise refused(entry.path, commit, "a pointer to Git LFS")
            found[entry.path] = data
        return found

    def commits(self, base: str, head: str, form: str, *, merges: bool) -> list[str]:
        """Return the commits of `head` that `base` lacks, merges or all others, each told in the format `form`.

        Formats: https://git-scm.com/docs/git-log#_pretty_formats. Raises as `resolve` does.
        """
        span = f"{self.resolve(base)}..{self.resolve(head)}"
        kind = "--merges" if merges else "--no-merges"
        said = self._said("log", "-z", kind, "--no-show-signature", "--no-mailmap", f"--format={form}", span)
        return [one for one in said.decode("utf-8", "replace").split("\0") if one]

    def is_clean_merge(self, commit: str) -> bool:
        """Whether a merge holds nothing but what git itself makes of its parents."""
        told = self._said("show", "--remerge-diff", "--format=", "--name-only", "--no-mailmap", self.resolve(commit))
        return not told.strip()

    def added_alone(self, commit: str) -> list[str]:
        """Return the plain files that a commit adds, where it does nothing else; else none, as for a merge."""
        said = self._said("diff-tree", "--root", "-r", "-z", "--no-renames", "--no-commit-id", self.resolve(commit))
        told = said.split(b"\0")[:-1]
        added = all(one.split()[1:2] == [b"100644"] and one.endswith(b" A") for one in told[::2])
        return [name.decode("utf-8", "replace") for name in told[1::2]] if added else []

    def changed(self, base: str, head: str, most: int) -> list[str]:
        """Return the files that differ between two commits and that `head` still has, from the root, at most `most`."""
        commits = (self.resolve(base), self.resolve(head))
        said = self._said("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--diff-filter=d", *commits)
        return [name.decode("utf-8", "replace") for name in said.split(b"\0")[:-1]][:most]

    def newest(self, commit: str) -> datetime:
        """Return when a commit was made, as its committer's clock said."""
        said = self._said("log", "-1", "--no-show-signature", "--format=%ct", self.resolve(commit))
        return datetime.fromtimestamp(int(said), UTC)

    def tree(self, commit: str) -> str:
        """Return the tree of a commit: everything in it, whoever committed it and when."""
        said = self._said("rev-parse", "--verify", "--end-of-options", f"{self.resolve(commit)}^{{tree}}")
        return said.decode("ascii").strip()

    def _listed(self, commit: str, paths: Sequence[str], *, recursive: bool) -> list[Entry]:
        if not recursive and not paths:
            return []
        options = ["-z", "-l", "--full-tree", *(["-r"] if recursive else [])]
        said = self._said("ls-tree", *options, commit, "--", *paths)
        return [entry_of(line, commit) for line in said.split(b"\0") if line]

    def _is_shallow(self) -> bool:
        return self._said("rev-parse", "--is-shallow-repository").strip() == b"true"

    def _said(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._run(*arguments, given=given)
        if done.returncode:
            self._complain(done)
            said = done.stderr.decode("utf-8", "replace").strip()[-300:]
            raise CannotMeasureError(f"git {arguments[0]} failed: {said}", where=str(self.path), remedy=FETCH)
        return done.stdout

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", "-C", str(self.path), *_OPTIONS, *arguments]
        try:
            return subprocess.run(
                command,
                input=given,
                capture_output=True,
                timeout=TIME_LIMIT_S,
                env=surroundings | _ENVIRONMENT,
                check=False,
            )
        except OSError as error:
            remedy = "Install git, or name the rules with --trust-dir."
            raise CannotMeasureError(f"git can't be run: {error.strerror}", where="git", remedy=remedy) from error
        except subprocess.TimeoutExpired as error:
            what = f"git {arguments[0]} took longer than {TIME_LIMIT_S} seconds"
            raise CannotMeasureError(what, where=str(self.path), remedy="Try again.") from error

    def _complain(self, done: subprocess.CompletedProcess[bytes]) -> None:
        """Raise for a repository that git does not open at all."""
        said = done.stderr.decode("utf-8", "replace")
        if "dubious ownership" in said:
            remedy = f"git config --global --add safe.directory {self.path.resolve()}"
            raise UserError("the repository belongs to somebody else", where=str(self.path), remedy=remedy)
        if "not a git repository" in said or "cannot change to" in said or "cannot use bare repository" in said:
            remedy = "Run it in a clone with a working tree, or name the rules with --trust-dir."
            raise UserError("there is no git repository", where=str(self.path), remedy=remedy)
