"""What a plan comes to, computed when it is asked for: what the rules find, what it costs, code lists."""
