"""What evaluations recommend of a plan: kept, answered before its next revision, reported as fulfilled."""
