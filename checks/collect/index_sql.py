"""The tables of `Index` and the questions asked of them, as SQL.

In: nothing. Out: statements. Paths are kept once and known by number; a link is two numbers, so half a million of them
take about 10 MB of disk. `edges` and `depths` are derived from what was added, when the first question about the link
graph is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.facts.site_index import SharedField

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -2000;  -- KiB: full after some 500 pages, so that memory is the same for a site of any size
CREATE TABLE paths (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE documents (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE anchors (id INTEGER PRIMARY KEY, names BLOB NOT NULL);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, url TEXT NOT NULL, status INTEGER, indexable INTEGER,
    canonical_self INTEGER, canonical_inside INTEGER, noindex INTEGER, title TEXT, description TEXT, h1 TEXT,
    text_digest TEXT, words INTEGER, types TEXT, sd_errors INTEGER, rendered INTEGER, hreflang TEXT, links_out INTEGER,
    cluster TEXT, sketch BLOB, skeleton BLOB
);
CREATE INDEX pages_by_url ON pages (url);
CREATE INDEX pages_by_title ON pages (title);
CREATE INDEX pages_by_description ON pages (description);
CREATE INDEX pages_by_h1 ON pages (h1);
CREATE INDEX pages_by_text ON pages (text_digest);
CREATE TABLE sketched (value INTEGER, path TEXT, PRIMARY KEY (value, path)) WITHOUT ROWID;
CREATE INDEX sketched_by_path ON sketched (path);
CREATE TABLE templates (path TEXT PRIMARY KEY, template TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE links (source INTEGER, target INTEGER, followed INTEGER, PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE TABLE aliases (id INTEGER PRIMARY KEY, page INTEGER NOT NULL);
CREATE TABLE listed (url TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE hreflang (
    url TEXT, lang TEXT, target TEXT, method TEXT, PRIMARY KEY (url, lang, target, method)
) WITHOUT ROWID;
CREATE INDEX hreflang_by_target ON hreflang (target, url);
CREATE TABLE edges (source INTEGER, target INTEGER, PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE INDEX edges_by_target ON edges (target);
CREATE TABLE depths (id INTEGER PRIMARY KEY, depth INTEGER NOT NULL);
CREATE INDEX depths_by_depth ON depths (depth);
"""

KEEP_PAGE = "REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

ADD_LINK = """
INSERT INTO links (source, target, followed) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET followed = max(followed, excluded.followed)
"""

LINKS_OF = """
SELECT targets.path, links.followed FROM links JOIN paths AS targets ON targets.id = links.target
JOIN paths AS sources ON sources.id = links.source WHERE sources.path = ? ORDER BY targets.path
"""

ADD_LISTED = "INSERT INTO listed VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1"

PAGE = """
SELECT path, url, status, indexable, canonical_self, canonical_inside, noindex, title, description, h1, text_digest,
       words, types, sd_errors, rendered, hreflang, links_out, sketch, skeleton FROM pages
"""

SKELETONS = "SELECT path, skeleton FROM pages ORDER BY path"

LARGEST_TEMPLATES = "SELECT template FROM templates GROUP BY template ORDER BY count(*) DESC, template LIMIT ?"

PATHS = "SELECT path FROM pages ORDER BY path"

KEEP_DOCUMENT = "REPLACE INTO documents VALUES (?, ?)"
DOCUMENTS = "SELECT body FROM pages JOIN documents USING (id) ORDER BY path"

PACKED = """
SELECT path, coalesce(template, path), body
FROM pages JOIN documents USING (id) LEFT JOIN templates USING (path) ORDER BY path
"""
TOLD_TO_OTHERS = (
    "SELECT path, url, indexable, canonical_self FROM pages ORDER BY path",
    "SELECT path, names FROM pages JOIN anchors USING (id) ORDER BY path",
    "SELECT url FROM listed ORDER BY url",
)

DOCUMENT = "SELECT body FROM paths JOIN documents USING (id) WHERE path = ?"

ANCHORS = "SELECT names FROM paths JOIN anchors USING (id) WHERE path = ?"

COUNTS = """
SELECT count(*), sum(indexable), sum(indexable AND types <> '[]'), sum(indexable AND types <> '[]' AND sd_errors = 0),
       sum(indexable AND coalesce(description, '') <> ''), sum(noindex)
FROM pages
"""

# A link leads to the page at its path; else to the page that its path is an alias of; else, where the path has a query,
# to the page without it, because a static host ignores queries.
RESOLVE = (
    "DELETE FROM edges",
    "DELETE FROM depths",
    """
    INSERT OR IGNORE INTO edges
    SELECT links.source, coalesce(exact.id, behind.id, bare.id) AS reached
    FROM links
    JOIN paths ON paths.id = links.target
    LEFT JOIN pages AS exact ON exact.id = links.target
    LEFT JOIN aliases ON aliases.id = links.target
    LEFT JOIN pages AS behind ON behind.id = aliases.page
    LEFT JOIN pages AS bare ON exact.id IS NULL AND behind.id IS NULL AND instr(paths.path, '?') > 0
        AND bare.path = substr(paths.path, 1, instr(paths.path, '?') - 1)
    WHERE links.followed AND reached IS NOT NULL AND reached <> links.source
    """,
    """
    INSERT OR IGNORE INTO depths
    SELECT coalesce(pages.id, behind.id), 0
    FROM paths
    LEFT JOIN pages ON pages.id = paths.id
    LEFT JOIN aliases ON aliases.id = paths.id
    LEFT JOIN pages AS behind ON behind.id = aliases.page
    WHERE paths.path = :home AND coalesce(pages.id, behind.id) IS NOT NULL
    """,
)

