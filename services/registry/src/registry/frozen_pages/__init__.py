"""Pages of the registry frozen for paper: who holds one can prove what it was made of."""
