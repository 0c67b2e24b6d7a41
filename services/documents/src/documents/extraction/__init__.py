"""The text of files: read once for each digest, page by page, in a process of its own."""
