"""Everything on one machine without containers: database, broker, identity, services."""
