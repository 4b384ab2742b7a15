"""What of a page is compared: a kilobyte of a page document of some twenty.

In: a page document. Out: a value for each topic whose facts were measured; addresses of the own site without its
origin, so that two builds at two addresses compare. Pure.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from checks.facts.sketch import sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Document = dict[str, Any]
_CHANGING: Final = re.compile(r"https?://\S+|[0-9a-fA-F]{7,}|\d+")
"""What differs in a message of the console from build to build."""
_OK: Final = 200
_AGE: Final = re.compile(r"(?<![a-z-])(max-age|s-maxage|stale-while-revalidate)\s*=\s*\"?(\d+)")
_OG: Final = ("title", "type", "image", "description")


def compared(page: Mapping[str, Any]) -> Document:
    """Return the value of each topic that was measured; a former gonogo may not have written down all of it."""
    measured = frozenset(page["measured"])
    found: Document = {}
    for name, (needs, of) in _TOPICS.items():
        if needs <= measured:
            with suppress(KeyError):
                found[name] = of(page)
    return found


def texture(page: Mapping[str, Any]) -> list[int]:
    """Return the sketch of the main text, by which moved pages are found; empty for a text that is too short."""
    return sorted(sketch(page["text"].get("main", ""))) if "text" in page["measured"] else []


def linked(page: Mapping[str, Any]) -> dict[str, bool] | None:
    """Return the paths of the own site that a page links to, at the end of redirects, and whether each answers 200.

    None where they were not measured, or a former gonogo did not write all of it down.
    """
    if "links" not in page["measured"]:
        return None
    try:
        return _linked(page)
    except KeyError:
        return None


def _linked(page: Mapping[str, Any]) -> dict[str, bool]:
    origin: str = page["config"]["production_origin"]
    found: dict[str, bool] = {}
    for item in page["links"]["items"]:
        url = item["final_url"] or item["url"]
        if item["internal"] and url:
            path = own_path(url.partition("#")[0], origin)
            found[path] = found.get(path, False) or item["status"] == _OK
    return found


def cached_s(page: Mapping[str, Any]) -> int:
    """Return for how many seconds caches may go on showing a page, as its Cache-Control says (RFC 9111, RFC 5861)."""
    if "http" not in page["measured"]:
        return 0
    told = page["http"].get("headers", {}).get("cache-control", "").lower()
    if "no-store" in told:
        return 0
    ages = {name: int(age[:9]) for name, age in _AGE.findall(told)}
    fresh = 0 if "no-cache" in told else max(ages.get("max-age", 0), ages.get("s-maxage", 0))
    return fresh + ages.get("stale-while-revalidate", 0)


def own_path(url: str, origin: str) -> str:
    """Return the path of an address of the own site; any other address as it is."""
    return (url[len(origin) :] or "/") if url == origin or url.startswith(f"{origin}/") else url


def _canonical(page: Mapping[str, Any]) -> Document:
    url, origin = page["canonical"]["url"], page["config"]["production_origin"]
    return {
        "url": None if url is None else own_path(url, origin),
        "self": url is None or page["canonical"]["is_self"],
    }


def _structured_data(page: Mapping[str, Any]) -> list[str]:
    """Return each type, and each of its properties as `Type property`."""
    data = page["structured_data"]
    properties = {f"{item['type']} {name}" for item in data["items"] for name in item["properties"]}
    return sorted({*data["types"], *properties})


def _social(page: Mapping[str, Any]) -> list[str]:
    group = page["social"]
    found = [f"og:{name}" for name in _OG if group["og"][name]]
    return [*found, *(["twitter:card"] if group["twitter"]["card"] else [])]


def _served_text(page: Mapping[str, Any]) -> Document:
    """Return the share of the main text that is delivered, and its words."""
    share = page["text"].get("raw_share")
    return {"share": share, "words": None if share is None else round(share * page["text"]["main_words"])}


def _images(page: Mapping[str, Any]) -> Document:
    items = page["images"]["items"]
    return {"count": len(items), "described": sum(bool(item["alt"]) for item in items)}


def _scripts(page: Mapping[str, Any]) -> int:
    items = page["requests"]["items"]
    own = (item for item in items if item["type"] == "script" and item["party"] == "first")
    return sum(item["transfer"] or 0 for item in own)


def _headers(page: Mapping[str, Any]) -> Document:
    security = page["security"]
    hsts = security["hsts"]
    return {
        "sends": page["config"]["sends_headers"],
        "content-security-policy": security["csp"]["present"],
        "strict-transport-security": bool(hsts and hsts["max_age"]),
        "frame protection": security["frame_protection"],
        "x-content-type-options": security["nosniff"],
        "referrer-policy": bool(security["referrer_policy"]),
        "permissions-policy": bool(security["permissions_policy"]),
        "hsts": hsts and {"max_age": hsts["max_age"], "include_subdomains": hsts["include_subdomains"]},
    }


def _csp(page: Mapping[str, Any]) -> list[str]:
    csp = page["security"]["csp"]
    return sorted(one["source"] for one in csp["script_findings"]) if csp["present"] else []


def _analytics(page: Mapping[str, Any]) -> Document:
    tags = sorted(one["id"] for one in page["analytics"]["tags"])
    return {"tags": tags, "consent": page["consent"]["provider"]}


def _forms(page: Mapping[str, Any]) -> list[str]:
    """Return where the forms send to; one that sends to its own page is told as such, for pages move.

    A form without an address that nothing sends holds a field, and is none.
    """
    origin = page["config"]["production_origin"]
    sending = (one for one in page["forms"] if one["action"] or one["submits"])
    return sorted(
        {own_path(one["url"] or one["action"], origin) if one["action"] else "its own page" for one in sending}
    )


def _console(page: Mapping[str, Any]) -> list[str]:
    texts: Iterator[str] = (one["text"] for kind in ("errors", "exceptions") for one in page["console"][kind])
    return sorted({_CHANGING.sub("…", one)[:200] for one in texts})


def _a11y(page: Mapping[str, Any]) -> Document:
    group = page["a11y"]
    rules = sorted({one["rule"] for one in group["violations"]})
    return {"rules": rules, "serious": group["counts"]["critical"] + group["counts"]["serious"]}


_TOPICS: Final[dict[str, tuple[frozenset[str], Callable[[Mapping[str, Any]], Any]]]] = {
    "status": (frozenset({"http"}), lambda page: page["http"]["status"]),
    "indexability": (
        frozenset({"indexable", "indexability_reasons"}),
        lambda page: {"indexable": page["indexable"], "reasons": page["indexability_reasons"]},
    ),
    "canonical": (frozenset({"canonical"}), _canonical),
    "title": (frozenset({"title"}), lambda page: page["title"]["text"]),
    "description": (frozenset({"description"}), lambda page: page["description"]["text"]),
    "h1": (frozenset({"headings"}), lambda page: next(iter(page["headings"]["h1"]), None)),
    "headings": (frozenset({"headings"}), lambda page: len(page["headings"]["items"])),
    "text": (frozenset({"text"}), lambda page: crc32(page["text"]["main"].encode("utf-8", "replace"))),
    "words": (frozenset({"text"}), lambda page: page["text"]["main_words"]),
    "served_text": (frozenset({"text", "render"}), _served_text),
    "lang": (frozenset({"lang"}), lambda page: (page["lang"]["html"] or "").lower() or None),
    "robots": (frozenset({"robots"}), lambda page: page["robots"]["directives"]),
    "robots_txt": (frozenset({"robots_txt"}), lambda page: page["robots_txt"]["allowed"]),
    "hreflang": (frozenset({"hreflang"}), lambda page: sorted({one["lang"] for one in page["hreflang"]["entries"]})),
    "structured_data": (frozenset({"structured_data"}), _structured_data),
    "social": (frozenset({"social"}), _social),
    "verification": (frozenset({"meta"}), lambda page: page["meta"].get("proofs", [])),
    "links": (frozenset({"links"}), lambda page: page["links"]["internal"]),
    "images": (frozenset({"images"}), _images),
    "weight": (frozenset({"requests"}), lambda page: page["requests"]["by_party"]["first"]["transfer"]),
    "scripts": (frozenset({"requests"}), _scripts),
    "requests": (frozenset({"requests"}), lambda page: page["requests"]["by_party"]["first"]["count"]),
    "third_parties": (
        frozenset({"third_parties"}),
        lambda page: {one["host"]: one["allowed"] for one in page["third_parties"]["items"]},
    ),
    "headers": (frozenset({"security"}), _headers),
    "csp": (frozenset({"security"}), _csp),
    "cookies": (frozenset({"cookies"}), lambda page: sorted({one["name"] for one in page["cookies"]})),
    "analytics": (frozenset({"analytics", "consent"}), _analytics),
    "forms": (frozenset({"forms"}), _forms),
    "console": (frozenset({"console"}), _console),
    "a11y": (frozenset({"a11y"}), _a11y),
}
"""Topic -> the groups of the page document that it needs, and what is kept of them."""
