"""A plan in plain language: one page, made of its structure, the same for everybody."""
