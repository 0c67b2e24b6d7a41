"""Small counts: which cells are hidden so that no count from 1 to k − 1 can be computed from the others."""
