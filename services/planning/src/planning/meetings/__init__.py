"""Meetings of bodies: agenda, who came, whether they could decide, minutes that nobody rewrites."""
