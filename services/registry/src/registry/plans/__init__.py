"""A copy of the headlines of approved plans, fed by planning's events: the profile of a unit shows them."""
