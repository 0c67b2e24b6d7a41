"""Hours of participants under pseudonymous keys: who crossed the threshold of a project, and when."""
