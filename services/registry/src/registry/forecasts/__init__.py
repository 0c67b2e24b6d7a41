"""Forecasts of the indicators and of the Index, each with the error that it made on a year held out."""
