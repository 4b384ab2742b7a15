"""What a page's Content Security Policy is worth: its weaknesses, and hosts that must not stand in it.

In: the policies in force on a page, and what is the site's own. Out: parts of `security.csp`. A page must satisfy
every policy, so a weakness counts where each of them has it. Pages of a site share their policies: each is judged once.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any

from checks.facts.csp_text import LONGEST, Csp, hash_of, is_nonce, policies_of
from checks.facts.host_class import UNPUBLISHABLE, classify, within
from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.look import Site

_OPEN = {host: why for why, hosts in reference("csp")["open"].items() for host in hosts}
_SCRIPT = ("script-src-elem", "script-src", "default-src")
_ANYWHERE = {
    "*": "lets scripts come from any host",
    "http:": "lets scripts come from any host, and unencrypted",
    "https:": "lets scripts come from any host",
    "data:": "lets a script stand in an address",
    "blob:": "lets a script be made while the page runs",
}
_WANTED = {"object-src": ("object-src", "default-src"), "base-uri": ("base-uri",), "form-action": ("form-action",)}
_MOST = 100
"""Members of a list that are told: who has more than that has one fault."""
_NOTHING: dict[str, Any] = {"syntax": [], "script_findings": [], "missing": [], "open_hosts": [], "hosts": []}


def assess(headers: tuple[str, ...], metas: tuple[str, ...], site: Site) -> dict[str, Any]:
    """Return what the policies of a page are worth."""
    if not (headers or metas):
        return _NOTHING
    return _assess(headers, metas, site.host, site.first_party, site.allowed)


@lru_cache(maxsize=64)
def _assess(
    headers: tuple[str, ...], metas: tuple[str, ...], own: str, first_party: frozenset[str], allowed: frozenset[str]
) -> dict[str, Any]:
    by_place = policies_of(list(headers), list(metas))
    policies = [policy for found in by_place.values() for policy in found]
    faults = {written: problem for policy in policies for written, problem in policy.faults.items()}
    weak = _shared([_script_findings(policy) for policy in policies])
    missing = [{name for name, instead in _WANTED.items() if policy.sources(*instead) is None} for policy in policies]
    # A meta tag may not lay down everything, but what is missing in one policy may stand in another.
    hosts = {host: found for policy in policies for host, found in _hosts(policy, own, first_party, allowed)}
    return {
        "syntax": [{"written": written, "problem": faults[written]} for written in sorted(faults)],
        "script_findings": [{"source": source, "problem": weak[source]} for source in sorted(weak)[:_MOST]],
        "missing": sorted(set.intersection(*missing)) if missing else [],
        "open_hosts": _told(_shared([_open_hosts(policy) for policy in policies])),
        "hosts": [
            {"host": host, "class": hosts[host][0], "directive": hosts[host][1]} for host in sorted(hosts)[:_MOST]
        ],
    }


def _shared(found: list[dict[str, str]]) -> dict[str, str]:
    """Return what stands in all of them."""
    return reduce(lambda one, other: {key: one[key] for key in one.keys() & other.keys()}, found) if found else {}


def _told(hosts: dict[str, str]) -> list[dict[str, str]]:
    return [{"host": host, "why": hosts[host]} for host in sorted(hosts)[:_MOST]]


def _script_findings(policy: Csp) -> dict[str, str]:
    written = policy.sources(*_SCRIPT)
    if written is None:
        return {"script-src": "is missing, so every script may run"}
    sources = {source if is_nonce(source) or hash_of(source) else source.lower() for source in written}
    nonces = {clip(source, LONGEST) for source in sources if is_nonce(source)}
    guarded = bool(nonces) or any(hash_of(source) for source in sources)
    found = dict.fromkeys(nonces, "stands in the build, so that everybody knows it: a nonce must be new in each answer")
    if "'strict-dynamic'" in sources:
        if not guarded:
            found["'strict-dynamic'"] = "stands without a nonce or hash, so that no script runs at all"
    else:
        found |= {source: problem for source, problem in _ANYWHERE.items() if source in sources}
        if "'unsafe-inline'" in sources and not guarded:
            found["'unsafe-inline'"] = "lets every script run that somebody smuggles into a page"
    if "'unsafe-eval'" in sources:
        found["'unsafe-eval'"] = "lets texts be run as scripts"
    return found


def _open_hosts(policy: Csp) -> dict[str, str]:
    """Return the hosts of scripts from which anybody's scripts can come; a path to one file closes them again."""
    sources = policy.sources(*_SCRIPT) or []
    if "'strict-dynamic'" in (source.lower() for source in sources):
        return {}
    found = {}
    for source in sources:
        host, path = _host_source(source)
        is_file = path not in {"", "/"} and not path.endswith("/")
        why = next((_OPEN[known] for known in _OPEN if host == known or within(host, frozenset({known}))), None)
        if why and not is_file:
            found[clip(host, LONGEST)] = why
    return found


def _hosts(
    policy: Csp, own: str, first_party: frozenset[str], allowed: frozenset[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give the hosts of other environments: host, class and the directive that names it."""
    for directive, sources in policy.directives.items():
        if not directive.endswith(("-src", "-elem", "-attr", "-action", "-ancestors", "-uri")):
            continue
        for source in sources:
            host, _ = _host_source(source)
            if not host:
                continue
            name, port = host.removeprefix("*."), _port(source)
            found = classify(name, port, production_host=own, first_party=first_party, allowed=allowed)
            if found[0] in UNPUBLISHABLE and found[1] == "certain":
                yield clip(host, LONGEST), (found[0], directive)


def _host_source(source: str) -> tuple[str, str]:
    """Return host and path of a source; an empty host where it names none."""
    if source.startswith("'") or source == "*" or source.endswith(":"):
        return "", ""
    scheme, separator, rest = source.partition("://")
    rest = (rest if separator else scheme).lower()
    if rest.startswith("/"):
        return "", ""
    name, slash, path = rest.partition("/")
    host = name.rpartition(":")[0] if name.rpartition(":")[2].isdigit() or name.endswith(":*") else name
    return host, slash + path


def _port(source: str) -> int | None:
    tail = source.partition("://")[2] or source
    digits = tail.partition("/")[0].rpartition(":")[2]
    return int(digits) if digits.isdecimal() and len(digits) <= len("65535") and ":" in tail else None
