"""When a plan is evaluated: at its entry, in the middle, at its end."""
