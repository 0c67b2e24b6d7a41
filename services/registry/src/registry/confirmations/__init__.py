"""Citable confirmations of an average Index: numbered, immutable, verifiable years later."""
