"""Which removed page is which added one: by redirect, then by canonical, by the form of the address, by the content.

In: both sides. Out: pairs in their table `moves`; each page is in one at most, the surest first. Contents are compared
by a checksum, then by their sketches (MinHash, `checks/facts/sketch.py`): the pairs that are most alike first. A text
that is too short for a sketch is known by its title and first heading, where nobody else has the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks import json_bytes
from checks.compare import sides_sql
from checks.facts.sketch import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.compare.sides import Sides

ALIKE: Final = 0.5
"""Half of the runs of words the same: below, two pages of one template would be paired."""
_LEAST: Final = 24
"""Digests by which pages find one another; texts that are half alike share one of them all but always."""
_COMMON: Final = 20
"""A digest that more pages have is of the template, and tells nothing."""
_CANDIDATES: Final = 8
_OK: Final = 200

_BY_CANONICAL: Final = """
INSERT OR IGNORE INTO moves
SELECT removed.path, added.path, 'canonical', NULL FROM removed JOIN added ON added.path = removed.canonical
ORDER BY removed.path
"""
_BY_ADDRESS: Final = """
INSERT OR IGNORE INTO moves
SELECT removed.path, added.path, 'address', NULL FROM removed JOIN added USING (form) ORDER BY removed.path, added.path
"""
_BY_TEXT: Final = """
INSERT OR IGNORE INTO moves
SELECT min(removed.path), min(added.path), 'content', 1.0 FROM removed JOIN added USING (text)
GROUP BY text HAVING count(*) = 1
"""
_BY_TITLE: Final = """
INSERT OR IGNORE INTO moves
SELECT min(removed.path), min(added.path), 'title', NULL FROM removed JOIN added USING (title, h1)
WHERE removed.title <> '' AND removed.h1 <> '' AND (length(removed.texture) = 0 OR length(added.texture) = 0)
GROUP BY title, h1 HAVING count(*) = 1
"""
_SHARED: Final = f"""
SELECT path, count(*) FROM sketched
WHERE value IN ({",".join("?" * _LEAST)})
GROUP BY path ORDER BY count(*) DESC, path LIMIT {_CANDIDATES}
"""  # noqa: S608 - made of numbers of ours
_TEMPLATE: Final = """
DELETE FROM sketched WHERE value IN (SELECT value FROM sketched GROUP BY value HAVING count(*) > ?)
"""
_BEST: Final = """
INSERT OR IGNORE INTO moves
SELECT old, new, 'content', likeness FROM pairs ORDER BY likeness DESC, same_name DESC, old, new
"""


def pair(sides: Sides) -> None:
    """Fill the table of moves."""
    sides.db.execute("CREATE INDEX pages_by_form ON pages (form)")
    sides.db.execute("CREATE INDEX pages_by_text ON pages (text)")
    sides.db.execute("CREATE INDEX pages_by_title ON pages (title)")
    sides.db.executemany(sides_sql.ADD_MOVE, list(_by_redirect(sides)))
    sides.db.execute(_BY_CANONICAL)
    sides.db.execute(_BY_ADDRESS)
    sides.db.execute(_BY_TEXT)
    _by_content(sides)
    sides.db.execute(_BY_TITLE)


def _by_redirect(sides: Sides) -> Iterator[tuple[str, str, str, None]]:
    """Give what redirects to an added page; the redirect that is first by address wins."""
    added = "SELECT 1 FROM added WHERE path = ?"
    for path, body in sides.db.execute(
        "SELECT path, body FROM answers WHERE path IN (SELECT path FROM removed) ORDER BY path"
    ):
        answer = json_bytes.decode(body)
        target = answer["shows"]
        if (
            answer["hops"]
            and answer["final_status"] == _OK
            and target
            and sides.db.execute(added, (target,)).fetchone()
        ):
            yield path, target, "redirect", None


def _by_content(sides: Sides) -> None:
    db = sides.db
    for (path,) in db.execute("SELECT path FROM added WHERE length(texture) > 0").fetchall():
        page = sides.page(1, path)
        least = sorted(page.texture)[:_LEAST] if page else ()
        db.executemany("INSERT OR IGNORE INTO sketched VALUES (?, ?)", ((value, path) for value in least))
    db.execute(_TEMPLATE, (_COMMON,))
    for path, name in db.execute("SELECT path, name FROM removed WHERE length(texture) > 0").fetchall():
        page = sides.page(0, path)
        if page is None:
            continue
        least = sorted(page.texture)[:_LEAST]
        asked = [*least, *(-1 for _ in range(_LEAST - len(least)))]
        for new, _ in db.execute(_SHARED, asked).fetchall():
            other = sides.page(1, new)
            alike = likeness(page.texture, other.texture) if other else 0.0
            if alike >= ALIKE:
                same_name = new.rstrip("/").rpartition("/")[2].lower().startswith(name) if name else False
                db.execute("INSERT INTO pairs VALUES (?, ?, ?, ?)", (path, new, round(alike, 2), same_name))
    db.execute(_BEST)
