"""Plumbing and published language of the services; no rule of the domain."""
