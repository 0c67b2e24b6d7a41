"""The service on the command line."""

from documents.app import SERVICE
from shared.service import main

main(SERVICE)
