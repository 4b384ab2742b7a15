"""policy schema: a schema for an editor, which then completes and explains gonogo.yaml and policies.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors, shapes
from checks.commands.printing import print_json
from checks.judge.editor_schema import editor_schema
from checks.judge.shape import Fact

if TYPE_CHECKING:
    import argparse

OF_FACTS = ("page", "site", "change", "lighthouse")


def run(parsed: argparse.Namespace) -> int:
    """Print it."""
    if parsed.of in OF_FACTS:
        shape = shapes.load(parsed.of)
        print_json(editor_schema(shapes.load("policy"), parsed.of, Fact.of(shape, shape)))
    else:
        print_json(shapes.load(parsed.of))
    return errors.EXIT_GO
