"""What the tests of trust share: a repository, a policy, people with real keys."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.project import Document, Project


@pytest.fixture(autouse=True)
def _few_policies(three_policies: None) -> None:
    """Take three policies for all: which there are is no matter here."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "project")
    made.path.mkdir()
    made.git("init", "--quiet", "--initial-branch=main")
    return made


@pytest.fixture
def title_length() -> Document:
    """Return a policy of a project's own."""
    return {
        "title": "A title fits into a search result",
        "description": "Search engines cut longer titles off.",
        "x-reads": "page",
        "x-severity": "error",
        "x-owner": "marketing",
        "x-fix": "Write 10 to 60 characters.",
        "properties": {"title": {"properties": {"length": {"minimum": 10, "maximum": 60}}}},
        "examples": [{"title": {"text": "Sourdough courses in Bristol", "length": 28}}],
        "x-counterexamples": [{"title": {"text": "Home", "length": 4}}],
    }


@pytest.fixture(scope="session")
def public_key(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Return a function: the line of a public key made by ssh-keygen, the same one for the same name."""
    folder = tmp_path_factory.mktemp("keys")

    def made(name: str) -> str:
        file = folder / f"{name}.pub"
        if not file.exists():
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
            subprocess.run(command, check=True, capture_output=True)
        return file.read_text().strip()

    return made


@pytest.fixture
def people(public_key: Callable[[str], str]) -> Document:
    """Return the three files of people and keys."""
    return {
        "gonogo/people.yaml": (
            "people:\n"
            "  ana: {name: Ana, github: 1, emails: [ana@example.com], principals: [ana], roles: [marketing]}\n"
            "  ben: {name: Ben, github: 2, emails: [ben@example.com], principals: [ben], roles: [engineering]}\n"
        ),
        "gonogo/allowed_signers": "".join(
            f'{name} namespaces="sign-off@gonogo" {public_key(name)}\n' for name in ("ana", "ben")
        ),
        "gonogo/revoked_keys": f"# left in spring\n{public_key('carl')}\n",
    }
