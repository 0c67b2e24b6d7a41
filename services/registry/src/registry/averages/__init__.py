"""The average Index of a set of municipalities over years, with the way of averaging printed beside it."""
