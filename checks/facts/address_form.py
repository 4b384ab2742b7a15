"""How a page's address is written, and which page of a series it is.

In: the address of the page. Out: the groups `url_form` and `pagination`.
https://developers.google.com/search/docs/crawling-indexing/url-structure
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote_to_bytes

from checks.facts.urls import MAX_URL, parse

_SESSION = re.compile(r"(?:^|[?&;/])(?:jsessionid|phpsessid|aspsessionid\w*|session_?id|sid)=", re.IGNORECASE)
_ESCAPED_SPACE = re.compile(r"%20|\+")
_PAGE_IN_PATH = re.compile(r"^(.*/)page[-/]?(\d{1,5})(?:/|/index\.html|\.html)?$", re.IGNORECASE)
_PAGE_IN_QUERY = re.compile(r"(?:^|&)(?:page|paged|pagenumber)=(\d{1,5})(?:&|$)", re.IGNORECASE)


def url_form(url: str) -> dict[str, Any]:
    """Return the group `url_form`: what makes the address hard to read, to type or to pass on."""
    address = parse(url)
    if address is None:
        return {"findings": []}
    path = address.path
    checks = {
        "double slash": "//" in path,
        "not UTF-8": not _is_utf8(path),
        "session id": _SESSION.search(f"{path}?{address.query}") is not None,
        "space": _ESCAPED_SPACE.search(path) is not None,
        "underscore": "_" in path,
        "upper case": re.sub(r"%[0-9A-Fa-f]{2}", "", path) != re.sub(r"%[0-9A-Fa-f]{2}", "", path).lower(),
    }
    return {"findings": [{"problem": problem} for problem, found in checks.items() if found]}


def pagination(url: str) -> dict[str, Any]:
    """Return the group `pagination`: the number that the address gives a page of a series."""
    address = parse(url)
    if address is None:
        return {"number": None}
    in_path, in_query = _PAGE_IN_PATH.match(address.path), _PAGE_IN_QUERY.search(address.query)
    number = in_path.group(2) if in_path else in_query.group(1) if in_query else None
    return {"number": int(number) if number else None}


def _is_utf8(path: str) -> bool:
    try:
        unquote_to_bytes(path[:MAX_URL]).decode()
    except UnicodeDecodeError:
        return False
    return True
