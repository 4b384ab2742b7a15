"""What earlier runs measured, kept on this machine: where it lies, who wrote it, and how it is looked up.

In: bytes under a key. Out: the same bytes, or nothing. What they mean is no business of this package.
"""
