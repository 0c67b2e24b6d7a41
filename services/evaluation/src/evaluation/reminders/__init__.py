"""Reminders: which values fall due, were not reported or escalate, and whom that is written to."""
