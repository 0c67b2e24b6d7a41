"""Territorial units, statistics, the Index of social exclusion, cooperation with the Agency."""
