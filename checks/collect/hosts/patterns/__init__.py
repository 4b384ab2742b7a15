"""Patterns for paths, in the languages in which hosts let people write them, and one engine that matches them all.

In: a pattern as written. Out: a `Machine`, which matches in time linear in the path whatever the pattern is.
"""

from __future__ import annotations

from checks.collect.hosts.patterns.dispatch import Dispatch
from checks.collect.hosts.patterns.machine import Machine, Match
from checks.collect.hosts.patterns.tree import PatternError

__all__ = ["Dispatch", "Machine", "Match", "PatternError"]
