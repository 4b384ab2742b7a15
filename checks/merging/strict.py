"""Documents that may have come from anywhere: bounded in size, JSON, of their shape; or refused with their place.

In: bytes, and where they stand. Out: a document; CannotMeasureError for what no gonogo wrote.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from checks import json_bytes, shapes
from checks.errors import CannotMeasureError
from checks.judge.evaluate import validator
from checks.report.words import clip

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

Document = dict[str, Any]
SHOWN = 200
"""Characters of what somebody else wrote that an error shows."""
AGAIN = "Collect this shard again, with this version of gonogo."
MOST_VALUES = 8_000_000
"""Values of a document. Each takes some ten times its bytes in memory, so that bytes alone bound nothing: a page of 16
MB with 100,000 links has half as many."""
_EXPLAINED = 1_000_000
"""Bytes of a document of which is told where it fails: an explanation holds the whole document once more as text."""
_HUGE = "No page of a size that people can load does: look who wrote it. Or judge the site on one machine."


def decoded(text: bytes, most: int, where: str) -> Document:
    """Return the object in `text`, of which more than `most` bytes are too many."""
    if len(text) > most:
        raise CannotMeasureError(f"is longer than {most:,} bytes", where=where, remedy=_HUGE)
    if len(text) > MOST_VALUES and sum(map(text.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise CannotMeasureError(f"holds more than {MOST_VALUES:,} values", where=where, remedy=_HUGE)
    try:
        said = json_bytes.decode(text)
    except ValueError as error:
        raise CannotMeasureError(f"is not JSON: {error}", where=where, remedy=AGAIN) from None
    if not isinstance(said, dict):
        raise CannotMeasureError("is not a JSON object", where=where, remedy=AGAIN)
    return said


def of_shape(shape: str, said: Document, size: int, where: str) -> None:
    """Raise CannotMeasureError where `said`, which had `size` bytes, is not of the published shape."""
    holds = _validator(shape)
    if holds.is_valid(said):
        return
    if size > _EXPLAINED:
        raise CannotMeasureError("is not of its shape", where=where, remedy=AGAIN)
    failed = next(iter(holds.iter_errors(said)))
    place = "/".join(map(str, failed.instance_path))
    raise CannotMeasureError(
        clip(f"is not of its shape at /{place}: {failed.message}", SHOWN), where=where, remedy=AGAIN
    )


@cache
def _validator(shape: str) -> Draft202012Validator:
    return validator(shapes.load(shape))
