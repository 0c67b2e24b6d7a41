"""Who of the Agency looks after which unit, since when, and how many a person can carry."""
