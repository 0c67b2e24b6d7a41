"""Who belongs to whom beyond the one hierarchy, and since when."""
