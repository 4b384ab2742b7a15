"""The second stage, pure: what a visit saw becomes documents of facts."""
