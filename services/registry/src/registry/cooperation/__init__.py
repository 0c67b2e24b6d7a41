"""Who cooperates with the Agency, since when, until when, under which regime."""
