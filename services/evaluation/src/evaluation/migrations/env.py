"""Alembic's entry point."""

from evaluation.app import SERVICE
from shared.migrations import run

run(SERVICE.metadata)
