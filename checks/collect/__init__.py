"""The first stage, and the edge: a build is served, rendered and written down."""
