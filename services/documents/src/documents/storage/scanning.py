"""The client of a virus scanner that speaks clamd's protocol: a file goes there in a stream."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from documents.inspection.domain import ScanState

PATIENCE_SECONDS: Final = 30
SCANNING_SECONDS: Final = 600
LONGEST_REPLY: Final = 4096
_UNREAD: Final = ("Heuristics.Encrypted", "Heuristics.Limits.Exceeded")
"""What clamd says of a file that it could not read, when it is set to alert of such (`AlertEncrypted`)."""
_FOUND: Final = re.compile(r"^stream: (.{1,200}) FOUND$")


class ScannerDown(Exception):  # noqa: N818 - the fact that stopped us
    """Nobody answers there, or not as clamd does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the scanner said; `signature` is the name of what it found."""

    scan: ScanState
    signature: str | None = None


async def scan(url: str, chunks: AsyncIterator[bytes]) -> Verdict:
    """Send the bytes with INSTREAM; raises `ScannerDown`.

    A scanner that has enough of a stream answers and closes: its answer counts, not our broken pipe.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await _connect(url)
    except (OSError, TimeoutError) as error:
        raise ScannerDown(repr(error)) from error
    try:
        async with asyncio.timeout(SCANNING_SECONDS):
            with suppress(ConnectionError):
                await _send(writer, chunks)
            reply = await reader.read(LONGEST_REPLY)
    except (OSError, TimeoutError) as error:
        raise ScannerDown(repr(error)) from error
    finally:
        writer.close()
    return _verdict(reply.rstrip(b"\0\n").decode("utf-8", "replace"))


async def _connect(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    place = urlsplit(url)
    if place.scheme == "unix":
        return await asyncio.open_unix_connection(place.path)
    return await asyncio.open_connection(place.hostname, place.port)


async def _send(writer: asyncio.StreamWriter, chunks: AsyncIterator[bytes]) -> None:
    writer.write(b"zINSTREAM\0")
    async for chunk in chunks:
        writer.write(len(chunk).to_bytes(4, "big") + chunk)
        await writer.drain()
    writer.write(bytes(4))
    await writer.drain()


def _verdict(reply: str) -> Verdict:
    if reply == "stream: OK":
        return Verdict(scan=ScanState.CLEAN)
    if found := _FOUND.match(reply):
        if found[1].startswith(_UNREAD):
            return Verdict(scan=ScanState.NOT_SCANNABLE)
        return Verdict(scan=ScanState.INFECTED, signature=found[1].replace("\0", ""))
    if "size limit exceeded" in reply:
        return Verdict(scan=ScanState.NOT_SCANNABLE)
    raise ScannerDown(f"answered {reply[:200]!r}")
