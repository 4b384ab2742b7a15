"""A real git repository, made by a test: a project with a base, and changes to it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checks.trust.git import Repository

TODAY = date(2026, 11, 20)
Document = dict[str, Any]
_WHO = {
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.com",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@dataclass(frozen=True)
class Project:
    """A repository with a working tree."""

    path: Path

    @property
    def repository(self) -> Repository:
        return Repository(self.path)

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.path), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **_WHO})
        return done.stdout.strip()

    def write(self, files: Mapping[str, Any]) -> None:
        """Write files: a text, bytes, a document of JSON; None takes one away."""
        for name, content in files.items():
            file = self.path / name
            if content is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            text = content if isinstance(content, str | bytes) else json.dumps(content, indent=2)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self, files: Mapping[str, Any] | None = None) -> str:
        """Commit the working tree, with these files in it, and return the commit."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "--quiet", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD")
