"""The values that are reported, approved or returned, and what is still awaited."""
