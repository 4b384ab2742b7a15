"""A made-up run, document by document: one bakery, four causes that block, hostile titles, a page that hung."""

from __future__ import annotations

import hashlib
from typing import Any

from checks.report.result import Result

Finding = dict[str, Any]
PICTURE = b"\x89PNG\r\n\x1a\n and so on"

LINK = {
    "policy": "links/internal-broken",
    "title": "Every link within the site leads somewhere",
    "severity": "error",
    "owner": "engineering",
    "fix": "Correct the address, or add a redirect for the page that moved.",
    "reference": ["https://developers.google.com/search/docs/crawling-indexing/links-crawlable"],
}
TITLE = {
    "policy": "seo/title-length",
    "title": "A title fits into a search result",
    "severity": "warning",
    "owner": "marketing",
    "fix": "Write 15 to 65 characters that name the page's subject first.",
    "reference": ["https://developers.google.com/search/docs/appearance/title-link", "javascript:alert(1)"],
}
ROBOTS = {
    "policy": "crawl/robots-disallow-all",
    "title": "Search engines may read the site",
    "severity": "error",
    "owner": "marketing",
    "fix": "Take `Disallow: /*` out of robots.txt.",
    "reference": [],
}
SECRET = {
    "policy": "leak/staging-references",
    "title": "Nothing points to a staging system",
    "severity": "error",
    "owner": "engineering",
    "fix": "Build with the production address.",
    "reference": [],
}
GAP = {
    "policy": "coverage",
    "title": "Every page is measured",
    "severity": "error",
    "owner": "engineering",
    "fix": "See why the page does not come to rest.",
    "reference": [],
}


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8", "replace")).hexdigest()


def make_finding(policy: dict[str, Any], page: str | None, what: str, message: str, **more: Any) -> Finding:
    """Return a line of findings.jsonl."""
    state = more.get("state", "new")
    found = {
        **policy,
        "reads": "page" if page else "site",
        "what": what,
        "message": message,
        "fingerprint": "v1:" + _digest(policy["policy"], page or "", what)[:32],
        "cause": "c1:" + _digest(policy["policy"], what)[:16],
        "state": state,
        "blocking": policy["severity"] == "error" and state == "new",
        "launch_blocker": False,
        "pointer": "/title/length",
        "proposed": False,
        **more,
    }
    return {**found, "page": page} if page else found


def made_findings() -> list[Finding]:
    broken = 'The link "Opening times" leads to /opening-times, which answers 404.'
    long = "The title has 84 characters: <b>Bread | @baker</b> ##[add-mask]r ::set-output"
    return [
        make_finding(LINK, "/", "/opening-times", broken, value=404),
        make_finding(LINK, "/about/", "/opening-times", broken, value=404),
        make_finding(TITLE, "/about/", "title", long, value=84, limit=65),
        make_finding(SECRET, "/about/", "link:staging.example", "A link leads to staging.example.", state="signed-off"),
        make_finding(LINK, "/shop/", "/opening-times", broken, value=404),
        make_finding(LINK, "/shop/rye/", "/opening-times", broken, value=404),
        make_finding(TITLE, "/shop/rye/", "title", long, value=84, limit=65, state="existing"),
        make_finding(
            GAP,
            "/hang/",
            "/hang/",
            "The page was not measured: it never came to rest.",
            reads="coverage",
            blocking=False,
        ),
        make_finding(ROBOTS, None, "*", "robots.txt forbids the whole site for *.", value=False),
    ]


def made_coverage() -> list[dict[str, Any]]:
    pages = ["/", "/about/", "/shop/", "/shop/rye/"]
    return [
        *({"path": path, "state": "measured", "why": "", "found_in": ["build"], "kind": "page"} for path in pages),
        {
            "path": "/hang/",
            "state": "failed",
            "why": "never came to rest",
            "found_in": ["link"],
            "kind": "page",
            "owner": "engineering",
        },
        {"path": "/print/", "state": "excluded", "why": "for the printer only", "found_in": ["build"], "kind": "page"},
    ]


