"""The copy of registry's territorial units, fed by events."""
