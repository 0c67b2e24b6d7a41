"""My tasks: what waits for one person, in a list and as a private calendar."""
