"""Copy of the registry's territorial units."""
