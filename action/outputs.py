"""The outputs of the action: exactly the keys that action.yml documents, in the file that the runner reads.

In: what the check came to. Out: the text for GITHUB_OUTPUT. GITHUB_ENV and GITHUB_PATH are never written: what lands
there is believed by every later step.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-output-parameter
"""

from __future__ import annotations

import json
import re
import secrets
from typing import TYPE_CHECKING, Final

from checks import errors, run_folder
from checks.report.escape import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checks.report.result import Document

KEYS: Final = ("verdict", "exit-code", "counts", "report", "summary", "sarif", "run", "build-digest", "baseline")
NO_VERDICT: Final = "ERROR"
"""The verdict of a check that broke off (exit 2 or 70); one that could not measure says CANNOT TELL."""
_VERDICTS: Final = frozenset({"GO", "NO-GO", "CANNOT TELL", "GO FOR REVIEW"})
_ERRORS: Final = frozenset({errors.EXIT_WRONG_USE, errors.EXIT_OUR_ERROR})
_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{1,128}")
_COUNT = re.compile(r"[a-z_]{1,40}")


def values(run: Path, code: int, verdict: Document | None, *, sarif: bool, kept: Path | None = None) -> dict[str, str]:
    """Return the value of every output; `verdict` is None where the check left none that fits its exit code.

    `kept` is the folder with this launch, where it is one.
    """
    said = str((verdict or {}).get("verdict"))
    digest = str((verdict or {}).get("build_digest") or "")
    files = run_folder.FILE_BY_FORMAT
    return {
        "verdict": said if said in _VERDICTS else NO_VERDICT if code in _ERRORS else "CANNOT TELL",
        "exit-code": str(code),
        "counts": json.dumps(_counts(verdict or {}), sort_keys=True),
        "report": _there(run / files["html"], verdict),
        "summary": _there(run / files["markdown"], verdict),
        "sarif": _there(run / files["sarif"], verdict) if sarif else "",
        "run": str(run),
        "build-digest": digest if _DIGEST.fullmatch(digest) else "",
        "baseline": str(kept) if kept else "",
    }


def render(outputs: Mapping[str, str], delimiter: str) -> str:
    """Return the lines for GITHUB_OUTPUT. Raises ValueError for a key or a value that is not ours."""
    if set(outputs) != set(KEYS):
        raise ValueError(f"outputs are {sorted(outputs)}, documented are {sorted(KEYS)}")
    for key, value in outputs.items():
        if delimiter in value or visible(value) != value:
            raise ValueError(f"the output {key} can't be written on one line")
    return "".join(f"{key}<<{delimiter}\n{outputs[key]}\n{delimiter}\n" for key in KEYS)


def write(file: Path, outputs: Mapping[str, str]) -> None:
    """Append the outputs to `file`, each between delimiters that nobody can foresee."""
    text = render(outputs, f"gonogo_{secrets.token_hex(16)}")
    with file.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _there(file: Path, verdict: Document | None) -> str:
    return str(file) if verdict is not None and file.is_file() else ""


def _counts(verdict: Document) -> dict[str, int]:
    counts = {**verdict.get("counts", {}), "fixed": (verdict.get("compared") or {}).get("fixed")}
    return {
        name: number
        for name, number in counts.items()
        if _COUNT.fullmatch(name) and isinstance(number, int) and not isinstance(number, bool)
    }
