"""Campaign parameters in addresses: what tells analytics where a visitor came from.

In: an address. Out: the names of its campaign parameters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KNOWN = "|".join(re.escape(name).replace(r"\*", r"[^=&]*") for name in reference("campaigns")["parameters"])
_PARAMETER = re.compile(rf"(?:^|[?&;])({_KNOWN})=", re.IGNORECASE)
_SHOWN = 200


def parameters(query: str) -> list[str]:
    """Return the campaign parameters of a query, sorted, each once."""
    return sorted({name.lower() for name in _PARAMETER.findall(query)}) if "=" in query else []


def tagged(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the links within the site (`links.items`) that carry campaign parameters."""
    return [
        {"href": clip(item["href"], _SHOWN), "parameters": found}
        for item in items
        if item["internal"] and "=" in item["url"] and (found := parameters(item["url"].partition("?")[2]))
    ]
