"""Comments sent to a consultation: numbered without a gap, never deleted, joined, withdrawn, in a book."""
