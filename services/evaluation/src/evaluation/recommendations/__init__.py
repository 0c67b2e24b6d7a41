"""Recommendations that were issued: what was answered, and what became of them."""
