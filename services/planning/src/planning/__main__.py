"""`python -m planning api | worker | migrate | seed | republish`."""

from planning.app import SERVICE
from shared.commands import main

main(SERVICE)
