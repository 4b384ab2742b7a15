"""The lab: Lighthouse, through the Lighthouse CI command, on a few chosen pages of the served build.

`lab.py` goes the whole way; the file to read first. `choose.py` says which pages, `command.py` runs the command once,
`pairs.py` measures baseline and preview in turn, `same_bytes.py` tells what cannot have changed. What is made of the
reports is in `checks/facts/lighthouse.py` and `checks/facts/comparison.py`.
"""
