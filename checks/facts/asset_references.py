"""Which files a style sheet, a web app manifest, or a page beside what every browser loads of it, names.

In: the text of the file. Out: addresses as written, each once, sorted. What stands in comments names nothing; addresses
that hold their own content, or only a fragment, name no file.
"""

from __future__ import annotations

import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from checks.facts.nesting import too_deep
from checks.facts.srcset import candidates

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_URL = re.compile(r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]+))\s*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:"([^"\n]*)"|'([^'\n]*)')""", re.IGNORECASE)
_NO_FILE = ("data:", "blob:", "about:", "javascript:", "#")
_NAMING = "[srcset],[imagesrcset],video[poster]"
_SELECTIVE = ("srcset", "poster", "preload")
_ICONS = ("icons", "screenshots")


def in_style_sheet(text: str) -> list[str]:
    """Return what `url()` and `@import` name.

    >>> in_style_sheet('@import "a.css"; b { background: url(c.png) /* url(d.png) */ }')
    ['a.css', 'c.png']
    """
    plain = _COMMENT.sub("", text)
    named = (match for pattern in (_URL, _IMPORT) for match in pattern.finditer(plain))
    return _files(next((part for part in match.groups() if part is not None), "") for match in named)


def in_manifest(text: str) -> list[str]:
    """Return the icons and screenshots that a web app manifest names; none where it is no JSON."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(document, dict):
        return []
    lists = [document.get(name) for name in _ICONS]
    members = [one for found in lists if isinstance(found, list) for one in found if isinstance(one, dict)]
    return _files(one["src"] for one in members if isinstance(one.get("src"), str))


def in_page(text: str) -> list[str]:
    """Return what only some browsers load of a page: sizes and formats of images, posters, sources, preloads.

    >>> in_page('<img src="a.png" srcset="a-2x.png 2x"><video poster=b.png></video><link rel=modulepreload href=c.js>')
    ['a-2x.png', 'b.png', 'c.js']
    """
    if not any(word in text for word in _SELECTIVE) or too_deep(text):
        return []
    parser = LexborHTMLParser(text)
    if parser.css_first("base[href]") is not None:
        return []
    found = [node.attributes for node in parser.css(_NAMING)]
    sizes = [one for node in found for name in ("srcset", "imagesrcset") for one in candidates(node.get(name) or "")]
    return _files([*sizes, *(node.get("poster") or "" for node in found), *_preloads(parser)])


def _preloads(parser: LexborHTMLParser) -> list[str]:
    return [node.attributes.get("href") or "" for node in parser.css("link[rel~=preload],link[rel~=modulepreload]")]


def _files(addresses: Any) -> list[str]:
    return sorted({one.strip() for one in addresses if one.strip() and not one.strip().lower().startswith(_NO_FILE)})
