"""Where a build lies, as people may be shown it: an address without what opens it.

In: an address, or a text that may hold one. Out: the same without passwords, tokens and signatures.
"""

from __future__ import annotations

import re
from typing import Final

_USER: Final = re.compile(r"(?<=://)[^/@\s]+@")
_VALUE: Final = re.compile(r"(?<=[?&])([^=&\s'\"]+)=[^&\s'\")]*")


def masked(text: str) -> str:
    """Return `text` without users, passwords and the values of queries: a signed address is a key."""
    return _VALUE.sub(r"\1=***", _USER.sub("***@", text))
