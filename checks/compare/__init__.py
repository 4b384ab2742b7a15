"""Baseline against preview: what a release would change, told by documents of facts alone.

`compared.py` says what of a page is compared, `topics.py` is the table of what is made of it, `sides.py` keeps both
sides, `moves.py` pairs addresses that moved, `page_change.py` and `site_change.py` write the documents. Pure: documents
in, documents out; the tables of SQLite lie in a temporary file of its own.
"""
