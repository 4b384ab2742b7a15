"""What import-linter cannot say: it knows whole packages of the standard library only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

NETWORK = {"urllib.request", "http.client", "ftplib", "smtplib"}


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_one_module_carries_what_is_asked_of_github(root: Path) -> None:
    files = [file for folder in ("action", "checks") for file in (root / folder).rglob("*.py")]
    speakers = {file.relative_to(root).as_posix() for file in files if NETWORK & set(imported(file))}
    assert speakers == {"action/transport.py"}
