"""A project at a glance: what its units have reached, and what it promised."""
