"""Builds and hosts from plain data, for the tests of host models."""

from __future__ import annotations

from typing import Any

from checks.collect.hosts import Build, BuildFiles, Host, Options, Project, Visitor, make
from checks.collect.hosts.project import ConfigText


def build(files: list[str], config: dict[str, str] | None = None, **more: Any) -> Build:
    """Return a build with these files (of one byte each) and the texts of what a host reads."""
    texts = {name: ConfigText(name, text, "build") for name, text in (config or {}).items()}
    visitor = dict(more.get("visitor", {}))
    if "roles" in visitor:
        visitor["roles"] = frozenset(visitor["roles"])
    options = {key: value for key, value in more.get("options", {}).items() if key != "base_path"}
    return Build(
        files=BuildFiles(dict.fromkeys(files, 1)),
        project=Project(texts, tuple(more.get("functions", ()))),
        visitor=Visitor(**visitor),
        origin=more.get("origin", "https://www.example.com"),
        folder="dist",
        options=Options(**options),
    )


def host(name: str, files: list[str], config: dict[str, str] | None = None, **more: Any) -> Host:
    """Return the model of a host for such a build."""
    return make(name, build(files, config, **more), more.get("options", {}).get("base_path", "/"))
