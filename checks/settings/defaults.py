"""What holds where gonogo.yaml says nothing.

In: nothing. Out: `DEFAULTS`, in the shape of gonogo.yaml, so that what is in force can be read there. `site`,
`preview`, `access` and `lighthouse` have no default: each is told, or is not there.
"""

from __future__ import annotations

from typing import Any

from checks.settings import duties, exports

DEFAULTS: dict[str, Any] = {
    "host": "auto",
    "baseline": "none",
    "fail-on": "error",
    "gate": "new",
    "pull-request-gate": "launch",
    "policies": {"use": ["recommended"], "folders": [], "change": {}},
    "render": {"viewports": ["phone"], "time-limit": "30s", "third-party": "allow", "coverage": []},
    "owners": {"marketing": {}, "engineering": {}, "security": {}},
    "expect": [],
    "exclude": [],
    "allow": {
        "third-parties": [],
        "canonical-hosts": [],
        "form-hosts": [],
        "source-maps": False,
        "temporary-redirects": [],
        "public-keys": [],
        "hsts-preload": False,
    },
    "hosting": {"answers": [], "endpoint": "website", "spa": False},
    "limits": {
        "pages": 1000,
        "depth": 20,
        "bytes": 25_000_000,
        "time": "20m",
        "answer-time": "20s",
        "at-once": 4,
    },
    "visitor": {"country": "US", "languages": ["en"], "cookies": {}, "roles": []},
    "key_pages": [],
    "page_types": {},
    "crawlers": {},
    **duties.KEYS,
    **exports.KEYS,
    "sources": [],
}
