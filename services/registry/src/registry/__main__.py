"""The service on the command line."""

from registry.app import SERVICE
from shared.commands import main

main(SERVICE)
