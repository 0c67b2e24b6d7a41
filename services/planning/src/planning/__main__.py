"""`python -m planning api | worker | migrate | seed | republish`."""

from shared.collector import spared

with spared():
    from planning.app import SERVICE
    from shared.commands import main

main(SERVICE)
