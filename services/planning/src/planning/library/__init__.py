"""The library: templates of problems, goals and measures, and practices that the Agency verified."""
