"""How the Index is spread: tables of bands by kinds of territory, and maps of them."""
