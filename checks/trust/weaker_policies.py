"""In what the policies of a change are weaker than those of its base: the policies in force, after all patches.

In: two snapshots. Out: `Weakening`s. Pure. What is provably as strict is none; texts are none; a policy that the change
adds is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from checks.judge import policies
from checks.judge.override import of_owner
from checks.settings import FILE_NAME
from checks.trust.narrowing import implies, stripped
from checks.trust.record import KEEPS_CONFIG, Weakening, shown

if TYPE_CHECKING:
    from checks.judge.override import Override
    from checks.judge.policy import Policy
    from checks.trust.snapshot import Snapshot

SEVERITIES: Final = ("info", "warning", "error")
NAMED: Final = 3
"""How many of a kind a sentence names before it says how many more there are."""
Difference = tuple[str, Any, Any]
_GONE: Final = object()


def weaker_policies(base: Snapshot, head: Snapshot) -> Iterator[Weakening]:
    """Yield in what the policies of `head` are weaker."""
    after = {policy.id: policy for policy in head.policies}
    gone = [policy for policy in base.policies if policy.id not in after]
    with_set = _gone_with_sets(gone, base, head)
    yield from _sets(with_set, base, head)
    for policy in gone:
        if policy not in with_set:
            said = f"{policy.id} no longer judges: {policy.title}"
            yield Weakening("policy-dropped", _file(policy, head), policy.id, policy.severity, "", policy.owner, said)
    for policy in base.policies:
        if policy.id in after and policy.digest != after[policy.id].digest:
            yield from _changed(policy, after[policy.id], _file(policy, head))


def _gone_with_sets(gone: list[Policy], base: Snapshot, head: Snapshot) -> list[Policy]:
    """Return the policies that are gone because a set is: they are told as one."""
    if base.settings is None or head.settings is None:
        return []
    if set(base.settings.policies.use) <= set(head.settings.policies.use):
        return []
    changed = {**base.settings.policies.change, **head.settings.policies.change}
    return [policy for policy in gone if _is_shipped(policy) and policy.id not in changed]


def _sets(gone: list[Policy], base: Snapshot, head: Snapshot) -> Iterator[Weakening]:
    if gone and base.settings and head.settings:
        before, after = base.settings.policies.use, head.settings.policies.use
        sets = ", ".join(name for name in before if name not in after)
        said = f"The set {sets} is no longer used, and with it go {_some([policy.id for policy in gone])}."
        yield Weakening(
            "set-removed", _config(head), "policies.use", shown(list(before)), shown(list(after)), KEEPS_CONFIG, said
        )


def _changed(base: Policy, head: Policy, file: str) -> Iterator[Weakening]:
    def weaker(kind: str, before: Any, after: Any, said: str) -> Weakening:
        told = f"{base.id}: {said}"
        return Weakening(kind, file, base.id, shown(before), shown(after), base.owner, told)

    if SEVERITIES.index(head.severity) < SEVERITIES.index(base.severity):
        said = f"the severity falls from {base.severity} to {head.severity}."
        yield weaker("severity-lowered", base.severity, head.severity, said)
    if head.proposed and not base.proposed:
        yield weaker("severity-lowered", base.status, head.status, "it is only proposed, and no longer blocks.")
    if _wait(head) > _wait(base):
        said = "a warning that stays open becomes an error later, or never."
        yield weaker("severity-lowered", base.escalate_after, head.escalate_after, said)
    if base.owner != head.owner:
        said = f"it belongs to {head.owner}, no longer to {base.owner}."
        yield weaker("owner-changed", base.owner, head.owner, said)
    if not _needs_as_many(base, head):
        before, after = (_signers(each) for each in (base, head))
        yield weaker("override-loosened", before, after, f"an exception needs {after}, no longer {before}.")
    if not set(base.sets) <= set(head.sets):
        lost = ", ".join(name for name in base.sets if name not in head.sets)
        yield weaker("scope-narrowed", list(base.sets), list(head.sets), f"it is no longer in the set {lost}.")
    yield from _rule(base, head, weaker)


def _rule(base: Policy, head: Policy, weaker: Any) -> Iterator[Weakening]:
    if base.reads != head.reads:
        yield weaker("scope-narrowed", base.reads, head.reads, f"it judges {head.reads}, no longer {base.reads}.")
    wide, narrow = (True if each.applies_to is None else each.applies_to for each in (head, base))
    if not implies(narrow, wide, base.definitions, head.definitions):
        found = _differences(base.applies_to or {}, head.applies_to or {}, base, head)
        said = f"it may apply to less: {_told(found)}."
        yield weaker("scope-narrowed", _side(found, 1), _side(found, 2), said)
    if not implies(head.schema, base.schema, head.definitions, base.definitions):
        found = _differences(base.schema, head.schema, base, head)
        yield weaker("rule-loosened", _side(found, 1), _side(found, 2), f"the rule may let more pass: {_told(found)}.")
    if base.what != head.what:
        said = "what tells its findings apart is another fact, so accepted findings may cover others."
        yield weaker("rule-loosened", base.what, head.what, said)


def _wait(policy: Policy) -> float:
    return policy.escalate_after if policy.escalate_after is not None else float("inf")


def _needs_as_many(base: Policy, head: Policy) -> bool:
    """Say whether whatever is enough in the head would have been enough in the base."""
    if head.override == base.override:
        return True
    before, after = (_who(each).groups for each in (base, head))
    return all(any(set(old) <= set(new) for old in before) for new in after)


def _who(policy: Policy) -> Override:
    return policy.override or of_owner(policy.owner)


def _signers(policy: Policy) -> str:
    who = _who(policy)
    return "what nobody can give" if who.never else who.words


def _differences(before: Any, after: Any, base: Policy, head: Policy) -> list[Difference]:
    """Return where two schemas differ, with the values; also where only their definitions do."""
    found = list(_walk(stripped(before), stripped(after), ""))
    return found or list(_walk(stripped(base.definitions), stripped(head.definitions), "$defs"))


def _walk(before: Any, after: Any, at: str) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            # `properties` says nothing to people, who know a fact as `title.length`.
            inner = at if key == "properties" else f"{at}.{key}".lstrip(".")
            yield from _walk(before.get(key, _GONE), after.get(key, _GONE), inner)
    elif before is _GONE or after is _GONE or before != after:
        yield at, before, after


def _told(found: list[Difference]) -> str:
    if not found:
        return "the proof is too long"
    return _some([f"{at} from {_or_none(before)} to {_or_none(after)}" for at, before, after in found])


def _side(found: list[Difference], index: int) -> str:
    return _some([f"{one[0]}: {_or_none(one[index])}" for one in found])


def _or_none(value: Any) -> str:
    return "none" if value is _GONE else shown(value)


def _some(names: list[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f", and {rest} more" if rest > 0 else "")


def _file(policy: Policy, head: Snapshot) -> str:
    """Return the file in which the change was made: the project's own policy, else the settings that patch it."""
    return _config(head) if _is_shipped(policy) else policy.path


def _is_shipped(policy: Policy) -> bool:
    return policy.path.startswith(f"{policies.shipped_folder()}/")


def _config(head: Snapshot) -> str:
    return head.config or FILE_NAME
