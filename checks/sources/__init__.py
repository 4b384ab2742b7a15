"""From a page back to the file that made it: findings are shown where they can be mended, not on what was built."""
