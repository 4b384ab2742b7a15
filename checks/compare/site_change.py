"""The `change` document of the site: what a release does to it as a whole.

In: both sides after moves are known, both site documents, and how many pages became what. Out: a document. Its lists
hold offenders only, the first hundred of each. Groups that one side did not measure are absent.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from checks.compare import sides_sql
from checks.compare.compared import own_path
from checks.compare.measures import number, removed, share
from checks.compare.sides import AFTER, BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from checks.compare.page_change import Place
    from checks.compare.sides import Sides

Document = dict[str, Any]
_SHOWN: Final = 100
_OK: Final = 200


def site_change(
    sides: Sides,
    place: Place,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    counts: Mapping[str, int],
    beside: Mapping[str, Document | None],
) -> Document:
    """Return the document; `before` and `after` are the site documents, `counts` says how many pages became what.

    `beside` holds further groups; one that is None was not measured.
    """
    # Policies about pages ask for these first; the site is none.
    groups = {"state": None, "kept": False, "moved": None, **dict(_groups(sides, before, after, counts))}
    groups |= {name: group for name, group in beside.items() if group is not None}
    return {
        "kind": "change",
        "scope": "site",
        "url": place.origin + place.base,
        "path": place.base,
        "page_type": None,
        "measured": sorted(groups),
        "config": {"production_origin": place.origin, "base_path": place.base},
        "expect": {"noindex": False, "status": None, "orphan": False, "gone": False},
        **groups,
    }


def _groups(
    sides: Sides, before: Mapping[str, Any], after: Mapping[str, Any], counts: Mapping[str, int]
) -> Iterator[tuple[str, Document]]:
    both = {*before["measured"]} & {*after["measured"]}
    whole = not sides.count(BEFORE, "failed") and not sides.count(AFTER, "failed")
    if whole:
        yield "summary", _summary(sides, counts)
        yield "merged", _merged(sides)
        yield "robots_blocks", _robots_blocks(sides)
    if not whole:
        both -= {"graph"}
    for name, (needs, of) in _OF_BOTH.items():
        if needs in both:
            # A former gonogo may have written down only a part of the group: then this was not measured.
            with suppress(KeyError):
                yield name, of(sides, before, after)


def _internal_links(_: Sides, before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    return number(before["graph"]["internal_links"], after["graph"]["internal_links"])


def _proofs(_: Sides, before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    files = (site["wellknown"].get("proofs", []) for site in (before, after))
    return {"removed": removed(*files)}


def _summary(sides: Sides, counts: Mapping[str, int]) -> Document:
    before, after = sides.count(BEFORE, "measured"), sides.count(AFTER, "measured")
    lost = max(0, before - after - counts["gone"])
    forms = list(_form_moves(sides))
    kept, titles = sides.db.execute(sides_sql.CHANGED_TITLES).fetchone()
    return {
        "pages_before": before,
        "pages_after": after,
        "pages_lost": lost,
        "pages_lost_share": share(lost, before),
        **{state: counts[state] for state in ("added", "removed", "moved", "changed", "same")},
        "titles_changed_share": share(titles, kept),
        "url_form_moves_count": len(forms),
        "url_form_moves": forms[:_SHOWN],
    }


def _form_moves(sides: Sides) -> Iterator[Document]:
    """Give pages whose address differs in form only, and whose former address does not lead to the new one."""
    for old, new in sides.db.execute(sides_sql.FORM_MOVES):
        answer = sides.answer(old)
        if answer is not None and not (answer["final_status"] == _OK and answer["shows"] == new):
            yield {"path": old, "to": new}


def _merged(sides: Sides) -> Document:
    """Return titles, descriptions and first headings that several pages share now, and that told them apart before."""
    found = {}
    for name, field in (("titles", "title"), ("descriptions", "description"), ("h1", "h1")):
        rows = sides.db.execute(sides_sql.MERGED.format(field=field))
        found[name] = [
            {"value": value, "count": count, "former": former, "example": example}
            for value, count, former, example in rows
        ]
    return found


def _robots_blocks(sides: Sides) -> Document:
    """Return the pages that could be indexed and that robots.txt keeps crawlers from now."""
    paths = [path for (path,) in sides.db.execute(sides_sql.NEWLY_BLOCKED)]
    return {"count": len(paths), "pages": paths[:_SHOWN]}


def _robots_txt(_: Sides, before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    was, now = before["robots_txt"], after["robots_txt"]
    named = [
        {own_path(one, site["config"]["production_origin"]) for one in site["robots_txt"]["sitemaps"]}
        for site in (before, after)
    ]
    return {"lost": was["exists"] and not now["exists"], "sitemaps_removed": removed(*named)}


def _sitemaps(_: Sides, before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    files = [
        {own_path(one["url"], site["config"]["production_origin"]) for one in site["sitemaps"]["files"]}
        for site in (before, after)
    ]
    urls = number(before["sitemaps"]["urls_total"], after["sitemaps"]["urls_total"])
    return {**urls, "files_removed": removed(*files)}


def _redirects(sides: Sides, before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    """Return rules of the baseline that are gone while nothing answers in their place, and those that lead elsewhere.

    A rewrite is no redirect, and a rule for some visitors only has no one answer.
    """
    rules, now = (
        {
            own_path(one["from"], site["config"]["production_origin"]): one
            for one in site["redirects"]["rules"]
            if one["kind"] != "rewrite" and not one["conditional"] and one["reachable"] is not False
        }
        for site in (before, after)
    )
    gone = [source for source in removed(rules, now) if not _answers(sides, source)]
    origin, origin_now = (site["config"]["production_origin"] for site in (before, after))
    other = [
        {"from": source, "before": own_path(one["to"], origin), "after": own_path(now[source]["to"], origin_now)}
        for source, one in sorted(rules.items())
        if source in now and own_path(one["to"], origin) != own_path(now[source]["to"], origin_now)
    ]
    return {"removed": gone[:_SHOWN], "removed_count": len(gone), "retargeted": other[:_SHOWN]}


def _answers(sides: Sides, source: str) -> bool:
    """Whether the address still leads to something; of a pattern nobody can ask."""
    answer = sides.answer(source)
    return answer is not None and answer["known"] and answer["final_status"] == _OK


_OF_BOTH: Final[dict[str, tuple[str, Callable[[Sides, Mapping[str, Any], Mapping[str, Any]], Document]]]] = {
    "internal_links": ("graph", _internal_links),
    "robots_txt": ("robots_txt", _robots_txt),
    "sitemaps": ("sitemaps", _sitemaps),
    "redirects": ("redirects", _redirects),
    "proofs": ("wellknown", _proofs),
}
"""Group -> the group of both site documents that it needs, and how it is made."""
