"""Readings of quality criteria: several raters, each for himself, then what they agree on."""
