"""Alembic's entry point."""

from documents.app import SERVICE
from shared.migrations import run

run(SERVICE.metadata)
