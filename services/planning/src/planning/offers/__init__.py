"""What units can show to others, what others want to learn, and who suits whom."""
