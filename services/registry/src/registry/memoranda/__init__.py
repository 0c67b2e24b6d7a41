"""Memoranda of cooperation: edition after edition, signed by both parties, without time limit."""
