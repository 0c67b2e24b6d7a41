"""Communication plans: which outputs are due after which act, and what was done of them."""
