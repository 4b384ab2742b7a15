"""A document in the shape of gonogo.yaml -> `Settings`, after every check that a schema can't express.

In: a document, where its parts were written, the day. Out: `Settings`, or a `UserError` with place and remedy. Pure.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import ada_url

from checks.errors import UserError
from checks.nearest import nearest
from checks.settings.complaint import check, show, spell
from checks.settings.defaults import DEFAULTS
from checks.settings.durations import LONGEST_PAGE_MS, milliseconds
from checks.settings.duties import Duties, read_duties
from checks.settings.exceptions import Exclusion, Expectation
from checks.settings.exports import read_exports
from checks.settings.globs import wildcards
from checks.settings.hosting import read_hosting, read_visitor
from checks.settings.lighthouse import read_lighthouse
from checks.settings.model import Settings
from checks.settings.page_types import PageTypes
from checks.settings.paths import production_path
from checks.settings.remote import address, is_address, read_access, read_limits
from checks.settings.sections import Allow, OwnedPaths, Policies, Render
from checks.settings.source_rule import SourceRule

if TYPE_CHECKING:
    from checks.settings.yaml_text import Places, Pointer

_LOOPBACK = re.compile(r"(?:.*\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]")
_DRIVE = re.compile(r"[A-Za-z]:")


def build(document: Any, places: Places, today: date) -> Settings:
    """Return the settings that `document` makes, defaults filled in.

    Raises UserError for the first thing in it that can't be.
    """
    check(document, places)
    full = _with_defaults(document)
    policies, owners = full["policies"], tuple(full["owners"])
    site, base_path = _origin(full["site"], places) if "site" in full else (None, "/")
    return Settings(
        site=site,
        base_path=base_path,
        preview=_preview(full["preview"], places) if "preview" in full else None,
        access=read_access(full["access"]) if "access" in full else None,
        limits=read_limits(full["limits"], places),
        host=full["host"],
        hosting=read_hosting(full["hosting"]),
        visitor=read_visitor(full["visitor"]),
        baseline=_baseline(full, places),
        fail_on=full["fail-on"],
        gate=full["gate"],
        pull_request_gate=full["pull-request-gate"],
        policies=Policies(tuple(policies["use"]), tuple(policies["folders"]), policies["change"]),
        render=_render(full["render"], places),
        owners=owners,
        owned=_owned(document),
        expect=tuple(_expectation(one, index, owners, places) for index, one in enumerate(full["expect"])),
        exclude=tuple(
            Exclusion(**_exception(one, ("exclude", index), owners, places))
            for index, one in enumerate(full["exclude"])
        ),
        allow=_allow(full["allow"], places),
        key_pages=tuple(
            production_path(one, ("key_pages", index), places) for index, one in enumerate(full["key_pages"])
        ),
        page_types=PageTypes.of(full["page_types"]),
        duties=_duties(full, places),
        exports=read_exports(full, places),
        crawlers=full["crawlers"],
        sources=tuple(_source(one, index, places) for index, one in enumerate(full["sources"])),
        lighthouse=read_lighthouse(full["lighthouse"] or {}, places) if "lighthouse" in full else None,
        today=today,
    )


def day(text: str, where: str) -> date:
    """Return the day that `text` (YYYY-MM-DD) names; raises UserError for one that no calendar has."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"there is no day {show(text)}", where=where, remedy="Write it as 2026-12-31.") from error


def _with_defaults(document: dict[str, Any]) -> dict[str, Any]:
    """Sections are filled up key by key; lists, and what has no default, stand as written."""
    full = DEFAULTS | document
    for key, default in DEFAULTS.items():
        if isinstance(default, dict):
            full[key] = default | document.get(key, {})
    return full


def _origin(text: str, places: Places) -> tuple[str, str]:
    """Return the origin that `site` names, and the path that the site lies under."""
    where, remedy = places.of("site"), "Write the origin that visitors will see, such as https://www.example.com"
    if not ada_url.check_url(text):
        hint = f"; did you mean `https://{text}`?" if ada_url.check_url(f"https://{text}") and "://" not in text else ""
        raise UserError(f"`site` is no address: {show(text)}{hint}", where=where, remedy=remedy)
    url = ada_url.URL(text)
    if url.protocol not in {"https:", "http:"}:
        raise UserError(f"`site` must begin with https:// or http://, not {url.protocol}", where=where, remedy=remedy)
    if url.username or url.password:
        raise UserError("`site` must not hold a name or a password", where=where, remedy=remedy)
    if url.search or url.hash:
        raise UserError("`site` must be an address without query and fragment", where=where, remedy=remedy)
    if _LOOPBACK.fullmatch(url.hostname):
        raise UserError(f"`site` is {show(url.hostname)}, which no visitor reaches", where=where, remedy=remedy)
    path = str(url.pathname)
    if "//" in path:
        raise UserError(f"`site` has a path with two slashes in a row: {show(text)}", where=where, remedy=remedy)
    if path.endswith((".html", ".htm")):
        raise UserError(f"`site` must name the site, not one of its pages: {show(text)}", where=where, remedy=remedy)
    return str(url.origin), path if path.endswith("/") else f"{path}/"


