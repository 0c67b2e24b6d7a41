"""The people who make plans: bodies of a town or of a plan, and who sits in them since when."""
