"""Who belongs to whom beyond the one hierarchy, and since when; what became of merged and split units."""
