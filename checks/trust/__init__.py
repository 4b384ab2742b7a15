"""Decide by whose rules a change is judged: git refs, the trust root, and what a change weakens."""
