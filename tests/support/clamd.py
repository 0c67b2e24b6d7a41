"""A small scanner that speaks clamd's INSTREAM: knows EICAR, can be slow to come up, has a limit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(slots=True, kw_only=True)
class Clamd:
    """`seen` are the sizes of the streams; `answer` takes the place of its own judgement."""

    url: str = ""
    limit: int = 25 * 1024 * 1024
    answer: bytes | None = None
    seen: list[int] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        content = bytearray()
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(size)
            if len(content) > self.limit:
                writer.write(b"INSTREAM size limit exceeded. ERROR\0")
                writer.close()
                return
        self.seen.append(len(content))
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        writer.write(self.answer or found)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def a_clamd(**facts: int) -> AsyncIterator[Clamd]:
    clamd = Clamd(**facts)  # type: ignore[arg-type]
    server = await asyncio.start_server(clamd.serve, "127.0.0.1", 0)
    clamd.url = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield clamd
