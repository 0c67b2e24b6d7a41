"""Papers made on request of what registry and evaluation have frozen."""
