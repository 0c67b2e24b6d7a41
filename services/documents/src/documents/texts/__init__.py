"""The text of files, read in a process with limits."""
