"""Judge documents of facts by policies: pure, but for `policies.py`, which reads the files that policies stand in."""
