"""Signatures, time-stamps and proofs of the record, and its verifier."""
