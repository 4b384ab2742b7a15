"""`firebase.json`, read: the site in it that this build is for.

In: the text, and the name of the build's folder. Out: `FirebaseConfig`, and what the host refuses. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect.hosts.about import Finding, Place
from checks.collect.hosts.firebase import rules
from checks.collect.hosts.json_lines import JsonError, Lines, Pointer, read
from checks.collect.hosts.patterns import Machine, PatternError, globs
from checks.errors import UserError

if TYPE_CHECKING:
    from checks.collect.hosts.firebase.rules import FirebaseRule

FILE = "firebase.json"
IGNORED = ("firebase.json", "**/.*", "**/node_modules/**")
"""What is not deployed unless the file says otherwise."""


@dataclass(slots=True)
class FirebaseConfig:
    """What the file says of one site."""

    redirects: list[FirebaseRule] = field(default_factory=list)
    rewrites: list[FirebaseRule] = field(default_factory=list)
    headers: list[FirebaseRule] = field(default_factory=list)
    clean_urls: bool = False
    trailing_slash: bool | None = None
    languages_in: str | None = None
    """The folder of files for languages and countries."""
    ignored: list[Machine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def load(text: str | None, folder: str) -> FirebaseConfig:
    """Return what a firebase.json says of the site whose files lie in `folder`.

    Raises UserError where it describes several sites, and none is that one.
    """
    said = FirebaseConfig()
    site, lines, at = _site(text, folder, said)
    for kind in rules.KINDS:
        _entries(kind, site.get(kind, []), lines, at, said)
    said.clean_urls = site.get("cleanUrls") is True
    slash = site.get("trailingSlash")
    said.trailing_slash = slash if isinstance(slash, bool) else None
    i18n = site.get("i18n")
    root = i18n.get("root") if isinstance(i18n, dict) else None
    said.languages_in = root.strip("/") if isinstance(root, str) else None
    ignored = site.get("ignore", list(IGNORED))
    for number, glob in enumerate(ignored if isinstance(ignored, list) else []):
        place = Place(FILE, lines.of(*at, "ignore", number), f"ignore[{number}]")
        try:
            said.ignored.append(Machine(globs.read(str(glob), dots=True)))
        except PatternError as error:
            said.findings.append(Finding(place, f"the glob can't be read: {error}"))
    return said


def _site(text: str | None, folder: str, said: FirebaseConfig) -> tuple[dict[str, Any], Lines, Pointer]:
    if text is None:
        return {}, Lines(), ()
    try:
        document, lines = read(text)
    except JsonError as error:
        said.findings.append(
            Finding(Place(FILE, error.line, "JSON"), f"it is no JSON, and nothing is deployed: {error}")
        )
        return {}, Lines(), ()
    hosting = document.get("hosting") if isinstance(document, dict) else None
    if isinstance(hosting, dict):
        return hosting, lines, ("hosting",)
    if not isinstance(hosting, list):
        said.findings.append(Finding(Place(FILE, lines.of("hosting"), "hosting"), "it has no `hosting`"))
        return {}, lines, ("hosting",)
    sites = [(number, one) for number, one in enumerate(hosting) if isinstance(one, dict)]
    fitting = [(number, one) for number, one in sites if _is_folder(one.get("public"), folder)]
    if len(sites) == 1 or fitting:
        number, one = (fitting or sites)[0]
        return one, lines, ("hosting", number)
    named = ", ".join(str(one.get("public")) for _, one in sites)
    raise UserError(
        f"it describes {len(sites)} sites, and none of them is deployed from `{folder or '.'}`",
        where=f"{FILE}:{lines.of('hosting')}",
        remedy=f"Judge one of the folders that it names as `public`: {named}.",
    )


def _is_folder(public: object, folder: str) -> bool:
    if not isinstance(public, str):
        return False
    own = public.removeprefix("./").strip("/")
    return bool(own) and (folder == own or folder.endswith(f"/{own}"))


def _entries(kind: str, entries: object, lines: Lines, at: Pointer, said: FirebaseConfig) -> None:
    if not isinstance(entries, list):
        place = Place(FILE, lines.of(*at, kind), kind)
        said.findings.append(Finding(place, f"`{kind}` must be a list"))
        return
    for number, entry in enumerate(entries):
        name = entry.get("source", entry.get("regex")) if isinstance(entry, dict) else None
        entry_name = f"{kind} {name}"[:200] if isinstance(name, str) else f"{kind}[{number}]"
        place = Place(FILE, lines.of(*at, kind, number), entry_name)
        rule = rules.read(kind, place, entry)
        if isinstance(rule, str):
            said.findings.append(Finding(place, f"{rule}; the host refuses the deployment"))
        else:
            getattr(said, kind).append(rule)
