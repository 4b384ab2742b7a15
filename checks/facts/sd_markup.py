"""Microdata and RDFa as things, in the form that JSON-LD has them.

In: a look at the page. Out: for each thing in the markup, what it says; a thing that is the value of a property stands
under it, as an object in an object. https://html.spec.whatwg.org/multipage/microdata.html and RDFa Lite 1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.sd_graph import VOCABULARY
from checks.facts.texts import clip, collapse, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from checks.facts.look import Look

_FARTHEST = 200
"""Levels between a property and its thing; without a bound, a deep page would take for ever."""
_MOST = 2000
_MAX_TEXT = 2000
_ADDRESSED = ("href", "src", "data", "resource")
_CONTENT = ("content", "datetime")
_VALUED = frozenset({"data", "meter"})


def things_in_markup(look: Look) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give (format, what it says) of each thing that is no value of another one."""
    parser = look.reading.parser
    # An element that several of these match is given several times.
    scopes = list({node.mem_id: node for node in parser.css("[itemscope],[itemtype],[typeof]")}.values())[:_MOST]
    if not scopes:
        return
    said = {node.mem_id: _typed(node.attributes) for node in scopes}
    referred = {
        name: node.mem_id
        for node in scopes
        if "itemref" in (one := node.attributes)
        for name in (one["itemref"] or "").split()
    }
    parts = set()
    for node in list({node.mem_id: node for node in parser.css("[itemprop],[property]")}.values())[:_MOST]:
        holder = _holder(node, referred)
        if holder is None or holder not in said:
            continue
        attributes = node.attributes
        value: Any = said.get(node.mem_id)
        if value is None:
            value = _value(look, node, attributes)
        else:
            parts.add(node.mem_id)
        for name in f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}".split():
            said[holder].setdefault(clip(well_formed(VOCABULARY.sub("", name)), 100), []).append(value)
    for node in scopes:
        if node.mem_id not in parts:
            yield ("rdfa" if "typeof" in node.attributes else "microdata"), said[node.mem_id]


def _typed(attributes: Mapping[str, str | None]) -> dict[str, Any]:
    names = f"{attributes.get('itemtype') or ''} {attributes.get('typeof') or ''}".split()
    said: dict[str, Any] = {"@type": [well_formed(name) for name in names]}
    name = attributes.get("itemid") or attributes.get("resource")
    return {**said, "@id": well_formed(name)} if name else said


def _value(look: Look, node: LexborNode, attributes: Mapping[str, str | None]) -> str:
    """Return what a property says: an attribute of the element where it has one that counts, else its text."""
    for name in (*_CONTENT, *(("value",) if node.tag in _VALUED else ())):
        if attributes.get(name) is not None:
            return clip(well_formed(attributes[name] or "").strip(), _MAX_TEXT)
    for name in _ADDRESSED:
        if attributes.get(name):
            address = look.resolve(well_formed(attributes[name] or "").strip())
            return address.url if address is not None else ""
    return clip(collapse(well_formed(node.text())), _MAX_TEXT)


def _holder(node: LexborNode, referred: Mapping[str, int]) -> int | None:
    """Return the thing that a property belongs to: the nearest one above it, or the one that refers to where it is."""
    above: LexborNode | None = node
    for _ in range(_FARTHEST):
        if above is None:
            return None
        attributes = above.attributes
        if above is not node and ("itemscope" in attributes or "typeof" in attributes):
            return above.mem_id
        name = attributes.get("id") or ""
        if name in referred:
            return referred[name]
        above = above.parent
    return None
