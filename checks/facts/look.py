"""One look at a page: a document that was read, the address it stands at, and what is the site's own.

In: a reading, the visit's address and headers, the settings. Out: a `Look`, which every extractor takes; the delivered
and the rendered document are one look each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.facts.host_class import classify
from checks.facts.urls import Resolver, normalise_url, parse, registrable_domain, within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.facts.page_settings import PageSettings
    from checks.facts.reading import Reading
    from checks.facts.urls import Address

Classified = tuple[str, str]


class Site:
    """The settings in the form in which hosts are compared; one for all looks of a visit."""

    def __init__(self, settings: PageSettings) -> None:
        self.settings = settings
        origin = parse(settings.production_origin)
        self.origin = settings.production_origin.rstrip("/")
        self.base_path = settings.base_path
        self.home = self.origin + settings.base_path
        self.host = origin.netloc if origin else ""
        self.secure = origin is None or origin.scheme == "https"
        own = {registrable_domain(origin.host)} if origin else set()
        self.first_party = frozenset(own | settings.first_party_domains)
        self.third_parties = frozenset(settings.allow_third_parties)
        self.canonical_hosts = frozenset(settings.allow_canonical_hosts)
        self.form_hosts = frozenset(settings.allow_form_hosts)
        self.allowed = self.third_parties | self.canonical_hosts | self.form_hosts

    def is_internal(self, address: Address) -> bool:
        """Whether the address leads to the site: its host, by https or http, and the path that it lies under."""
        if not address.is_web or address.netloc != self.host:
            return False
        return self.base_path == "/" or f"{address.path}/".startswith(self.base_path)

    def at_origin(self, address: Address) -> str:
        """Return an internal address on the production origin, without its fragment: http leads there as well."""
        return f"{self.origin}{address.path}{'?' + address.query if address.query else ''}"

    def is_first_party(self, address: Address) -> bool:
        """Whether the address belongs to one of the site's own domains."""
        return self.is_internal(address) or within(address.host, self.first_party)

    def classify(self, address: Address) -> Classified:
        """Return class and certainty of the address's host; an address on this machine's disk is loopback."""
        if address.scheme == "file":
            return "loopback", "certain"
        return classify(
            address.host,
            address.port,
            production_host=self.host,
            first_party=self.first_party,
            allowed=self.allowed,
        )

    def host_class(self, address: Address | None) -> str | None:
        """Return the class of the address's host; None for addresses without a host."""
        if address is None or not (address.host or address.scheme == "file"):
            return None
        return self.classify(address)[0]

    def class_among(self, address: Address | None, allowed: frozenset[str]) -> str | None:
        """Return the class where only the production host itself and `allowed` are in order, not the whole domain."""
        if address is None or not address.host:
            return self.host_class(address)
        name, _ = classify(
            address.host,
            address.port,
            production_host=self.host,
            first_party=frozenset(),
            allowed=allowed,
        )
        return name


@dataclass(frozen=True, slots=True)
class Look:
    """A document at its address."""

    reading: Reading
    resolver: Resolver
    url: str
    """The page's own address, normalised."""
    headers: tuple[tuple[str, str], ...]
    site: Site

    def resolve(self, href: str | None) -> Address | None:
        """Return where an address on this page leads; None when it is missing or cannot be parsed."""
        return None if href is None else self.resolver.resolve(href)

    def header_values(self, name: str) -> Iterable[str]:
        """Return the values of a header, as often as it was sent."""
        return [value for key, value in self.headers if key.lower() == name]

    def is_self(self, url: str) -> bool:
        """Whether an absolute address is this page's own."""
        return normalise_url(url) == self.url


def look_at(reading: Reading, url: str, document_url: str, headers: tuple[tuple[str, str], ...], site: Site) -> Look:
    """Make a look; `document_url` is where the document came from, which `base` may change for its links."""
    base = next((one.get("href") for one in reading.all("base") if "href" in one.attrs), None)
    address = parse(base, document_url) if base else None
    return Look(reading, Resolver(address.url if address else document_url), normalise_url(url), headers, site)
