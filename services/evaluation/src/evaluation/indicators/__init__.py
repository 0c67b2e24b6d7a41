"""The indicators of monitored plans: what each one measures, its values over time, and sums over plans."""
