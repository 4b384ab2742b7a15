"""The rules by which the runner of GitHub Actions reads a log and a file of outputs, said again from its source.

https://github.com/actions/runner: ActionCommand.cs (both grammars), FileCommandManager.cs (outputs). A line ends at CR,
LF or CRLF, as .NET's ReadLine has it, in stdout and stderr alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    data: str


def commands(log: str) -> list[Command]:
    """Return the commands that the runner finds in a log: `::name k=v::data`, and `##[name k=v]data` anywhere."""
    found = (_second(line) or _first(line) for line in re.split(r"\r\n|\r|\n", log))
    return [command for command in found if command]


def _second(line: str) -> Command | None:
    text = line.lstrip()
    end = text.find("::", 2)
    if not text.startswith("::") or end < 0:
        return None
    name, _, pairs = text[2:end].partition(" ")
    return Command(name, dict(_properties(pairs)), _unescaped(text[end + 2 :], ""))


def _first(line: str) -> Command | None:
    begin = line.find("##[")
    end = line.find("]", begin)
    if begin < 0 or end < 0:
        return None
    return Command(line[begin + 3 : end].partition(" ")[0], {}, line[end + 1 :])


def _properties(pairs: str) -> Iterator[tuple[str, str]]:
    for pair in pairs.split(","):
        key, equals, value = pair.partition("=")
        if equals:
            yield key.strip(), _unescaped(value, "%3A%2C")


def _unescaped(text: str, more: str) -> str:
    for code in [*re.findall("%..", f"%0D%0A{more}"), "%25"]:
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


def outputs(text: str) -> dict[str, str]:
    """Return what the runner reads from GITHUB_OUTPUT: NAME=VALUE, or NAME<<MARK, lines, MARK; else ValueError."""
    found: dict[str, str] = {}
    lines = iter(re.split(r"\r\n|\r|\n", text))
    for line in lines:
        if not line:
            continue
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            found[line[:equals]] = line[equals + 1 :]
        elif heredoc >= 0:
            found[line[:heredoc]] = "\n".join(_until(line[heredoc + 2 :], lines))
        else:
            raise ValueError(f"invalid format {line!r}")
    return found


def _until(mark: str, lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line == mark:
            return
        yield line
    raise ValueError(f"matching delimiter not found {mark!r}")
