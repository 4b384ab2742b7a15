"""What the tests of trust share: a repository, its base, a policy, people with real keys, the sides of a change."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checks.judge import policies
from checks.judge.finding import fingerprint
from checks.settings import from_bytes
from checks.trust.snapshot import Snapshot
from tests.trust.bases import CONFIG, OWN, POLICY
from tests.trust.project import TODAY, Document, Project
from tests.trust.sides import Side


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


@pytest.fixture
def base(project: Project, title_length: Document, people: Document) -> Project:
    """Return a project whose base has a config, policies in two folders, people, keys and old debt."""
    mark = fingerprint("seo/title-fits", "/long/", "title.length")
    debt = {"fingerprint": mark, "policy": "seo/title-fits", "page": "/long/", "what": "title.length"}
    project.commit(
        {
            "gonogo.yaml": CONFIG,
            POLICY: title_length,
            OWN: {**title_length, "x-severity": "warning", "x-owner": "engineering"},
            "gonogo/adopted/marketing.json": {"findings": [{**debt, "adopted": "2026-11-01"}]},
            **people,
        }
    )
    project.git("checkout", "--quiet", "-b", "topic")
    return project


@pytest.fixture
def side(tmp_path: Path, few_shipped: Path) -> Side:
    """Return a function: what a config and some policies of one's own come to."""

    def made(config: str = "{}", own: Document | None = None, **parts: Any) -> Snapshot:
        folder = tmp_path / f"side-{len(list(tmp_path.iterdir()))}"
        for name, document in (own or {}).items():
            file = folder / f"{name}.json"
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(document), encoding="utf-8")
        settings = from_bytes(config.encode(), "gonogo.yaml", {}, TODAY)
        folders = [folder] if own else []
        in_force = policies.load(folders, settings.policies.use, settings.policies.change, shipped=few_shipped)
        found = tuple(replace(one, path=one.path.replace(str(folder), "gonogo/policies")) for one in in_force)
        return Snapshot("gonogo.yaml", settings, found, parts.get("adopted", {}), parts.get("authority"))

    return made
