"""Finding documents by Czech words, within what the caller may see."""
