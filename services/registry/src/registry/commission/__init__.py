"""The commission of seven bodies: who sits in it, how it scores applications and ranks them."""
