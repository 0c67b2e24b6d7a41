"""The service on the command line."""

from registry.app import SERVICE
from shared.service import main

main(SERVICE)
