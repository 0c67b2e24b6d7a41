"""What a problem stands on: statistics and analyses that it cites, and whether they still say so."""
