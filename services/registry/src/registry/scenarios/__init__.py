"""What-if: the Index of the whole country from changed figures or another rule, without touching either."""