def made_page(path: str, **more: Any) -> dict[str, Any]:
    """Return a page document, as far as reports read it."""
    url = f"https://www.bakery.example{path}"
    link = {"url": "https://www.bakery.example/about/", "final_url": None, "internal": True}
    return {
        "kind": "page",
        "path": path,
        "url": url,
        "title": {"text": f"Bread {path}"},
        "description": {"text": "Baked slowly."},
        "http": {"status": 200},
        "template": "/",
        "indexable": True,
        "vitals": {"lcp_ms": 840, "cls": 0.01, "tbt_ms": 0},
        "render": {"blank": False},
        "requests": {
            "by_party": {"first": {"transfer": 61_000}, "third": {"transfer": 0}},
            "items": [{"url": url, "type": "document", "party": "first", "status": 200, "transfer": 61_000}],
        },
        "links": {"items": [link]},
        "social": {"og": {"title": "Bread", "image": f"{url}card.png"}, "image": {"status": 404}},
        "security": {"csp": {"present": True}},
        "structured_data": {"types": ["Bakery"]},
        "raw": {"title": {"text": "Loading"}},
        **more,
    }


def made_pages() -> list[dict[str, Any]]:
    return [made_page(path) for path in ("/", "/about/", "/shop/", "/shop/rye/")]


def _policy(policy: dict[str, Any], applied: int, failed: int, **more: Any) -> dict[str, Any]:
    counted = {"applied": applied, "passed": applied - failed, "failed": failed, "inapplicable": 0, "cannot_tell": 0}
    known = {"title": policy["title"], "severity": policy["severity"], "owner": policy["owner"]}
    return {"id": policy["policy"], **known, "set": ["recommended"], "proposed": False, **counted, "why": "", **more}


def made_verdict() -> dict[str, Any]:
    hsts = {"policy": "sec/hsts", "title": "The host insists on https", "severity": "warning", "owner": "security"}
    blank = {
        "policy": "render/not-blank",
        "title": "A page shows something",
        "severity": "error",
        "owner": "engineering",
    }
    return {
        "verdict": "NO-GO",
        "exit_code": 1,
        "reasons": ["5 findings block the launch.", "1 page not measured: /hang/ never came to rest."],
        "counts": {
            "pages": 5,
            "measured": 4,
            "failed": 1,
            "excluded": 1,
            "findings": 9,
            "blocking": 5,
            "policies": 6,
            "causes": 5,
            "cannot_tell": 1,
        },
        "owners": {
            "security": {"verdict": "GO", "blocking": 0, "warnings": 0, "infos": 0, "existing": 0, "cannot_tell": 0},
            "marketing": {
                "verdict": "NO-GO",
                "blocking": 1,
                "warnings": 2,
                "infos": 0,
                "existing": 1,
                "cannot_tell": 0,
            },
            "engineering": {
                "verdict": "NO-GO",
                "blocking": 4,
                "warnings": 0,
                "infos": 0,
                "existing": 0,
                "cannot_tell": 1,
            },
        },
        "policies": [
            _policy(ROBOTS, 1, 1),
            _policy(SECRET, 4, 1),
            _policy(LINK, 4, 4),
            _policy(blank, 3, 0, cannot_tell=1, why="render was not measured"),
            _policy(hsts, 0, 0, inapplicable=4, why="host plain sends no headers of its own"),
            _policy(TITLE, 4, 2),
        ],
        "notes": ["Not compared with what is live."],
        "site": "https://www.bakery.example",
        "origin_known": True,
        "build_digest": "sha256:9f2c",
        "advisory": False,
        "weakened": False,
    }


def made_run() -> dict[str, Any]:
    return {
        "schema": 1,
        "gonogo": "0.1.0",
        "started": "2026-11-23T09:14:02Z",
        "finished": "2026-11-23T09:14:21Z",
        "duration_s": 18.7,
        "preview": "dist",
        "site": "https://www.bakery.example",
        "origin_known": True,
        "host": "plain",
        "commit": "4f1c2d9b",
        "browser": "HeadlessChrome/142.0",
        "python": "3.11.7",
    }


def made_result(**more: Any) -> Result:
    """Return the run, with parts of it replaced."""
    first = made_findings()[0]["fingerprint"]
    snippets = {first: {"line": 118, "column": 11, "text": '<a href="/opening-times">Opening times</a>'}}
    parts: dict[str, Any] = {
        "verdict": made_verdict(),
        "run": made_run(),
        "findings": lambda: iter(made_findings()),
        "coverage": lambda: iter(made_coverage()),
        "pages": lambda: iter(made_pages()),
        "site": {"summary": {"indexable_share": 0.75, "described_share": None}},
        "policies": {"links/internal-broken": {"description": "A dead link costs a visitor."}},
        "snippets": snippets.get,
        "screens": {first: "screens/home.png"}.get,
        "read_screen": {"screens/home.png": PICTURE}.get,
        "report": "gonogo-run/report.html",
    }
    return Result(**{**parts, **more})
