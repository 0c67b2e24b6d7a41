"""Documents handed over to the records-management system, and what it acknowledged."""
