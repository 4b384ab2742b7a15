"""Many machines that wait for work: a Dask cluster measures the pages in batches, each of which is a small shard.

In: the build, as every machine can read it, and the address of the scheduler. Out: what the batches have measured
(docs/decisions/0040). Needs the extra `cluster`.
"""
