"""`python -m evaluation api | worker | migrate | seed`."""

from evaluation.app import SERVICE
from shared.commands import main

main(SERVICE)
