"""`python -m evaluation api | worker | migrate | seed`."""

from evaluation.app import SERVICE
from shared.service import main

main(SERVICE)
