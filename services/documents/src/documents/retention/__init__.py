"""How long documents are kept, what holds them, and their disposal with a record."""
