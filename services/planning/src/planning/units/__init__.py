"""The copy of registry's units, and which of them may draft plans."""
