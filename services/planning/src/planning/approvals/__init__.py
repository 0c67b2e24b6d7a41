"""Who decides on a plan, in which order and until when: chains, the rounds that follow them, what waits."""
