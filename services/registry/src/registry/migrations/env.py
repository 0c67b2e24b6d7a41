"""Alembic's entry point."""

from registry.app import SERVICE
from shared.migrations import run

run(SERVICE.metadata)
