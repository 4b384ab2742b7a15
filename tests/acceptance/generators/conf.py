"""How the tests build a site from docs/ with Sphinx."""

from __future__ import annotations

project = "gonogo"
extensions = ["myst_parser"]
root_doc = "index"
html_baseurl = "https://docs.gonogo.dev/"
myst_heading_anchors = 3
suppress_warnings = ["toc.not_included"]  # the pages are reached by links, as MkDocs' readers reach them
