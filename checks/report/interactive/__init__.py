"""What report.html carries for its interactive part: the built script, and the documents of the run, compressed."""
