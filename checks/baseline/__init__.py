"""Baselines: the facts of what is live, kept so that an unchanged page takes no room twice.

`store.py` writes and reads a folder of saved runs, `kinds.py` tells what somebody named, `facts.py` whether it can be
believed. They hold facts only: what was found in them is judged again, by the rules of the day.
"""
