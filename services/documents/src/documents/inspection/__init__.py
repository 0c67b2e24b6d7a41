"""Files as bytes: what they are, whether they are safe, and whether they are still whole."""
