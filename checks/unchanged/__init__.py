"""A run in which nothing has changed since the one before it in the same folder: its documents are given again.

In: what a run depends on, and the folder of the run before. Out: that folder with the times of this run, or why
everything is done anew (docs/decisions/0044).
"""
