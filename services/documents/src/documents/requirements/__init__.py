"""Which documents a cooperation and a plan ought to have, and which are missing."""
