"""Hashes in a Content Security Policy, and whether something on the page has them.

In: the look at the delivered document, and its policies. Out: the list `security.csp.hashes`. Texts are hashed only
where a policy names a hash (https://www.w3.org/TR/CSP3/#match-element-to-source-list).
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from checks.facts.csp_text import hash_of, policies_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.csp_text import Csp
    from checks.facts.look import Look

_INLINE = "script:not([src]), style"
_HANDLERS = "'unsafe-hashes'"


def hashes(look: Look, headers: tuple[str, ...], metas: tuple[str, ...]) -> list[dict[str, str | bool]]:
    """Return each hash that the policies name: where it stands, and whether it is that of an inline script or style."""
    if not any("'sha" in text.lower() for text in (*headers, *metas)):
        return []
    named = _named(policies_of(list(headers), list(metas)))
    if not named:
        return []
    texts = [(node.text() or "").encode("utf-8", "replace") for node in look.reading.parser.css(_INLINE)]
    algorithms = {algorithm for algorithm, _ in named}
    present = {(algorithm, _digest(algorithm, text)) for algorithm in algorithms for text in texts}
    present |= {known for one in look.reading.all("script", "link") for known in _integrity(one.attrs)}
    return [
        {"hash": f"{algorithm}-{digest}", "source": named[algorithm, digest], "matched": (algorithm, digest) in present}
        for algorithm, digest in sorted(named)
    ]


def _named(by_place: Mapping[str, list[Csp]]) -> dict[tuple[str, str], str]:
    """Return the hashes and where they stand; without those that may be of attributes, which nobody hashes here."""
    found: dict[tuple[str, str], str] = {}
    for place in ("meta", "header"):
        for policy in by_place[place]:
            for sources in policy.directives.values():
                if _HANDLERS not in (source.lower() for source in sources):
                    found.update(dict.fromkeys(filter(None, map(hash_of, sources)), place))
    return found


def _digest(algorithm: str, text: bytes) -> str:
    return base64.b64encode(hashlib.new(algorithm, text).digest()).decode("ascii")


def _integrity(attrs: Mapping[str, str]) -> list[tuple[str, str]]:
    parts = (part.partition("-") for part in attrs.get("integrity", "").split())
    return [(algorithm.lower(), digest) for algorithm, _, digest in parts]
