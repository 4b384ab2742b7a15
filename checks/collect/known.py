"""Addresses that only the world knows, asked of the host: which page each leads to, and which would stop answering.

In: the exports that the config names, the preview, its pages. Out: what each page is worth, the group
`known_addresses` of the site document, and sentences for the report. On disk, for an export may have a million rows.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from checks.collect.ledger import EXCLUDED, MEASURED
from checks.errors import UserError
from checks.facts import field, traffic, uptime
from checks.facts.known_addresses import Asked, KnownAddresses
from checks.settings.exports import FIELD, UPTIME
from checks.worth.addresses import Own
from checks.worth.field import FieldStore
from checks.worth.field import read as read_field
from checks.worth.reading import read
from checks.worth.store import Store
from checks.worth.uptime import read as read_uptime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from checks.collect.discover import Discovered
    from checks.collect.index import Index
    from checks.collect.ledger import Ledger
    from checks.collect.preview import Served
    from checks.collect.web.web import Web
    from checks.settings import Settings
    from checks.settings.exports import Export
    from checks.worth.store import Known

KNOWN = "known"
"""What the coverage ledger calls the way by which these addresses were found."""


class File(Protocol):
    """An export, ready to be read."""

    @property
    def export(self) -> Export:
        """What the config says of it."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def name(self) -> str:
        """What errors call it."""


class KnownUrls:
    """The known addresses of one site; made by `opened`."""

    def __init__(
        self, settings: Settings, found: Discovered, store: Store, vitals: FieldStore | None, notes: Sequence[str]
    ) -> None:
        self._settings, self._found, self._store, self._vitals = settings, found, store, vitals
        self._worth = frozenset(one.kind for one in settings.exports.worth)
        self.notes = list(notes)
        self.group: dict[str, Any] = KnownAddresses({}).group()
        self.uptime: dict[str, Any] | None = None

    def ask(self, web: Web | None, ledger: Ledger) -> None:
        """Ask the host for every address, those that are worth most first; a preview that is a URL within `limits`."""
        known, most = KnownAddresses(self._store.by_kind()), self._settings.limits.pages
        if web is not None:
            web.ask_all(one.target for one in islice(self._own(), most))
        for number, one in enumerate(self._own()):
            new = not ledger.found_in(one.target)
            ledger.found(one.target, KNOWN)
            why = self._left_out(one, number >= most and web is not None)
            if why is not None:
                known.total, known.unknown = known.total + 1, known.unknown + 1
                if new:
                    ledger.settle(one.target, EXCLUDED, why)
                continue
            served = self._found.preview.served(self._found.preview.origin + one.target)
            if new:
                self._settle(one.target, served, ledger)
            self._lead(one.target, served)
            known.add(self._asked(one, served))
        self.group = known.group()

    def groups(self, page: str) -> dict[str, Any]:
        """Return what is known of the worth of a page, by its production path; nothing where nobody asked."""
        groups: dict[str, Any] = {}
        if "search" in self._worth:
            groups["traffic"] = traffic.traffic(self._store.figures(page, "search"))
        if "analytics" in self._worth:
            channels = self._store.channels(page, traffic.MOST_CHANNELS)
            groups["visits"] = traffic.visits(self._store.figures(page, "analytics"), channels)
        if self._vitals is not None:
            groups["field"] = field.of_page(self._vitals.of(page))
        return groups

    def field(self, index: Index) -> dict[str, Any] | None:
        """Return the group `field` of the site document; None where nobody gave vitals of real visitors."""
        if self._vitals is None:
            return None
        most = self._vitals.most_visited(field.MOST_PAGES)
        pages = {one.path for one in most if index.digest(one.path) is not None}
        return field.of_site(most, {path: index.document(path).get("vitals") for path in pages})

    def old(self) -> Iterator[Known]:
        """Give the known addresses on origins that the site has moved from."""
        return (one for one in self._store.addresses() if not one.target.startswith("/"))

    def _own(self) -> Iterator[Known]:
        return (one for one in self._store.addresses() if one.target.startswith("/"))

    def _left_out(self, one: Known, beyond: bool) -> str | None:  # noqa: FBT001 - said by its only caller
        exclusion = self._settings.exclusion(one.target)
        if exclusion is not None:
            return f"`{exclusion.page}` until {exclusion.until}: {exclusion.why}"
        return f"`limits.pages` ({self._settings.limits.pages}) leaves it out" if beyond else None

    def _settle(self, target: str, served: Served, ledger: Ledger) -> None:
        if served.is_known:
            ledger.settle(target, MEASURED)
        else:
            ledger.settle(target, EXCLUDED, f"{served.answer.rule if served.answer else ''}: see there")

    def _lead(self, target: str, served: Served) -> None:
        if served.file is None or served.status != HTTPStatus.OK:
            return
        page = self._found.path_of.get(served.file.relative_to(self._found.preview.root).as_posix())
        if page is not None:
            self._store.lead(target, page)

    def _asked(self, one: Known, served: Served) -> Asked:
        preview = self._found.preview
        inside = preview.is_own(served.url)
        return Asked(
            url=preview.origin + one.target,
            known_by=one.known_by,
            clicks=one.clicks,
            conversions=one.conversions,
            status=served.status if served.is_known and inside else None,
            hops=len(served.hops),
            final_url=served.url,
            loop=served.loop,
            leads_away=not inside,
            is_home=inside and preview.path_of(served.url) == preview.base,
            expected=self._settings.expected(one.target.partition("?")[0])["status"],
        )


@contextmanager
def opened(settings: Settings, found: Discovered, files: Sequence[File], scratch: Path) -> Iterator[KnownUrls]:
    """Read the exports. Raises UserError for one that is wrong, or where the site's own address is not known."""
    if files and not found.origin_known:
        raise UserError(
            "no `site` is known, so that nobody can tell which addresses are its own",
            where=files[0].name,
            remedy="Say in the config, or with `--site`, where the site will be live.",
        )
    own = Own(found.preview.origin, found.preview.base, settings.exports.moved_from)
    with ExitStack() as stack:
        store, vitals, up, notes = Store(scratch / "known.sqlite"), None, None, list[str]()
        stack.callback(store.close)
        for file in files:
            if file.export.kind == UPTIME:
                watched, told = read_uptime(file.export, file.path, file.name, own, scratch / "uptime.sqlite")
                up, notes = uptime.of_site(watched), [*notes, *told]
            elif file.export.kind == FIELD:
                vitals = FieldStore(scratch / "field.sqlite")
                stack.callback(vitals.close)
                notes += read_field(file.export, file.path, file.name, own, vitals)
            else:
                notes += read(file.export, file.path, file.name, own, store)
        urls = KnownUrls(settings, found, store, vitals, notes)
        urls.uptime = up
        yield urls
