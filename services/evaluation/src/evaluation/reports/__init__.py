"""Reports of evaluations: what software knows, what people write, what is missing; frozen for ever."""
