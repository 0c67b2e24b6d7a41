"""Projects of ESF programmes: money by source, key activities, promised outputs, and how they add up."""
