"""Territorial units: what they are, where they belong, and since when."""
