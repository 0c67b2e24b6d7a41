"""Public consultation of a draft: its window, the frozen text, what was announced; comments are beside."""
