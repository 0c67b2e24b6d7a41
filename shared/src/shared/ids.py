"""Identifiers that sort by the time of their making: UUID version 7 (RFC 9562)."""

import os
import time
from uuid import UUID


def uuid7(at_ms: int | None = None) -> UUID:
    """Return 48 bits of Unix milliseconds and 74 random bits."""
    stamp = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    random = int.from_bytes(os.urandom(10), "big")
    high = (random >> 62) & 0xFFF
    low = random & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=(stamp & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
