"""Never measure the same bytes twice: what earlier runs found of a page, where nothing that it depends on has changed.

In: a page that is about to be measured, and one that was. Out: its facts from an earlier run, or why it is measured
(docs/decisions/0032).
"""
