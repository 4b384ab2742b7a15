"""Write the tables of policies and facts into policies/README.md anew.

In: policies/*/*.json and the shapes of the documents. Out: policies/README.md with both tables replaced. A test holds
them together (tests/policies/test_readme.py); this is how to make it pass after a change.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # also with `python -I`, which leaves the folder out that it is run in

from checks import shapes  # noqa: E402
from checks.report import policy_table  # noqa: E402

FOLDER = ROOT / "policies"
KINDS = ("page", "site", "change", "lighthouse")


def main() -> None:
    """Read the policies and shapes, and write the README."""
    files = sorted(FOLDER.glob("*/*.json"))
    policies = {f"{file.parent.name}/{file.stem}": json.loads(file.read_text(encoding="utf-8")) for file in files}
    page = FOLDER / "README.md"
    text = policy_table.readme(page.read_text(encoding="utf-8"), policies, {kind: shapes.load(kind) for kind in KINDS})
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