NEXT_LEVEL = """
INSERT OR IGNORE INTO depths
SELECT DISTINCT edges.target, :depth + 1 FROM depths JOIN edges ON edges.source = depths.id WHERE depths.depth = :depth
"""

_NEVER_LINKED = """
WHERE indexable AND NOT EXISTS (SELECT 1 FROM edges WHERE edges.target = pages.id)
    AND id NOT IN (SELECT id FROM depths WHERE depth = 0) AND path <> :home
ORDER BY url
"""

ORPHANS = PAGE + _NEVER_LINKED

DEEP = "SELECT url, depth FROM depths JOIN pages USING (id) WHERE indexable AND depth > ? ORDER BY url"

WITHIN = "SELECT count(*) FROM depths JOIN pages USING (id) WHERE indexable AND depth <= ?"

FEW_INLINKS = """
SELECT pages.url, min(sources.url)
FROM edges JOIN pages ON pages.id = edges.target JOIN pages AS sources ON sources.id = edges.source
WHERE pages.indexable AND pages.id NOT IN (SELECT id FROM depths WHERE depth = 0)
GROUP BY pages.id HAVING count(*) = 1 ORDER BY pages.url
"""

LED_ELSEWHERE = """
SELECT pages.path, pages.url, pages.noindex, count(*), min(sources.url)
FROM edges JOIN pages ON pages.id = edges.target JOIN pages AS sources ON sources.id = edges.source
WHERE pages.noindex OR pages.canonical_inside
GROUP BY pages.id ORDER BY pages.url
"""

DEAD_ENDS = """
SELECT url FROM pages
WHERE indexable AND NOT EXISTS (SELECT 1 FROM links WHERE source = pages.id AND target <> pages.id)
ORDER BY url
"""

ENDLESS = """
SELECT targets.path, min(sources.path)
FROM links JOIN paths AS targets ON targets.id = links.target JOIN paths AS sources ON sources.id = links.source
WHERE links.followed AND (instr(targets.path, '?') > 0 OR targets.path GLOB '*/20[0-9][0-9]/[01][0-9]*')
GROUP BY links.target ORDER BY targets.path
"""

# The word FIELD stands for the name of a column.
_SHARED = """
SELECT FIELD, count(*) FROM pages
WHERE indexable AND canonical_self AND coalesce(FIELD, '') <> ''
GROUP BY FIELD HAVING count(DISTINCT coalesce(cluster, path)) > 1
ORDER BY FIELD
"""
_SHARERS = "SELECT url FROM pages WHERE indexable AND canonical_self AND FIELD = ? ORDER BY url LIMIT ?"
_FIELDS: tuple[SharedField, ...] = ("title", "description", "h1", "text_digest")

SHARED = {field: _SHARED.replace("FIELD", field) for field in _FIELDS}

SHARERS = {field: _SHARERS.replace("FIELD", field) for field in _FIELDS}

UNLISTED = """
SELECT url FROM pages WHERE indexable AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.url = pages.url) ORDER BY url
"""

UNRETURNED = """
SELECT there.url, min(there.lang), there.target
FROM hreflang AS there JOIN pages ON pages.url = there.target
WHERE there.url <> there.target
    AND NOT EXISTS (SELECT 1 FROM hreflang AS back WHERE back.url = there.target AND back.target = there.url)
GROUP BY there.url, there.target ORDER BY there.url, there.target
"""

ANNOTATIONS = """
SELECT url, min(lang), target FROM hreflang WHERE url <> target GROUP BY url, target ORDER BY url, target
"""

LANGUAGES = """
SELECT pages.path, pages.url, group_concat(DISTINCT lower(named.lang))
FROM pages LEFT JOIN hreflang AS named
    ON named.url = pages.url AND EXISTS (SELECT 1 FROM pages AS there WHERE there.url = named.target)
WHERE pages.indexable AND pages.canonical_self
GROUP BY pages.id ORDER BY pages.url
"""

SEVERAL_ADDRESSES = """
SELECT url, lower(lang) AS tag FROM hreflang GROUP BY url, tag HAVING count(DISTINCT target) > 1 ORDER BY url, tag
"""

ADDRESSES_OF = "SELECT DISTINCT target FROM hreflang WHERE url = ? AND lower(lang) = ? ORDER BY target LIMIT ?"

TOLD_DIFFERENTLY = """
SELECT DISTINCT url FROM hreflang AS one
WHERE EXISTS (SELECT 1 FROM hreflang AS other WHERE other.url = one.url AND other.method <> one.method)
    AND NOT EXISTS (
        SELECT 1 FROM hreflang AS same WHERE same.url = one.url AND same.target = one.target
            AND lower(same.lang) = lower(one.lang) AND same.method <> one.method
    )
ORDER BY url
"""

# Regions may share an address (`en-GB` and `en-US`); languages may not. `x-default` says nothing of the language.
SEVERAL_LANGUAGES = """
SELECT target, group_concat(DISTINCT substr(lower(lang) || '-', 1, instr(lower(lang) || '-', '-') - 1)) AS languages
FROM hreflang WHERE lower(lang) <> 'x-default'
GROUP BY target HAVING instr(languages, ',') > 0 ORDER BY target
"""

NAMED_BY = "SELECT DISTINCT url FROM hreflang WHERE target = ? AND lower(lang) <> 'x-default' ORDER BY url LIMIT ?"
