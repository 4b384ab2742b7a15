"""policy change: a shipped policy with another limit, severity or owner, or without it, written into gonogo.yaml.

In: parsed arguments. Out: the changed file, an exit code. What is written is a JSON Merge Patch under
`policies.change`; it is judged strictly, with its examples, before the file is touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks import errors, run_folder, settings
from checks.commands.finished import today
from checks.commands.printing import print_lines
from checks.judge import policies
from checks.judge.merge_patch import merged
from checks.judge.patching import limit_patch
from checks.nearest import nearest
from checks.settings import edit
from checks.settings.yaml_text import parse
from checks.trust import snapshot

if TYPE_CHECKING:
    import argparse

FLAGS: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_items": "minItems",
    "max_items": "maxItems",
}
"""Flag -> keyword whose place is looked for in the policy."""
KEYS: Final = {
    "severity": "x-severity",
    "owner": "x-owner",
    "status": "x-status",
    "escalate_after": "x-escalate-after",
    "title": "title",
    "why": "description",
    "fix": "x-fix",
    "message": "x-message",
}
"""Flag -> key at the policy's top level."""


def run(parsed: argparse.Namespace) -> int:
    """Change the file, and print what was written."""
    file = parsed.config or Path(settings.FILE_NAME)
    text = _read(file)
    document = _shipped(parsed.id)
    before = _before(text, str(file), parsed.id)
    change = _change(parsed, document, before)
    new = edit.edited(text, ("policies", "change", parsed.id), change, str(file))
    _require_accepted(new, file)
    with run_folder.writing(file):
        file.write_bytes(new.encode())
    said = "no longer changed" if change is edit.GONE else "dropped" if change is None else f"changed: {change}"
    print_lines(f"{file}: {parsed.id} is {said}")
    return errors.EXIT_GO


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise errors.UserError("there is no such file", where=str(file), remedy="`gonogo init` writes one.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise errors.UserError(f"it can't be read: {error}", where=str(file), remedy="Mend it.") from None


def _shipped(policy_id: str) -> dict[str, Any]:
    """Return the document of a shipped policy. Raises UserError where there is none of this id."""
    known = policies.shipped_documents()
    if policy_id in known:
        return known[policy_id]
    own = Path(snapshot.POLICIES_FOLDER) / policy_id
    there = next((file for file in sorted(own.parent.glob(f"{own.name}.*")) if file.is_file()), None)
    if there is not None:
        raise errors.UserError(f"`{policy_id}` is your own", where=str(there), remedy="Change the file itself.")
    remedy = "`gonogo policy list --set strict` lists them all."
    raise errors.UserError(f"no shipped policy `{policy_id}`{nearest(policy_id, known)}", remedy=remedy)


def _before(text: str, source: str, policy_id: str) -> Any:
    """Return the change that the file holds already; an empty one where there is none."""
    document, _ = parse(text.encode(), source)
    for key in ("policies", "change", policy_id):
        document = document.get(key, {}) if isinstance(document, dict) else {}
    return document


def _change(parsed: argparse.Namespace, document: dict[str, Any], before: Any) -> Any:
    """Return what stands under the policy's id from now on: a patch, None to drop it, or nothing at all."""
    said = {flag: getattr(parsed, flag) for flag in (*FLAGS, *KEYS) if getattr(parsed, flag) is not None}
    if sum([bool(said), parsed.drop, parsed.reset]) != 1:
        remedy = "Give limits or keys, such as --maximum 70 --severity error; or only --drop; or only --reset."
        raise errors.UserError("it is not clear what is to change", where=parsed.id, remedy=remedy)
    if parsed.reset:
        return edit.GONE
    if parsed.drop:
        return None
    patch: dict[str, Any] = dict(before) if isinstance(before, dict) else {}
    for flag, value in said.items():
        wanted = (
            limit_patch(parsed.id, document, FLAGS[flag], value, parsed.fact or "")
            if flag in FLAGS
            else {KEYS[flag]: value}
        )
        patch = merged(patch, wanted)
    return patch


def _require_accepted(text: str, file: Path) -> None:
    """Raise UserError where the settings, or a policy as they change it, would be refused."""
    found = settings.from_bytes(text.encode(), str(file), {}, today())
    snapshot.policies_of(found, Path(), Path(), str(file))
