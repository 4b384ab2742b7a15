"""Which of many rules can match a text at all, told by how it begins.

In: rules, each with the text that everything begins with that it matches. Out: those that a text may match, in order.
Pure. Thousands of rules cost little more than one: most name the first parts of a path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


class Dispatch(Generic[T]):
    """Rules in their order; `prefixed` gives each with what it begins with (empty: anything)."""

    def __init__(self, prefixed: Iterable[tuple[str, T]]) -> None:
        self._rules: list[T] = []
        self._numbers: dict[str, list[int]] = {}
        for number, (prefix, rule) in enumerate(prefixed):
            self._rules.append(rule)
            self._numbers.setdefault(prefix, []).append(number)
        self._lengths = sorted({len(prefix) for prefix in self._numbers})

    def of(self, *texts: str) -> Iterator[T]:
        """Give the rules that may match one of `texts`."""
        begins = {text[:length] for text in texts for length in self._lengths}
        numbers = sorted({number for begin in begins for number in self._numbers.get(begin, ())})
        return (self._rules[number] for number in numbers)
