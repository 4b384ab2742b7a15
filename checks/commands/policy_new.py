"""policy new: a policy from five answers, with examples from the last run.

In: parsed arguments, the terminal, a finished run. Out: a new file below gonogo/policies, an exit code. The strict
loader accepts the text before it is written; nothing is ever overwritten.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML

from checks import errors, new_file
from checks.commands.finished import finished, today
from checks.commands.printing import print_lines
from checks.commands.sign_off_shared import ask, interactive
from checks.judge import policies, policy_files
from checks.judge.address import place_of
from checks.judge.demands import demand, phrases
from checks.judge.draft import Answers, draft, subject
from checks.judge.source import JSON_SUFFIXES, YAML_SUFFIXES
from checks.judge.vocabulary import SEVERITIES
from checks.nearest import nearest
from checks.trust import snapshot
from checks.trust.snapshot import POLICIES_FOLDER

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Collection

QUESTIONS: Final = {
    "fact": "Which fact? `gonogo facts PAGE` shows them all, such as title.length",
    "must": f"What must hold? Such as: {'; '.join(phrases())}",
    "severity": "How bad is it? error (blocks the launch), warning or info",
    "owner": "Whose is it? One of: {owners}",
    "why": "Why does it matter? One sentence for somebody who does not know",
}


def run(parsed: argparse.Namespace) -> int:
    """Ask for what the flags do not say, and write the file."""
    _, settings = snapshot.settings_of_folder(Path(), parsed.config, {}, today())
    owners = settings.owners
    path = _path(parsed.name)
    folder = finished(parsed.run)
    policy_id = path.with_suffix("").as_posix()
    if policy_id in policies.known_ids([]):
        remedy = "Choose another name, or change the policy: gonogo policy change."
        raise errors.UserError(f"`{policy_id}` is a shipped policy", where="NAME", remedy=remedy)
    document = draft(_answers(parsed, owners), folder.documents)
    text = _text(document, path.suffix)
    file = Path(POLICIES_FOLDER) / path
    policies.require_accepted(policy_id, str(file), text)
    new_file.make_folder(file.parent)
    new_file.create(file, text)
    print_lines(f"{file} is written: {document['title']}")
    print_lines(f"Read it, then: gonogo policy try {file} --run {parsed.run}")
    return errors.EXIT_GO


def _path(name: str) -> Path:
    """Return the file below the folder of policies. Raises UserError for a name that is no policy's."""
    path = Path(name.removeprefix(f"{POLICIES_FOLDER}/"))
    path = path if path.suffix else path.with_suffix(".json")
    if path.suffix not in JSON_SUFFIXES | YAML_SUFFIXES:
        remedy = "Policies end in .json, .yaml or .yml."
        raise errors.UserError(f"no policy can be called {name}", where="NAME", remedy=remedy)
    if not policy_files.is_id(path.with_suffix("").as_posix()):
        remedy = "Small letters, digits and hyphens, as in landing/campaign.yaml: the path is the policy's id."
        raise errors.UserError(f"no policy can be called {name}", where="NAME", remedy=remedy)
    return path


def _answers(parsed: argparse.Namespace, owners: Collection[str]) -> Answers:
    checks: dict[str, Callable[[str], Any]] = {
        "fact": subject,
        "must": lambda words: demand(words, subject(parsed.fact).fact),
        "severity": lambda word: _one_of(word, SEVERITIES, "how bad"),
        "owner": lambda word: _one_of(word, owners, "whose"),
        "why": _sentence,
    }
    for name, check in checks.items():
        given = getattr(parsed, name)
        question = QUESTIONS[name].format(owners=", ".join(owners))
        setattr(parsed, name, _asked(question, name, check) if given is None else _checked(given, check))
    pages = parsed.pages or ""
    if pages:
        place_of(pages)
    return Answers(
        parsed.fact, parsed.must, parsed.severity, parsed.owner, parsed.why, pages, parsed.title or "", parsed.fix or ""
    )


def _asked(question: str, flag: str, check: Callable[[str], Any]) -> str:
    """Ask until the answer can be used. Raises UserError where nobody sits at a terminal."""
    if not interactive():
        raise errors.UserError(f"`--{flag}` is not said, and nobody can be asked", remedy=question)
    print_lines(question)
    while True:
        answer = ask("> ").strip()
        try:
            return _checked(answer, check)
        except errors.UserError as error:
            print_lines(str(error))


def _checked(answer: str, check: Callable[[str], Any]) -> str:
    check(answer)
    return answer


def _one_of(word: str, known: Collection[str], where: str) -> None:
    if word not in known:
        what = f"`{word[:40]}` is none of them{nearest(word, known)}"
        raise errors.UserError(what, where=where, remedy=f"One of: {', '.join(known)}.")


def _sentence(text: str) -> None:
    if not text.strip():
        raise errors.UserError("it says nothing", where="why", remedy="Say in one sentence why it matters.")


def _text(document: dict[str, Any], suffix: str) -> str:
    if suffix in JSON_SUFFIXES:
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    stream = io.StringIO()
    writer = YAML()
    writer.width = 120
    writer.dump(document, stream)
    return stream.getvalue()
