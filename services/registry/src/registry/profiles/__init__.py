"""The page on one territory that a mayor reads before the council meets: Index, causes, trends, help."""
