"""What each command does: parsed arguments -> an exit code. The table of them is in `checks.cli`."""
