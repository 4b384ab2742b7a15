"""Sign-offs as people make them: choose what to sign for, see it in words, sign it, look back. It verifies nothing."""
