"""The tables of `Sides` and the questions asked of them, as SQL.

In: nothing. Out: statements. Side 0 is the baseline, side 1 the preview. A page is `kept` where both sides have it, at
one address or at two that `moves` pairs.
"""

from __future__ import annotations

from typing import Final

TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -8000;  -- KiB: the same for a site of any size
CREATE TABLE ledger (side INTEGER, path TEXT, state TEXT, form TEXT, PRIMARY KEY (side, path)) WITHOUT ROWID;
CREATE INDEX ledger_by_form ON ledger (side, form);
CREATE TABLE pages (
    side INTEGER, path TEXT, facts BLOB, page_type TEXT, texture BLOB, form TEXT, title TEXT, description TEXT, h1 TEXT,
    indexable INTEGER, allowed INTEGER, canonical TEXT, name TEXT, text INTEGER, PRIMARY KEY (side, path)
);
CREATE TABLE inlinks (side INTEGER, path TEXT, pages INTEGER, PRIMARY KEY (side, path)) WITHOUT ROWID;
CREATE TABLE answers (path TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
CREATE TABLE files (
    side INTEGER, path TEXT, kind TEXT, hashed INTEGER, bytes INTEGER, digest TEXT, entries TEXT,
    PRIMARY KEY (side, path)
) WITHOUT ROWID;
CREATE TABLE moves (old TEXT PRIMARY KEY, new TEXT UNIQUE, by TEXT, likeness REAL) WITHOUT ROWID;
CREATE TABLE sketched (value INTEGER, path TEXT, PRIMARY KEY (value, path)) WITHOUT ROWID;
CREATE TABLE pairs (old TEXT, new TEXT, likeness REAL, same_name INTEGER);
CREATE VIEW removed AS
    SELECT * FROM pages AS page WHERE side = 0
        AND NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.side = 1 AND ledger.path = page.path)
        AND NOT EXISTS (SELECT 1 FROM moves WHERE old = page.path);
CREATE VIEW added AS
    SELECT * FROM pages AS page WHERE side = 1
        AND NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.side = 0 AND ledger.path = page.path)
        AND NOT EXISTS (SELECT 1 FROM moves WHERE new = page.path);
CREATE VIEW kept AS
    SELECT path AS old, path AS new FROM pages AS one WHERE side = 0
        AND EXISTS (SELECT 1 FROM pages AS other WHERE other.side = 1 AND other.path = one.path)
    UNION ALL SELECT old, new FROM moves;
"""

ADD_LEDGER: Final = """
INSERT INTO ledger VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET state = CASE state WHEN excluded.state THEN state ELSE 'failed' END
"""
"""A ledger that says two things of a page says nothing of it; the last one must not take it out of the comparison."""
ADD_PAGE: Final = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ADD_LINKS: Final = "INSERT INTO inlinks VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET pages = pages + excluded.pages"
ADD_ANSWER: Final = "INSERT OR REPLACE INTO answers VALUES (?, ?)"
ADD_MOVE: Final = "INSERT OR IGNORE INTO moves VALUES (?, ?, ?, ?)"

NO_PAGE: Final = "DELETE FROM ledger WHERE side = ? AND path = ?"

ELSEWHERE: Final = "SELECT 1 FROM ledger WHERE side = ? AND path = ?"
PATHS: Final = "SELECT path FROM ledger ORDER BY path"
EVERY_PATH: Final = "SELECT DISTINCT path FROM ledger ORDER BY path"
OF_FORM: Final = "SELECT min(path) FROM ledger WHERE side = ? AND form = ? GROUP BY form HAVING count(*) = 1"
STATES: Final = "SELECT side, state FROM ledger WHERE path = ? ORDER BY side"
PAGE: Final = "SELECT facts, page_type, texture, title, h1 FROM pages WHERE side = ? AND path = ?"
INLINKS: Final = "SELECT pages FROM inlinks WHERE side = ? AND path = ?"
ANSWER: Final = "SELECT body FROM answers WHERE path = ?"
MOVED_TO: Final = "SELECT new, by, likeness FROM moves WHERE old = ?"
MOVED_FROM: Final = "SELECT old, by, likeness FROM moves WHERE new = ?"
COUNT_STATE: Final = "SELECT count(*) FROM ledger WHERE side = ? AND state = ?"

MERGED: Final = """
SELECT after.{field}, count(*), count(DISTINCT nullif(before.{field}, '')) AS former, min(after.path) FROM kept
JOIN pages AS before ON before.side = 0 AND before.path = kept.old
JOIN pages AS after ON after.side = 1 AND after.path = kept.new
WHERE after.{field} <> '' AND coalesce(before.{field}, '') <> after.{field}
GROUP BY after.{field} HAVING former > 1 ORDER BY former DESC, after.{field} LIMIT 100
"""
"""Texts that several pages share now, and that differed before; `field` is a name of a column of ours.

A text that all of them shared before, too, such as the site's name with the number of a version, told nothing apart.
"""

CHANGED_TITLES: Final = """
SELECT count(*), coalesce(sum(coalesce(before.title, '') <> coalesce(after.title, '')
    OR coalesce(before.h1, '') <> coalesce(after.h1, '')), 0) FROM kept
JOIN pages AS before ON before.side = 0 AND before.path = kept.old
JOIN pages AS after ON after.side = 1 AND after.path = kept.new
"""

NEWLY_BLOCKED: Final = """
SELECT after.path FROM kept
JOIN pages AS before ON before.side = 0 AND before.path = kept.old
JOIN pages AS after ON after.side = 1 AND after.path = kept.new
WHERE before.indexable AND before.allowed AND NOT after.allowed ORDER BY after.path
"""

# Without a redirect: what leads there in one way or another is no fault.
FORM_MOVES: Final = "SELECT old, new FROM moves WHERE by = 'address' ORDER BY old"

ADD_FILE: Final = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)"
INDEX_FILES: Final = "CREATE INDEX IF NOT EXISTS by_digest ON files (side, digest, path)"

FORMER_FILES: Final = """
SELECT path, kind, hashed, bytes,
    (SELECT min(path) FROM files AS now WHERE now.side = 1 AND now.digest = was.digest)
FROM files AS was WHERE side = 0 ORDER BY path
"""
"""Files of the baseline, and where the preview has the same bytes."""
FEEDS: Final = """
SELECT was.path, was.entries, now.entries FROM files AS was
JOIN files AS now ON now.side = 1 AND now.path = was.path
WHERE was.side = 0 AND was.kind = 'feed' AND now.kind = 'feed' AND was.digest <> now.digest ORDER BY was.path
"""
