"""The service on the command line."""

from documents.app import SERVICE
from shared.commands import main

main(SERVICE)
