"""Pages of an index whose texts are almost the same.

In: the table `sketched`, which holds the least digests of each page's sketch. Out: groups of pages. Each page is
compared with the first pages that share one of these digests, so that the work grows with the pages, not with pairs.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from checks.collect.index_rows import unpacked
from checks.facts.site_index import Near
from checks.facts.sketch import likeness

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

LEAST = 4
"""Digests by which pages find one another; texts that are nine tenths alike share one of them all but always."""
_ALIKE = 0.9
_SHOWN = 20

_CANDIDATES = """
SELECT page.path, page.url, page.sketch, first.url, first.sketch
FROM sketched
JOIN (SELECT value, min(path) AS path FROM sketched GROUP BY value HAVING count(*) > 1) AS shared USING (value)
JOIN pages AS page ON page.path = sketched.path
JOIN pages AS first ON first.path = shared.path
WHERE page.path <> first.path
    AND page.text_digest <> first.text_digest
    AND coalesce(page.cluster, page.path) <> coalesce(first.cluster, first.path)
GROUP BY page.path, first.path ORDER BY page.path, first.path
"""

_ELIGIBLE = """
DELETE FROM sketched
WHERE NOT EXISTS (SELECT 1 FROM pages WHERE pages.path = sketched.path AND indexable AND canonical_self)
"""


def near(db: sqlite3.Connection) -> Iterator[Near]:
    """Give each group of indexable pages that are canonical to themselves: the first page, and those almost like it."""
    db.execute(_ELIGIBLE)
    db.execute("CREATE TEMP TABLE IF NOT EXISTS alike (first TEXT, url TEXT, likeness REAL)")
    db.execute("DELETE FROM alike")
    for _, rows in groupby(db.execute(_CANDIDATES), key=lambda row: row[0]):
        compared = [(likeness(unpacked(one), unpacked(other)), first, url) for _, url, one, first, other in rows]
        most, first, url = max(compared)
        if most >= _ALIKE:
            db.execute("INSERT INTO alike VALUES (?, ?, ?)", (first, url, most))
    groups = db.execute("SELECT first, count(*), min(likeness) FROM alike GROUP BY first ORDER BY first").fetchall()
    for first, count, least in groups:
        urls = db.execute("SELECT url FROM alike WHERE first = ? ORDER BY url LIMIT ?", (first, _SHOWN - 1))
        yield Near(first, (first, *(url for (url,) in urls)), count + 1, round(least, 2))
