"""Findings, outcomes and coverage -> GO, NO-GO, CANNOT TELL or GO FOR REVIEW, the exit code, the poll and the reasons.

In: the ledger's lines and the findings one at a time, and the tallies of the policies. Out: the document verdict.json.
`counting.py` counts, `codes.py` decides, `reasons.py` says why, `deciding.py` puts the document together.
"""

from checks.verdict.circumstances import LAUNCH, NOTHING_REUSED, REVIEW, Circumstances
from checks.verdict.codes import CANNOT_TELL, GO, GO_FOR_REVIEW, NO_GO, PRECEDENCE, first_of
from checks.verdict.counting import NAMED, Counting
from checks.verdict.deciding import decide
from checks.verdict.reasons import NOT_COMPARED

__all__ = [
    "CANNOT_TELL",
    "GO",
    "GO_FOR_REVIEW",
    "LAUNCH",
    "NAMED",
    "NOTHING_REUSED",
    "NOT_COMPARED",
    "NO_GO",
    "PRECEDENCE",
    "REVIEW",
    "Circumstances",
    "Counting",
    "decide",
    "first_of",
]
