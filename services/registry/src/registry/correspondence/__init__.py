"""The log of correspondence, and the promises that were made in it."""
