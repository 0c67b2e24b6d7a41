"""Open data: every dataset in four formats, its schema, and the catalogue that a national one reads."""
