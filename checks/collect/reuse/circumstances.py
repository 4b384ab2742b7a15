"""What every page of a run depends on beside the build: this program, the browser, the machine, the settings.

In: the browser that was found, the settings. Out: a digest of each, by the words that say which of them changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import json
import os
import platform
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

import checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.collect.browser import Browser
    from checks.facts.page_settings import PageSettings
    from checks.settings import Settings

_FONTS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "~/.fonts", "~/.local/share/fonts"),
    *("~/.config/fontconfig", "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
)
BUILT = "report/bundle"
"""Where the interactive report is built, which nothing that measures or judges reads."""
_BROUGHT = ("_policies", "_workflows")
"""What only a wheel has inside the program. The policies that judge are told apart by what they say."""
_COMPILED = "__pycache__"
_INSTALLERS = frozenset({"pip", "setuptools", "wheel"})
"""Packages that a machine brings with its Python, and that nothing here runs."""
_BY_PAGE = frozenset({"expect", "page_type", "coverage", "chooses", "today"})
"""Settings that are asked page by page, and the day, of which not every page depends."""


def of(browser: Browser, settings: Settings, page_settings: PageSettings) -> dict[str, str]:
    """Return what has to be the same for a page to be what it was."""
    plain = {
        one.name: getattr(page_settings, one.name)
        for one in dataclasses.fields(page_settings)
        if one.name not in _BY_PAGE
    }
    render = {**settings.to_document()["render"], "coverage": "is asked page by page"}
    return {
        "gonogo": program(),
        "the browser": digest([browser.kind, browser.version, browser.path.stat().st_size]),
        "the machine": machine(),
        "the settings": digest([plain, render]),
    }


@cache
def program() -> str:
    """Return a digest of this program and of the packages that it runs with."""
    return digest([*sources(Path(checks.__file__).parent), *_packages()])


@cache
def machine() -> str:
    """Return a digest of the operating system, Python and the fonts."""
    return digest([platform.machine(), platform.platform(), platform.python_version(), *_fonts()])


def digest(what: Any) -> str:
    """Return a digest of what JSON can hold; a set counts as its members, sorted."""
    try:
        text = orjson.dumps(what, default=sorted, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        # A lone surrogate, a number of more than 64 bits, or a key that is no text; each page asks for several digests.
        text = json.dumps(what, sort_keys=True, default=sorted).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def sources(home: Path) -> Iterator[tuple[str, str]]:
    """Give every file of the program in `home`: what of it changes a fact can't be told from what does not.

    But for what one installation has and another does not: what is built only shows what was measured and judged. And
    but for what Python compiles, into files of passing names: another process may be at it.
    """
    others = [home / name for name in (BUILT, *_BROUGHT)]
    for file in sorted(home.rglob("*")):
        if _COMPILED in file.parts or any(map(file.is_relative_to, others)):
            continue
        if file.is_file() and file.suffix != ".pyc":
            yield file.relative_to(home).as_posix(), hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()


def _packages() -> list[tuple[str, str]]:
    found = ((str(one.metadata["Name"]), str(one.metadata["Version"])) for one in importlib.metadata.distributions())
    return sorted(one for one in found if one[0] not in _INSTALLERS)


def _fonts() -> Iterator[tuple[str, int]]:
    """Give the fonts of the machine: a line that breaks elsewhere makes a page wider."""
    for folder in map(os.path.expanduser, _FONTS):
        for home, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                file = Path(home, name)
                yield str(file), file.stat().st_size if file.exists() else 0
