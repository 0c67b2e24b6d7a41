"""Statements and confirmations that the Agency issues for calls of EU funds, within ten working days."""
