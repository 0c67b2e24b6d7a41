"""Documents, their versions and the files that they stand for."""
