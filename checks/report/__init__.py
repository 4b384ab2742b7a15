"""Views of one run for people and for other programs. A report decides nothing and escapes everything."""
