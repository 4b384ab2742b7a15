"""Which columns each kind of export has, by the names that the tools give them.

Tables only. Search Console names its columns in the language of whoever exports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAGE, CHANNEL, STATUS = "page", "channel", "status"
MONITOR, DAY, BEGAN, EVENT = "monitor", "day", "began", "event"
COUNT: Final = "count"
"""Of a log its requests, of backlinks the links, of a campaign its clicks: how often somebody comes that way."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of export."""

    name: str
    title: str
    """As messages call it."""
    names: dict[str, tuple[str, ...]]
    """Column -> what its head may say, in small letters."""
    needed: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    """Columns of which one group must be there, the most telling first."""
    fractions: tuple[str, ...] = ()
    """Columns of numbers that need not be whole."""
    once: bool = False
    """Whether the tool gives each address once (with each channel), so that a second row is a mistake."""
    own_visits: bool = False
    """Whether its addresses are those that the site's own visitors had: their queries may hold what is personal."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that hold numbers."""
        return tuple(one for one in self.names if one not in {PAGE, CHANNEL})


_PAGES: Final = ("page", "pages", "url", "address", "urls", "path", "page path", "page url", "seite", "adresse")

SEARCH: Final = Kind(
    "search",
    "Search Console's export of pages",
    {
        PAGE: (
            *("top pages", "die häufigsten seiten", "häufigste seiten", "pages les plus populaires"),
            *("principales pages", "páginas principales", "principais páginas", "pagine principali", "toppagina's"),
            *_PAGES,
        ),
        "clicks": ("clicks", "klicks", "clics", "cliques", "clic", "klikken", "url clicks"),
        "impressions": ("impressions", "impressionen", "impresiones", "impressões", "impressioni", "vertoningen"),
        "position": ("position", "posición", "posição", "posizione", "positie", "average position"),
    },
    needed=(PAGE, "clicks"),
    fractions=("position",),
    once=True,
)
ANALYTICS: Final = Kind(
    "analytics",
    "the export of landing pages",
    {
        PAGE: (
            *("landing page", "landing page + query string", "landing page and query string", "page location"),
            *("landingpage", "entry page", "page path + query string", "page path and screen class", "full page url"),
            *("page de destination", "página de destino", "zielseite", *_PAGES),
        ),
        CHANNEL: (
            *("channel", "session default channel group", "default channel group", "session primary channel group"),
            *("default channel grouping", "source", "session source / medium", "session source/medium", "kanal"),
        ),
        "sessions": ("sessions", "visits", "sitzungen", "sesiones", "sessioni", "entrances", "besuche"),
        "conversions": (
            *("conversions", "key events", "goal completions", "goals", "transactions", "conversiones"),
            *("schlüsselereignisse", "événements clés", "eventos clave", "konversionen"),
        ),
    },
    needed=(PAGE, "sessions", "conversions"),
    fractions=("conversions",),
    once=True,
    own_visits=True,
)
LOG: Final = Kind(
    "log",
    "the export of a server's log",
    {
        PAGE: ("request", "uri", "request uri", "request path", "cs-uri-stem", *_PAGES),
        STATUS: ("status", "status code", "http status", "sc-status", "code", "response"),
        COUNT: ("hits", "requests", "count", "visits"),
    },
    needed=(PAGE, STATUS),
    own_visits=True,
)
BACKLINKS: Final = Kind(
    "backlinks",
    "the export of backlinks",
    {
        PAGE: ("target url", "target page", "target", "linked page", "top linked pages", "link url", *_PAGES),
        COUNT: (
            *("backlinks", "incoming links", "external links", "links", "referring domains", "linking sites"),
            *("ref. domains", "inbound links"),
        ),
    },
    needed=(PAGE,),
)
CAMPAIGNS: Final = Kind(
    "campaigns",
    "the list of campaign addresses",
    {
        PAGE: ("final url", "landing page", "destination url", "link", "website url", *_PAGES),
        COUNT: ("clicks", "visits", "sessions", "count"),
    },
    needed=(PAGE,),
    own_visits=True,
)
FIELD: Final = Kind(
    "field",
    "an export of vitals of real visitors (CrUX or RUM)",
    {
        PAGE: _PAGES,
        CHANNEL: ("device", "form factor", "formfactor", "device type"),
        "lcp": ("p75 lcp", "lcp p75", "lcp", "lcp ms", "lcp (ms)", "p75 lcp ms", "largest contentful paint"),
        "inp": ("p75 inp", "inp p75", "inp", "inp ms", "inp (ms)", "p75 inp ms", "interaction to next paint"),
        "cls": ("p75 cls", "cls p75", "cls", "cumulative layout shift"),
        "samples": ("samples", "visits", "page views", "pageviews", "count", "sample size"),
    },
    needed=(PAGE, "lcp"),
    fractions=("lcp", "inp", "cls"),
)
_SECONDS: Final = ("(s)", "(sec)", "(secs)", "(seconds)", "(in seconds)", "in seconds", "seconds")
_MINUTES: Final = ("(min)", "(mins)", "(in mins.)", "(minutes)", "(in minutes)", "in minutes", "minutes")


