"""The bridge between methods: the same years by two of them side by side, breaks of the series marked."""
