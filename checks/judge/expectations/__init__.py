"""gonogo/expectations.csv: rules from a sheet, compiled to policies."""

from __future__ import annotations

from checks.judge.expectations.compiling import Compiled, compiled
from checks.judge.expectations.sheet import LARGEST

__all__ = ["LARGEST", "Compiled", "compiled"]
