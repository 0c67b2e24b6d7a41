"""Reminders: which values fall due soon, which were not reported in time."""
