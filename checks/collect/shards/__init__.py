"""Many machines: each measures a part of the pages, one puts them together.

In: the pages of a build, and which part of them is ours. Out: what was measured of them, as lines that another machine
takes as if it had measured the pages itself (docs/decisions/0039).
"""
