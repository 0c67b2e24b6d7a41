"""What was put into plans from the library, and from which version of which entry."""
