"""The service on the command line."""

from shared.collector import spared

with spared():
    from registry.app import SERVICE
    from shared.commands import main

main(SERVICE)
