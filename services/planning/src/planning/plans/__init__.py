"""Plans: from problem to indicator, from draft to implementation."""
