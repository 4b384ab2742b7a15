"""What the host makes of the build: the group `hosting` of the site document, and its redirects, each to its end.

In: the preview, which asks the host model, and the pages. Out: facts. Whether a rule ever answers is found out by
asking the model for an address that the rule is meant for: what answers there instead keeps it from answering.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from checks.facts.site_visit import Redirect
from checks.facts.urls import parse, without_fragment
from checks.settings.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from checks.collect.hosts import Answer
    from checks.collect.hosts.about import Rule
    from checks.collect.preview import Preview, Served

SECURITY_HEADERS = frozenset(
    {
        *("content-security-policy", "strict-transport-security", "x-content-type-options", "x-frame-options"),
        *("referrer-policy", "permissions-policy", "cross-origin-opener-policy"),
    }
)
_MOST_TOLD = 1_000
_MARK = "utm_source=gonogo"
"""What a campaign adds to an address."""
_REDIRECTS = range(300, 400)
_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


def hosting(preview: Preview, pages: Iterable[str], probe: str, outside: Iterable[str]) -> dict[str, Any]:
    """Return the group `hosting`; `probe` is a path that is not there; `outside`: addresses beside the base path."""
    host, about = preview.host, preview.host.about
    wrong = host.answer(probe)
    return {
        "host": host.name,
        "sends_headers": host.sends_headers,
        "redirects": about.redirects,
        "base_path": preview.base,
        "compresses": about.compression.coding,
        "catch_all": wrong.file if wrong.status == HTTPStatus.OK and wrong.unknown is None else None,
        "config": [{"file": one.file, "rules": one.rules} for one in about.config],
        "findings": [
            {
                "entry": f"{one.place.file}: {one.place.entry}",
                "file": one.place.file,
                "line": one.place.line or None,
                "what": one.what,
            }
            for one in about.findings[:_MOST_TOLD]
        ],
        "limits": [
            {"name": one.name, "value": one.value, "most": one.most, "exceeded": one.value > one.most}
            for one in about.limits
        ],
        "not_emulated": [
            {"path": one.path or None, "what": one.what, "entry": f"{one.path} {one.what}".strip()}
            for one in about.not_emulated
        ],
        "headers_uncovered": list(_uncovered(preview, sorted(pages), probe)) if host.sends_headers else [],
        "outside_base": [{"url": url} for url in sorted(outside)],
        "injected": [],
    }


def _uncovered(preview: Preview, pages: Sequence[str], probe: str) -> Iterator[dict[str, Any]]:
    """Give the pages, the 404 page included, that lack security headers which the home page is sent with."""
    host = preview.host
    wanted = {name for name, _ in host.answer(preview.base).headers} & SECURITY_HEADERS
    for path in [*pages, probe]:
        answer = host.answer(*path.partition("?")[::2])
        if answer.file is None or answer.unknown is not None:
            continue
        missing = wanted - {name for name, _ in answer.headers}
        if missing:
            yield {"path": path, "names": sorted(missing)}


def redirects(preview: Preview, temporary: Sequence[str]) -> Iterator[Redirect]:
    """Give every redirect and rewrite that the project wrote for its host; `temporary`: patterns of the settings."""
    for rule in preview.host.about.rules:
        answer = _asked(preview, rule)
        reachable = None if answer is None else answer.place == rule.place
        path = urlsplit(rule.source).path if "://" in rule.source else rule.source
        yield Redirect(
            source=preview.origin + rule.source if rule.source.startswith("/") else rule.source,
            target=_target(preview, rule),
            status=rule.status,
            kind="host" if rule.status in _REDIRECTS else "rewrite",
            file=rule.place.file,
            line=rule.place.line or None,
            reachable=reachable,
            shadowed_by=_said(preview, rule, answer) if answer is not None and not reachable else None,
            conditional=bool(rule.condition),
            by_language="language" in rule.condition.lower(),
            permanent=rule.status in _PERMANENT,
            declared_temporary=any(matches(pattern, path) for pattern in temporary),
            keeps_query=_keeps_query(preview, rule) if reachable else None,
            **_end(preview, rule, reachable=reachable is True),
        )


def _asked(preview: Preview, rule: Rule) -> Answer | None:
    """Return what is answered at an address that a rule is meant for; None where that can't tell anything."""
    if rule.sample is None or not rule.holds:
        return None
    path, query = rule.sample
    return preview.host.answer(path, query)


def _keeps_query(preview: Preview, rule: Rule) -> bool | None:
    """Whether a redirect within the site hands on what stands in the query of its address."""
    if rule.sample is None or rule.status not in _REDIRECTS:
        return None
    path, query = rule.sample
    location = preview.host.answer(path, f"{query}&{_MARK}" if query else _MARK).location
    address = parse(location, preview.origin) if location is not None else None
    return None if address is None or not preview.is_own(address.url) else _MARK in address.query


def _said(preview: Preview, rule: Rule, answer: Answer) -> str:
    """Return what answers instead of a rule: another rule, or the file that its address shows in the end."""
    if answer.place is not None:
        return f"{answer.place} `{answer.place.entry}`"
    served = preview.served(_sampled(preview, rule))
    if served.file is None or served.status != HTTPStatus.OK:
        return answer.rule
    return f"the file {served.file.relative_to(preview.root).as_posix()}"


def _sampled(preview: Preview, rule: Rule) -> str:
    path, query = rule.sample or ("/", "")
    return f"{preview.origin}{path}{'?' + query if query else ''}"


def named(preview: Preview) -> Iterator[str]:
    """Give the paths, with their queries, that rules of one address name: where they begin and where they lead."""
    for rule in preview.host.about.rules:
        target = None if rule.target_varies else parse(rule.target, preview.origin)
        if target is not None and preview.is_own(target.url):
            yield preview.path_of(target.url)
        if rule.sample is not None and not rule.is_pattern and rule.source.startswith("/"):
            yield preview.path_of(_sampled(preview, rule))


def _target(preview: Preview, rule: Rule) -> str:
    address = None if rule.target_varies else parse(rule.target, preview.origin)
    return address.url if address is not None else rule.target


def _end(preview: Preview, rule: Rule, *, reachable: bool) -> dict[str, Any]:
    """Return where a rule leads in the end: status, hops, addresses on the way, whether it goes round in a circle."""
    is_redirect = rule.status in _REDIRECTS
    source = preview.origin + rule.source
    unknown = {"final_status": None, "hops": int(is_redirect), "urls": (source,), "loop": False}
    if rule.target_varies or (not is_redirect and not reachable):
        return unknown
    if is_redirect:
        address = parse(rule.target, preview.origin)
        if address is None or not preview.is_own(address.url):
            return unknown
        served = preview.served(without_fragment(address.url))
        urls = (source, *(hop.url for hop in served.hops), served.url)
    else:
        served = preview.served(_sampled(preview, rule))
        urls = (source,)
    return {
        "final_status": _status(preview, served),
        "hops": len(served.hops) + int(is_redirect),
        "urls": urls,
        "loop": served.loop,
    }


def _status(preview: Preview, served: Served) -> int | None:
    """Return the status at the end of a way; None for a circle, another site, or what the build does not show."""
    return served.status if not served.loop and preview.is_own(served.url) and served.is_known else None
