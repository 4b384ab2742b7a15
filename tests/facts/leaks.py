"""Scan one file for leaks.

Values that look like credentials are made while a test runs, so that no scanner finds one in this repository.
"""

from __future__ import annotations

import hashlib
import io
import string

from checks.facts.host_mentions import Own
from checks.facts.leak_scan import LeakScan

OWN = Own("www.bakery.example.org", frozenset({"example.org", "bakery.co"}), frozenset())
ALNUM = string.ascii_letters + string.digits


def noise(alphabet: str, length: int, seed: str = "a") -> str:
    """Text without a pattern, the same in every run."""
    digest = b"".join(hashlib.sha256(f"{seed}{n}".encode()).digest() for n in range(length // 32 + 1))
    return "".join(alphabet[byte % len(alphabet)] for byte in digest)[:length]


def scan(path: str, text: str | bytes) -> LeakScan:
    found = LeakScan(OWN)
    found.read(path, io.BytesIO(text if isinstance(text, bytes) else text.encode()))
    return found
