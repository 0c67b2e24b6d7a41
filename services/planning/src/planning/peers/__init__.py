"""Exchanges between units: proposed, agreed, with a day, done or cancelled."""
