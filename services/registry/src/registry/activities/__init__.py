"""The log of expert activities: what was done for whom, by whom and how long."""
