"""What was imported: the file, its digest, who brought it, what became of each row."""
