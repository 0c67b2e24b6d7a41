"""Calls for cooperation, the methodologies that they follow, and the outages that prolong their intake."""
