"""What speaks to the pull request: the platform's edge of gonogo."""
