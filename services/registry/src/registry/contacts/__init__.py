"""People at the units: who speaks for a town, from when until when."""
