"""Criteria of quality by thematic area, their editions in time, and the scales that they are rated on."""
