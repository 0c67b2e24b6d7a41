"""A paper as blocks, and its two formats."""
