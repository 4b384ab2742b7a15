"""Little documents of pages, and schemas that judge them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.judge.finding import Finding
from checks.judge.policy import Policy

Judged = Callable[..., list[Finding]]
MakePolicy = Callable[..., Policy]

NOINDEX = {"properties": {"robots": {"properties": {"noindex": {"const": False}}}}}
SECURE = {"properties": {"cookies": {"items": {"properties": {"secure": {"const": True}}}}}}
BROKEN_LINKS = {
    "properties": {
        "links": {
            "properties": {
                "items": {
                    "items": {
                        "if": {"properties": {"internal": {"const": True}}},
                        "then": {"properties": {"status": {"minimum": 200, "maximum": 299}}},
                    }
                }
            }
        }
    }
}


def link(href: str, status: int, **facts: Any) -> dict[str, Any]:
    return {"href": href, "url": f"https://example.com{href}", "internal": True, "status": status, **facts}


def page(path: str = "/a/", measured: list[str] | None = None, **facts: Any) -> dict[str, Any]:
    return {"kind": "page", "path": path, "measured": sorted(facts) if measured is None else measured, **facts}
