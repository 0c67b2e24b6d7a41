"""Alembic's entry: the metadata that the migrations are checked against."""

from planning.app import SERVICE
from shared.migrations import run

run(SERVICE.metadata)
