"""Why the Index of a municipality is what it is, and why it changed: exactly, and in plain words."""
