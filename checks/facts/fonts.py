"""The fonts of a page: the files it loads, and the faces it uses with how they are swapped in.

In: the requests, the font faces that the browser has in use, the rendered look. Out: the group `fonts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.assets import plain_family
from checks.facts.preloads import preloaded
from checks.facts.texts import clip, well_formed
from checks.facts.urls import parse
from checks.facts.weight import has_failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from checks.facts.look import Look
    from checks.facts.visit import Face

FORMATS = ("woff2", "woff", "ttf", "otf", "eot", "svg")
_BY_TYPE = {
    "font/woff2": "woff2",
    "application/font-woff2": "woff2",
    "font/woff": "woff",
    "application/font-woff": "woff",
    "font/ttf": "ttf",
    "font/otf": "otf",
    "application/vnd.ms-fontobject": "eot",
    "image/svg+xml": "svg",
}
_LONGEST = 200


def fonts(look: Look, requests: Iterable[Mapping[str, Any]], faces: Sequence[Face]) -> dict[str, Any]:
    """Return the group `fonts`; `requests` are the members of `requests.items`."""
    early = preloaded(look, "font")
    return {
        "items": [
            {
                "url": item["url"],
                "party": item["party"],
                "format": font_format(item["url"], item["content_type"]),
                "transfer": item["transfer"],
                "preloaded": item["url"] in early,
            }
            for item in requests
            if item["type"] == "font" and not has_failed(item)
        ],
        "faces": _faces(faces),
    }


def font_format(url: str, media_type: str | None) -> str | None:
    """Return the format of a font file by its media type, else by its ending; None where neither tells."""
    known = _BY_TYPE.get(media_type or "")
    if known:
        return known
    address = parse(url)
    ending = address.path.rpartition(".")[2].lower() if address else ""
    return ending if ending in FORMATS else None


def _faces(faces: Iterable[Face]) -> list[dict[str, Any]]:
    """Return the faces, each once: one face may come in several files, for several alphabets."""
    found: dict[str, dict[str, Any]] = {}
    for face in faces:
        family = clip(well_formed(plain_family(face.family)), _LONGEST)
        key = f"{family} {face.weight} {face.style}"
        found.setdefault(
            key, {"face": key, "family": family, "weight": face.weight, "style": face.style, "display": face.display}
        )
    return [found[key] for key in sorted(found)]
