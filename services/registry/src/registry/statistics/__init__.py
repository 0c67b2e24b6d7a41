"""Figures of units with their source, period and vintage; never overwritten."""
