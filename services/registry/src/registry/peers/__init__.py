"""Municipalities similar to one: a fair yardstick, and a first contrast for evaluation."""
