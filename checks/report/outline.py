"""What the report says of every page, taken from its document, so that reports need not read all documents again.

In: a page document. Out: its outline, some hundred bytes and the pages that it links to; a line of outlines.jsonl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Document = Mapping[str, Any]

HEADERS: Final[dict[str, Callable[[Document], bool]]] = {
    "content security policy": lambda security: bool((security.get("csp") or {}).get("present")),
    "HSTS": lambda security: bool(security.get("hsts")),
    "nosniff": lambda security: bool(security.get("nosniff")),
    "protection from framing": lambda security: bool(security.get("frame_protection")),
    "referrer policy": lambda security: bool(security.get("referrer_policy")),
    "permissions policy": lambda security: bool(security.get("permissions_policy")),
}
"""What a page is told to have -> whether its facts say so."""
_TITLE: Final = 200


def outlined(document: Document) -> dict[str, Any]:
    """Return the outline of a page: its path, what its line shows, its headers (None: not known), where it links to."""
    security = document.get("security")
    return {
        "path": str(document.get("path", "")),
        "shown": _shown(document),
        "headers": [name for name, is_there in HEADERS.items() if is_there(security)] if security else None,
        "links": _links(document),
    }


def is_outline(line: Document) -> bool:
    """Return whether `outlined` may have made it: run folders come from elsewhere, too."""
    links, headers = line.get("links"), line.get("headers") or []
    if not (isinstance(line.get("shown"), dict) and isinstance(links, list) and isinstance(headers, list)):
        return False
    return all(isinstance(text, str) for text in (line.get("path"), *links, *headers))


def _shown(document: Document) -> dict[str, Any]:
    vitals, parties = document.get("vitals") or {}, (document.get("requests") or {}).get("by_party") or {}
    return {
        # As the ledger says; of what was only read, a report does not say that nothing is wrong with it.
        "state": "measured" if "render" in document else "read",
        "title": clip(str((document.get("title") or {}).get("text") or ""), _TITLE),
        "status": (document.get("http") or {}).get("status"),
        "template": document.get("template"),
        "indexable": document.get("indexable"),
        "transfer": sum(int(one["transfer"]) for one in parties.values()) if parties else None,
        "lcp": vitals.get("lcp_ms"),
        "cls": vitals.get("cls"),
        "tbt": vitals.get("tbt_ms"),
    }


def _links(document: Document) -> list[str]:
    """Return the production paths that a page links to, where redirects lead, without fragments; sorted."""
    origin = str(document.get("url", "")).removesuffix(str(document.get("path", "")))
    items: list[Any] = (document.get("links") or {}).get("items") or []
    found = (str(item.get("final_url") or item.get("url") or "") for item in items if item.get("internal"))
    targets = {address.partition("#")[0] for address in found}
    return sorted(target.removeprefix(origin) or "/" for target in targets if target.startswith(origin))
