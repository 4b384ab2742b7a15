"""Which address of the site an export means: an own one, an old one, or one of another host.

In: a cell, the production origin, the origins that the site has moved from. Out: the target that is asked of the host
model. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from checks.facts.urls import normalise_url, parse, without_fragment

FOREIGN: Final = "foreign"
NO_ADDRESS: Final = "no address"


@dataclass(frozen=True, slots=True)
class Own:
    """What is the site's own."""

    origin: str
    base: str = "/"
    moved_from: tuple[str, ...] = ()

    def target(self, cell: str) -> tuple[str, str]:
        """Return what an address is asked as, and ``; or its host and `FOREIGN`; or `NO_ADDRESS`.

        http and https, with and without www., are one site here: what the host makes of them, `landed` asks.
        """
        host = self.origin.partition("://")[2]
        text = cell if cell.startswith("/") and not cell.startswith("//") else ""
        if not text and "://" not in cell[:10]:
            # Analytics writes host and path; anything else without a scheme is no address.
            text = f"//{cell}" if _bare(cell.partition("/")[0].lower()) == _bare(host) else ""
            if not text:
                return cell, NO_ADDRESS
        address = parse(text or cell, self.origin + "/")
        if address is None or not address.is_web:
            return cell, NO_ADDRESS
        url = without_fragment(normalise_url(address.url))
        path = f"/{url.split('/', 3)[3]}"
        for one in self.moved_from:
            if address.netloc == one.partition("://")[2]:
                return f"{one}{path}", ""
        if _bare(address.netloc) != _bare(host):
            return address.netloc, FOREIGN
        if path.partition("?")[0] == self.base.removesuffix("/"):
            path = path.replace(self.base.removesuffix("/"), self.base, 1)
        return (path, "") if path.startswith(self.base) else (f"{address.netloc} outside {self.base}", FOREIGN)


def _bare(host: str) -> str:
    return host.removeprefix("www.")
