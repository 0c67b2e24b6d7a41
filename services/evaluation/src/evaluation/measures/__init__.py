"""Measures of approved plans, and how planning says that they go: reports begin with it."""
