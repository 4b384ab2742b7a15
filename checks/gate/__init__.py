"""The whole way: preview -> facts -> findings -> verdict. Read `collecting.py`, then `judging.py`.

In: rules and a folder. Out: the run folder, filled, and the verdict document. Each stage reads what the one before
has written, so that each can be run alone and a verdict can be reached again offline.
"""

from checks.gate.asked import Document, Invocation, Progress, Ruling
from checks.gate.collecting import collect, collect_shard, commit
from checks.gate.judging import judge
from checks.gate.laboratory import lab
from checks.gate.ruling import policies_digest, rule

__all__ = [
    "Document",
    "Invocation",
    "Progress",
    "Ruling",
    "collect",
    "collect_shard",
    "commit",
    "judge",
    "lab",
    "policies_digest",
    "rule",
]
