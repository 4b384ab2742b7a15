"""Small builds of plain pages, and what a run said of them.

In: files by name. Out: a folder to check; the ledger and the documents of the run that lies beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SITE = "https://www.example.com"
WORDS = "The bread is baked slowly, from flour, water and salt, in an oven that has burnt since early morning. " * 3


def page(body: str = "", *, head: str = "", title: str = "Sourdough courses in Bristol") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="description" content="Courses for beginners.">'
        f"{head}</head><body><main><h1>{title}</h1><p>{WORDS}</p>{body}</main></body></html>"
    )


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def coverage(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "run" / "coverage.jsonl").read_text().splitlines()
    return {line["path"]: line for line in map(json.loads, lines)}


def documents(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "run" / "pages.jsonl").read_text().splitlines()
    return {line["path"]: line for line in map(json.loads, lines)}
