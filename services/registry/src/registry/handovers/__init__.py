"""What was agreed is handed over when elections change the leadership of a unit."""
