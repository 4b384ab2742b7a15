"""What kind of host a name stands for: the site's own, somebody else's, or one that must not be published.

In: a host name (lower case, as a URL parser gives it) and its explicit port. Out: its class and how certain that is.
The order of the questions is the answer: what the project allows comes first, because sites do ship from platforms.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from checks.facts.reference import reference
from checks.facts.urls import registrable_domain, within

__all__ = ["CLASSES", "UNPUBLISHABLE", "classify", "is_documentation", "is_workbench", "within"]

CLASSES = (
    "production",
    "allowed",
    "third_party",
    "staging",
    "preview",
    "loopback",
    "private",
    "reserved",
    "platform",
    "tunnel",
)
UNPUBLISHABLE = frozenset(CLASSES[3:])
"""Classes that a published page has no business to name."""

_MIN_NAME = 4  # a shorter project name is found in other names by chance
_HOSTS = reference("hosts")
_LOOPBACK = [ip_network(network) for network in _HOSTS["loopback"]["networks"]]
_PRIVATE = [ip_network(network) for network in _HOSTS["private"]["networks"]]
_PREVIEW = re.compile("|".join(f"(?:{entry['pattern']})" for entry in _HOSTS["preview"]))
_PLATFORM = re.compile("|".join(_HOSTS["platform"]["patterns"]))
_CERTAIN_LABELS = frozenset(_HOSTS["labels"]["certain"])
_SUSPECT_LABELS = frozenset(_HOSTS["labels"]["suspect"])
_OF_PROJECT = _CERTAIN_LABELS - {"demo"} | _SUSPECT_LABELS | frozenset(_HOSTS["labels"]["project"]) | {""}
_SHARED = frozenset(_HOSTS["platform"]["shared"])
_USUAL_PORTS = frozenset(_HOSTS["ports"]["usual"])


@lru_cache(maxsize=8192)
def classify(
    host: str,
    port: int | None,
    *,
    production_host: str,
    first_party: frozenset[str],
    allowed: frozenset[str],
) -> tuple[str, str]:
    """Return the class of a host and `certain`, `suspect` or `` (nothing to object to).

    `production_host` may carry a port. `first_party` holds registrable domains; `allowed` holds hosts, each of which
    stands for its subdomains too.
    """
    own_host, _, own_port = production_host.partition(":")
    if host == own_host:
        usual = port is None or port in _USUAL_PORTS or str(port) == own_port
        return ("production", "") if usual else ("staging", "certain")
    if within(host, allowed):
        return "allowed", ""
    by_address = _class_of_address(host)
    if by_address:
        return by_address
    return _class_of_name(host, own_host, port, first_party)


def is_workbench(host: str) -> bool:
    """Whether the host is a running workspace of an editor in the cloud."""
    return within(host, _suffixes("workbench"))


def is_documentation(host: str) -> bool:
    """Whether the host is one that RFC 2606 keeps for examples, as code samples rightly use."""
    return within(host, frozenset(_HOSTS["reserved"]["documentation"]))


@lru_cache(maxsize=16)
def _suffixes(kind: str) -> frozenset[str]:
    return frozenset(_HOSTS[kind]["suffixes"])


def _class_of_address(host: str) -> tuple[str, str] | None:
    if host in _HOSTS["loopback"]["names"] or within(host, _suffixes("loopback")):
        return "loopback", "certain"
    address = _address(host)
    if address is None:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    where = mapped or address
    if any(where in network for network in _LOOPBACK):
        return "loopback", "certain"
    if any(where in network for network in _PRIVATE):
        return "private", "certain"
    return "third_party", ""


def _address(host: str) -> IPv4Address | IPv6Address | None:
    if not host or not (host[0] == "[" or host[-1].isdigit()):
        return None
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _class_of_name(host: str, own_host: str, port: int | None, first_party: frozenset[str]) -> tuple[str, str]:
    if within(host, _suffixes("reserved")):
        return "reserved", "certain"
    if _PREVIEW.fullmatch(host):
        return "preview", "certain"
    domain = registrable_domain(host)
    if domain not in first_party:
        hosted = _class_of_hosted(host, own_host)
        if hosted:
            return hosted
    return _class_by_label(host, port, domain, own=domain in first_party)


def _class_of_hosted(host: str, own_host: str) -> tuple[str, str] | None:
    if within(host, _suffixes("tunnel")):
        return "tunnel", "certain"
    if is_workbench(host):
        return "preview", "suspect"
    if host in _SHARED:
        return None
    if within(host, _suffixes("platform")) or _PLATFORM.fullmatch(host):
        return "platform", "certain" if _names_project(host, own_host) else "suspect"
    return None


def _names_project(host: str, own_host: str) -> bool:
    """Whether the site's own name is the project's, with nothing more than words for its environments around it."""
    name = registrable_domain(own_host).partition(".")[0].replace("-", "")
    project = host.partition(".")[0]
    if len(name) < _MIN_NAME or name not in project.replace("-", ""):
        return False
    others = {part.rstrip("0123456789") for part in project.split("-") if part not in name}
    return project.replace("-", "") == name or others <= _OF_PROJECT


def _class_by_label(host: str, port: int | None, domain: str, *, own: bool) -> tuple[str, str]:
    """Read the labels before the registrable domain; the rest of a name is the owner's choice and says nothing."""
    labels = host[: -len(domain) - 1].split(".") if host.endswith(f".{domain}") else []
    parts = {part.rstrip("0123456789") or part for label in labels for part in (label, *label.split("-"))}
    parts |= set(labels)
    if parts & _CERTAIN_LABELS:
        return "staging", "certain" if own else "suspect"
    if own and parts & _SUSPECT_LABELS:
        return "staging", "suspect"
    if not own:
        return "third_party", ""
    if port is not None and port not in _USUAL_PORTS:
        return "staging", "certain"
    return "allowed", ""
