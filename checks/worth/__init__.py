"""What pages are worth, and which addresses the world knows: exports of other tools, read with suspicion."""
