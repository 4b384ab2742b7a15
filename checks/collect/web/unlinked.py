"""Files that no page leads to, and that a URL shows only to who asks: private files, by the names that tools write.

In: the preview. Out: its record, with these addresses in it. The names are data (`data/private_files.json`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect.addresses import is_html
from checks.facts.reference import reference

if TYPE_CHECKING:
    from checks.collect.web.web import Web


def ask(web: Web, base: str) -> None:
    """Ask for every such file. A page that answers in its place is no file."""
    targets = [base + name for name in reference("private_files")["asked_of_a_url"]]
    web.ask_all(targets)
    for target in targets:
        record = web.store.get(target)
        stand_in = record.file if record is not None else None
        if stand_in is not None and is_html(stand_in) and stand_in.startswith(target.strip("/")):
            web.store.files.sizes.pop(stand_in, None)
