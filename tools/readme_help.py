"""Write the help of the command into the README anew.

In: README.md, and the parser of the command. Out: README.md with the block between the comments `help` replaced.
A test holds the two together (tests/docs/test_readme.py); this is how to make it pass after a change to the help.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from checks.commands.parsers import build

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- help -->\n+```text\n).*?(```\n+<!-- /help -->)", re.DOTALL)


def main() -> None:
    """Replace the block; argparse takes its width from COLUMNS, which must be the same for everybody."""
    os.environ |= {"COLUMNS": "80", "NO_COLOR": "1"}
    text = build().format_help()
    before = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda found: found[1] + text + found[2], before), encoding="utf-8")


if __name__ == "__main__":
    main()
