"""Adopted findings: the faults that a legacy site had when the gate came, by owner, as debt that may only shrink.

In: `gonogo/adopted/OWNER.json`, and findings. Out: findings that are `existing`, and the documents of a new adoption.
An existing finding does not block, unless its policy is a launch blocker; when its time to wait is over, age.py says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema.validators import Draft202012Validator

from checks import shapes
from checks.judge import age
from checks.judge.finding import Finding, fingerprint
from checks.judge.problems import Problem, refusal
from checks.judge.source import Source, escaped, parse
from checks.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adopted finding."""

    fingerprint: str
    policy: str
    page: str | None
    """Path on the production origin; None for the site."""
    what: str
    adopted: date
    """The day (UTC) from which its age is counted."""
    owner: str

    def to_document(self) -> dict[str, Any]:
        """Return the member of the owner's file."""
        document = {name: getattr(self, name) for name in ("fingerprint", "policy", "page", "what")}
        return {**document, "adopted": self.adopted.isoformat()}


@dataclass(frozen=True, slots=True)
class Adoption:
    """What `adopt` comes to."""

    documents: dict[str, dict[str, Any]]
    """Owner -> the document of that owner's file."""
    refused: tuple[Finding, ...]
    """Launch blockers of key pages and of the site as a whole, which cannot be adopted."""


def load(folder: Path) -> dict[str, Adopted]:
    """Return the adopted findings of `folder` by fingerprint; none where there is no such folder.

    Raises UserError with everything that is wrong in its files.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return read({str(path): path.read_text(encoding="utf-8", errors="replace") for path in files})


def read(texts: Mapping[str, str]) -> dict[str, Adopted]:
    """Return the adopted findings in `texts` (path -> text) by fingerprint; a file's name is its owner's.

    Raises UserError with everything that is wrong in them.
    """
    found: list[Problem] = []
    adopted: dict[str, Adopted] = {}
    for path, text in texts.items():
        source = parse(path, text)
        wrong = [*source.problems] or [source.located(each) for each in _problems(source)]
        found.extend(wrong)
        if not wrong:
            for entry in _entries(source):
                adopted.setdefault(entry.fingerprint, entry)
    if found:
        raise refusal(found, "adopted findings")
    return adopted


def apply(finding: Finding, adopted: Mapping[str, Adopted]) -> Finding:
    """Return `finding` as `existing`, since the day of its adoption, where it was adopted; else as it is.

    Where its page has moved, it is looked for as it was called before, too.
    """
    entry = next((adopted[name] for name in finding.called if name in adopted), None)
    if entry is None or finding.state != "new":
        return finding
    existing = replace(finding, state="existing", blocking=finding.blocking and finding.launch_blocker)
    return age.since(existing, entry.adopted, at_least=True)


def adopt(
    findings: Iterable[Finding], today: date, key_pages: Collection[str], before: Mapping[str, Adopted] | None = None
) -> Adoption:
    """Return what to write so that `findings` are existing from now on.

    What was adopted `before` keeps its day; what is mended is left out. Findings of proposed policies and gaps in the
    coverage are no debt and are passed over.
    """
    documents: dict[str, dict[str, Any]] = {}
    refused = []
    for finding in findings:
        if finding.proposed or finding.reads == "coverage":
            continue
        if finding.launch_blocker and (finding.page is None or finding.page in key_pages):
            refused.append(finding)
            continue
        known = next((before[name] for name in finding.called if before and name in before), None)
        entry = Adopted(
            finding.fingerprint,
            finding.policy,
            finding.page,
            finding.what,
            known.adopted if known else today,
            finding.owner,
        )
        documents.setdefault(finding.owner, {"findings": []})["findings"].append(entry.to_document())
    for document in documents.values():
        document["findings"].sort(key=lambda each: (each["policy"], each["page"] or "", each["what"]))
    return Adoption(dict(sorted(documents.items())), tuple(refused))


def _entries(source: Source) -> Iterator[Adopted]:
    for each in source.document["findings"]:
        yield Adopted(**{**each, "adopted": date.fromisoformat(each["adopted"]), "owner": Path(source.path).stem})


def _problems(source: Source) -> Iterator[Problem]:
    found = False
    for error in Draft202012Validator(shapes.load("adopted")).iter_errors(source.document):
        found = True
        at = "".join(f"/{escaped(str(step))}" for step in error.absolute_path)
        if error.validator == "additionalProperties":
            known = frozenset(error.schema["properties"])
            for key in sorted(set(error.instance) - known):
                yield Problem(f"unknown key `{key}`{nearest(key, known)}", f"{at}/{escaped(key)}")
        else:
            yield Problem(str(error.message)[:300], at, "`gonogo adopt RUN` writes these files.")
    if not found:
        yield from _contradictions(source.document["findings"])


def _contradictions(entries: list[dict[str, Any]]) -> Iterator[Problem]:
    for index, each in enumerate(entries):
        at = f"/findings/{index}"
        if each["fingerprint"] != fingerprint(each["policy"], each["page"], each["what"]):
            what = "the fingerprint is not that of this policy, page and what"
            yield Problem(what, f"{at}/fingerprint", "`gonogo adopt RUN` writes these files; take the entry out.")
        try:
            date.fromisoformat(each["adopted"])
        except ValueError:
            yield Problem(f"no such day: {each['adopted']}", f"{at}/adopted")
