"""The one way to wait in a test: until a named fact holds."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def eventually(
    fact: str, probe: Callable[[], Awaitable[T]], *, within: float = 20.0, every: float = 0.02
) -> T:
    """Return the first true answer of the probe; fail naming the fact and the last answer."""
    until = time.monotonic() + within
    while True:
        answer = await probe()
        if answer:
            return answer
        if time.monotonic() > until:
            raise AssertionError(f"not within {within} s: {fact} (last answer: {answer!r})")
        await asyncio.sleep(every)
