"""`python -m planning api | worker | migrate | seed | republish`."""

from planning.app import SERVICE
from shared.service import main

main(SERVICE)
