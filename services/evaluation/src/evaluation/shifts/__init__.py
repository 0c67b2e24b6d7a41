"""Distance travelled: what changed since the baseline, by criterion, area, cooperation and programme."""