def _with(units: tuple[str, ...], *names: str) -> tuple[str, ...]:
    return tuple(f"{name} {unit}" for name in names for unit in units)


UPTIME: Final = Kind(
    "uptime",
    "an export of an uptime monitor",
    {
        PAGE: ("monitor url", "website url", "check url", "hostname", "host", *_PAGES),
        MONITOR: (
            *("monitor", "monitor name", "friendly name", "check", "check name", "test", "test name", "resource"),
            *("service", "name"),
        ),
        DAY: ("date", "day", "datum", "jour", "time period", "period"),
        BEGAN: ("date-time", "started", "started at", "start", "begin", "created at"),
        EVENT: ("event", "status", "state"),
        "uptime": (
            *("uptime %", "uptime (%)", "uptime percentage", "uptime percent", "uptime ratio", "uptime"),
            *("availability %", "availability (%)", "availability", "verfügbarkeit (%)", "verfügbarkeit"),
            *("disponibilité", "disponibilidad", "disponibilidade", "disponibilità", "beschikbaarheid"),
        ),
        "downtime": ("downtime", "down time", "ausfallzeit"),
        "downtime_s": ("total downtime", "downtime duration", *_with(_SECONDS, "downtime", "down time")),
        "downtime_min": _with(_MINUTES, "downtime", "down time"),
        "duration": ("duration", "dauer", "durée"),
        "duration_s": _with(_SECONDS, "duration"),
        "duration_min": _with(_MINUTES, "duration"),
        "duration_ms": ("duration (ms)", "duration ms"),
        "longest": ("longest outage", "longest incident", "longest downtime"),
        "longest_s": ("longest incident duration", *_with(_SECONDS, "longest outage", "longest incident")),
        "longest_min": _with(_MINUTES, "longest outage", "longest incident"),
    },
    needed=(),
    one_of=(
        *(("uptime",), ("downtime_s",), ("downtime_min",), ("downtime",)),
        *((EVENT, "duration_s"), (EVENT, "duration_min"), (EVENT, "duration_ms"), (EVENT, "duration")),
    ),
)
UNITS: Final[dict[str, tuple[tuple[str, float | None], ...]]] = {
    "downtime": (("downtime_s", 1.0), ("downtime_min", 60.0), ("downtime", None)),
    "duration": (("duration_s", 1.0), ("duration_min", 60.0), ("duration_ms", 0.001), ("duration", None)),
    "longest": (("longest_s", 1.0), ("longest_min", 60.0), ("longest", None)),
}
"""What takes time -> its columns, the most telling first, with the seconds that a bare number counts there.

None: a bare number can be anything.
"""
STATES: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("up", "online", "ok", "available"), True),
    **dict.fromkeys(("down", "offline", "unavailable", "failed", "failing"), False),
    **dict.fromkeys(("paused", "started", "unknown", "unmonitored", "maintenance", "pending", "not checked yet"), None),
}
"""What a log of a monitor says of a time -> whether the site was up; None: nobody looked."""
KIND_BY_NAME: Final[dict[str, Kind]] = {one.name: one for one in (SEARCH, ANALYTICS, LOG, BACKLINKS, CAMPAIGNS)}
"""What the config calls an export -> what is read of it."""
TOTALS: Final = frozenset(
    {
        *("", "total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "insgesamt", "total général"),
        *("total general", "totale", "totaal", "totalsumme", "subtotal", "all", "all pages"),
    }
)
"""What stands in place of an address in a row of totals."""
NO_PAGE: Final = frozenset({"(not set)", "(other)", "(none)", "(not provided)", "(andere)", "(nicht festgelegt)"})
"""What analytics writes where it knows no address."""
