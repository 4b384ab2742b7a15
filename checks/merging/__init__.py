"""The parts of a site, put together: all there, each once, and all of the same build by the same means.

In: the run folders of shards, which may have come from anywhere, and what this machine would measure with. Out: an
`Elsewhere`, which gives their pages; UserError for parts that do not belong together, CannotMeasureError for one that
is missing or can't be believed: then nobody can tell.
"""

from checks.merging.folders import Part, day, parts, within
from checks.merging.lines import line
from checks.merging.putting_together import Merged, merged

__all__ = ["Merged", "Part", "day", "line", "merged", "parts", "within"]
