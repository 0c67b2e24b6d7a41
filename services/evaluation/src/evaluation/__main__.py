"""`python -m evaluation api | worker | migrate | seed`."""

from shared.collector import spared

with spared():
    from evaluation.app import SERVICE
    from shared.commands import main

main(SERVICE)
