"""Other services and systems of others: what is asked of them, and what is sent."""
