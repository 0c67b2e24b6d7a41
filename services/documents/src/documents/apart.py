"""Transactions of their own for long work: none is held while a file is read."""

from contextlib import AbstractAsyncContextManager
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncEngine

from shared.auth import Actor
from shared.transaction import Transaction, transaction

Engine: TypeAlias = AsyncEngine


def by_itself(engine: AsyncEngine, correlation_id: str = "files") -> AbstractAsyncContextManager[Transaction]:
    """Open a transaction of the service itself."""
    return transaction(engine, actor=Actor.system("documents"), correlation_id=correlation_id)
