"""The story of a unit: activities, correspondence and decisions in one thread."""