def _preview(text: str, places: Places) -> str:
    if is_address(text):
        return address(text, places)
    if "\0" in text:
        raise UserError("`preview` can't be the name of a folder", where=places.of("preview"))
    return text


def _baseline(full: dict[str, Any], places: Places) -> str:
    text: str = full["baseline"]
    if is_address(text):
        return address(text, places, "baseline")
    if "\0" in text:
        remedy = "Name a folder, the address of what is live, `launch`, or `none`."
        raise UserError("`baseline` can't be the name of a folder", where=places.of("baseline"), remedy=remedy)
    return text


def _render(section: dict[str, Any], places: Places) -> Render:
    text = section["time-limit"]
    limit = milliseconds(text, ("render", "time-limit"), LONGEST_PAGE_MS, places)
    return Render(tuple(section["viewports"]), text, limit, section["third-party"], tuple(section["coverage"]))


def _owned(document: dict[str, Any]) -> tuple[OwnedPaths, ...]:
    return tuple(
        OwnedPaths(pattern, name)
        for name, team in document.get("owners", {}).items()
        for pattern in team.get("paths", ())
    )


def _allow(section: dict[str, Any], places: Places) -> Allow:
    return Allow(
        third_parties=_hosts(section, "third-parties", places),
        canonical_hosts=_hosts(section, "canonical-hosts", places),
        form_hosts=_hosts(section, "form-hosts", places),
        source_maps=section["source-maps"],
        temporary_redirects=tuple(section["temporary-redirects"]),
        public_keys=tuple(section["public-keys"]),
        hsts_preload=section["hsts-preload"],
    )


def _duties(full: dict[str, Any], places: Places) -> Duties:
    if full["links"]["outside"] == "check" and full["render"]["third-party"] == "block":
        remedy = "Leave one of the two out."
        where = places.of("links", "outside")
        raise UserError(
            "`links.outside` asks other sites, which `render.third-party` forbids", where=where, remedy=remedy
        )
    return read_duties(full, places)


def _exception(section: dict[str, Any], at: Pointer, owners: tuple[str, ...], places: Places) -> dict[str, Any]:
    owner = section["owner"]
    if owner not in owners:
        what = f"`{spell(at)}` names the owner {show(owner)}, who is not in `owners`{nearest(owner, owners)}"
        raise UserError(what, where=places.of(*at, "owner"), remedy=f"Owners are: {', '.join(owners)}.")
    until = day(section["until"], places.of(*at, "until"))
    return {"page": section["page"], "why": section["why"], "owner": owner, "until": until}


def _expectation(section: dict[str, Any], index: int, owners: tuple[str, ...], places: Places) -> Expectation:
    status = section.get("status")
    return Expectation(
        **_exception(section, ("expect", index), owners, places),
        noindex=section.get("noindex", False),
        status=None if status is None else int(status),
        orphan=section.get("orphan", False),
    )


def _hosts(allow: dict[str, Any], key: str, places: Places) -> tuple[str, ...]:
    return tuple(_host(text, ("allow", key, index), places) for index, text in enumerate(allow[key]))


def _host(text: str, at: Pointer, places: Places) -> str:
    """Return a host's name as browsers spell it: lower case, punycode."""
    if ada_url.check_url(f"https://{text}"):
        url = ada_url.URL(f"https://{text}")
        if url.href == f"https://{url.hostname}/":
            return str(url.hostname)
    remedy = "Write the name alone, such as cdn.example.com: no scheme, port or path."
    raise UserError(f"`{spell(at)}` is no host: {show(text)}", where=places.of(*at), remedy=remedy)


def _source(section: dict[str, str], index: int, places: Places) -> SourceRule:
    page, file = section["page"], section["file"]
    where, name = places.of("sources", index, "file"), f"`sources[{index}].file`"
    remedy = "Write it as seen from this file, such as content/blog/*.md: relative, with / and without `..`."
    if file.startswith("/") or _DRIVE.match(file):
        raise UserError(f"{name} must be relative, not {show(file)}", where=where, remedy=remedy)
    if "\\" in file or "\0" in file or {"..", ".", ""} & set(file.split("/")):
        raise UserError(f"{name} can't be {show(file)}", where=where, remedy=remedy)
    if wildcards(file) > wildcards(page):
        remedy = f"The n-th wildcard of the page fills the n-th of the file; `page` has {wildcards(page)}."
        raise UserError(f"{name} has more wildcards than its page: {show(file)}", where=where, remedy=remedy)
    return SourceRule(page, file)
