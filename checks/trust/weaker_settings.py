"""In what the settings of a change are weaker than those of its base.

In: two snapshots. Out: `Weakening`s. Pure. One row of the table for each key; a key without a row is one whose every
change is told. Policies are compared by what they come to, elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from checks.judge.vocabulary import SEVERITIES
from checks.settings import FILE_NAME
from checks.trust.record import KEEPS_CONFIG, Weakening, shown

if TYPE_CHECKING:
    from checks.trust.snapshot import Snapshot

_ABOUT: Final = ("page", "noindex", "status", "orphan")
"""What makes two exceptions the same, beside why, owner and until."""
_UNSAID: Final = ""
_PACE: Final = ("time", "answer-time", "at-once")
"""What is not there in time is not measured, which blocks by itself."""


def weaker_settings(base: Snapshot, head: Snapshot) -> Iterator[Weakening]:
    """Yield in what the settings of `head` are weaker."""
    if base.settings is None or head.settings is None:
        return
    file = head.config or FILE_NAME
    before, after = base.settings.to_document(), head.settings.to_document()
    for key in sorted({*before, *after}):
        comparison = _COMPARISON_BY_KEY.get(key, _any_change)
        for kind, what, was, now, said in comparison(key, before.get(key), after.get(key)):
            yield Weakening(kind, file, what, shown(was), shown(now), KEEPS_CONFIG, said)


Told = Iterator[tuple[str, str, Any, Any, str]]
"""Kind, what, before, after, and the sentence."""


def _any_change(key: str, before: Any, after: Any) -> Told:
    if before != after:
        said = f"`{key}` is {shown(after) or 'not said'}, no longer {shown(before) or 'not said'}."
        yield "setting-changed", key, before, after, said


def _none(*_: Any) -> Told:
    """What says where something is, or is compared elsewhere."""
    return iter(())


def _first_said(key: str, before: Any, after: Any) -> Told:
    """To say what was not said makes more rules apply."""
    if before is not None:
        yield from _any_change(key, before, after)


def _fail_on(key: str, before: Any, after: Any) -> Told:
    """To block on less is no weakening."""
    if SEVERITIES.index(after) < SEVERITIES.index(before):
        yield from _any_change(key, before, after)


def _gate(key: str, before: Any, after: Any) -> Told:
    """To block on what was there before, too, is no weakening."""
    if after != "all":
        yield from _any_change(key, before, after)


def _pull_request_gate(key: str, before: Any, after: Any) -> Told:
    """To render every page is no weakening."""
    if after != "launch":
        yield from _any_change(key, before, after)


def _inner(comparisons: dict[str, Callable[[str, Any, Any], Told]]) -> Callable[[str, Any, Any], Told]:
    def told(key: str, before: Any, after: Any) -> Told:
        for name in sorted({*before, *after}):
            comparison = comparisons.get(name, _any_change)
            yield from comparison(f"{key}.{name}", before.get(name), after.get(name))

    return told


def _allowed(key: str, before: Any, after: Any) -> Told:
    """A list, or true and false: what is there now and was not is allowed now."""
    if isinstance(before, list) and isinstance(after, list):
        for name in after:
            if name not in before:
                yield "allowed-more", key, None, name, f"`{key}` allows {name}, too."
    elif after and not before:
        yield "allowed-more", key, before, after, f"`{key}` is allowed now."


def _answers(key: str, before: Any, after: Any) -> Told:
    """What is declared counts as measured: to declare less is no weakening."""
    for one in after or ():
        if one not in (before or ()):
            said = f"`{key}` says that {one['path']} answers with status {one['status']} ({one['why']})."
            yield "exception-added", f"{key} {one['path']}", None, one, said


def _less(key: str, before: Any, after: Any) -> Told:
    """A limit: to measure more is no weakening."""
    if after < before:
        yield from _any_change(key, before, after)


def _kept(kind: str) -> Callable[[str, Any, Any], Told]:
    """Members of a list must stay."""

    def told(key: str, before: Any, after: Any) -> Told:
        for name in before or ():
            if name not in (after or ()):
                named = name["file"] if isinstance(name, dict) else name
                yield kind, key, name, None, f"`{key}` no longer names {named}."

    return told


def _promised(key: str, before: Any, after: Any) -> Told:
    """What was promised by name must stay as it was; to promise more is no weakening."""
    for name, value in (before or {}).items():
        if (after or {}).get(name) != value:
            yield "setting-changed", f"{key}.{name}", value, (after or {}).get(name), f"`{key}.{name}` was {value}."


def _asked(key: str, before: Any, after: Any) -> Told:
    """To ask more is no weakening."""
    if after != "check":
        yield from _any_change(key, before, after)


def _exceptions(key: str, before: Any, after: Any) -> Told:
    left = list(before or ())
    for one in after or ():
        same = [other for other in left if all(other.get(name) == one.get(name) for name in _ABOUT)]
        if not same:
            said = f"`{key}` has a new exception for {one['page']}, until {one['until']} ({one['owner']}: {one['why']})"
            yield "exception-added", f"{key} {one['page']}", None, one, said
            continue
        # The same pages may stand there twice: the one that this comes nearest to is the one that it was.
        old = next((other for other in same if other == one), same[0])
        left.remove(old)
        if one["until"] > old["until"]:
            said = f"the exception for {one['page']} in `{key}` lasts until {one['until']}, no longer {old['until']}."
            yield "exception-longer", f"{key} {one['page']}", old["until"], one["until"], said
        if one["owner"] != old["owner"]:
            said = f"the exception for {one['page']} in `{key}` belongs to {one['owner']}, no longer to {old['owner']}."
            yield "exception-longer", f"{key} {one['page']}", old["owner"], one["owner"], said


def _owners(key: str, before: Any, after: Any) -> Told:
    for name in before:
        if name not in after:
            yield "owner-changed", f"{key}.{name}", name, None, f"The owner {name} is no longer named."
    for name, section in after.items():
        if section != before.get(name, {}):
            said = f"The pages of {name} are {shown(section)}, no longer {shown(before.get(name, {}))}."
            yield "owner-changed", f"{key}.{name}", before.get(name), section, said


def _order(_: str, before: Any, after: Any) -> Told:
    """The owner that is named last wins; only those on both sides can have changed places."""
    was, now = (
        [name for name in one or () if name in (other or ())] for one, other in ((before, after), (after, before))
    )
    if was != now:
        yield "owner-changed", "owners", was, now, "The owners of pages stand in another order, and the last one wins."


_COMPARISON_BY_KEY: Final[dict[str, Callable[[str, Any, Any], Told]]] = {
    "today": _none,
    "preview": _none,
    "sources": _none,
    "policies": _none,
    "site": _first_said,
    "fail-on": _fail_on,
    "gate": _gate,
    "pull-request-gate": _pull_request_gate,
    "render": _inner(dict.fromkeys(("viewports", "coverage"), _kept("setting-changed"))),
    "owners": _owners,
    "owners_in_order": _order,
    "expect": _exceptions,
    "exclude": _exceptions,
    "allow": _inner(
        dict.fromkeys(
            (
                "third-parties",
                "canonical-hosts",
                "form-hosts",
                "source-maps",
                "temporary-redirects",
                "public-keys",
                "hsts-preload",
            ),
            _allowed,
        )
    ),
    "hosting": _inner({"answers": _answers}),
    "visitor": _inner({}),
    "limits": _inner(dict.fromkeys(("pages", "depth", "bytes"), _less) | dict.fromkeys(_PACE, _none)),
    "key_pages": _kept("key-page-removed"),
    "lighthouse": _first_said,
    "crawlers": _inner({}),
    "consent": _inner(dict.fromkeys(("exempt", "essential"), _allowed)),
    "legal": _promised,
    "worth": _first_said,
    "field": _first_said,
    "uptime": _first_said,
    "known_by": _kept("setting-changed"),
    "moved_from": _kept("setting-changed"),
    "required_files": _kept("setting-changed"),
    "service_workers": _kept("setting-changed"),
    "hsts": _allowed,
    "campaigns": _inner(dict.fromkeys(("ads", "email", "print", "qr", "social"), _kept("setting-changed"))),
    "links": _inner({"sponsored-hosts": _kept("setting-changed"), "outside": _asked}),
    "languages": _inner({"spoken": _kept("setting-changed"), "exempt": _allowed}),
}
"""Key of the settings -> how its values are compared."""
