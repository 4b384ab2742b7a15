"""A page as it was judged, and what is answered for it after the launch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checks.facts.bots import bots
from checks.facts.robots_txt import Robots

URL = "https://www.example.com/prices/"
HTML = b'<!doctype html><title>Prices</title><link rel="canonical" href="/prices/"><p>One</p>'
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": "default-src 'self'",
}


@dataclass(frozen=True)
class Reply:
    status: int = 200
    headers: tuple[tuple[str, str], ...] = tuple(HEADERS.items())

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


def with_header(name: str, value: str | None) -> Reply:
    headers = {**HEADERS, name: value}
    return Reply(headers=tuple((key, said) for key, said in headers.items() if said is not None))


def site(text: str | None = "User-agent: *\nAllow: /\n", **wanted: str) -> dict[str, Any]:
    said = Robots(text.encode() if text is not None else None, 200 if text is not None else 404)
    home = "https://www.example.com/"
    group = {"exists": said.exists, "bytes": said.bytes, "digest": said.digest}
    return {
        "url": home,
        "config": {"crawlers": wanted},
        "robots_txt": {**group, "allows_root": {"*": said.allowed("*", home)}},
        "ai": {"bots": bots(said, home, wanted)},
    }


HOME = "https://www.example.com/"
