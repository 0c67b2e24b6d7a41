"""Webhooks: what the services tell is sent to systems outside, signed, in order, and can be looked at."""
