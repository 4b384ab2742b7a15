"""Accept findings: old debt now, signed exceptions later. Reads findings, never facts."""
