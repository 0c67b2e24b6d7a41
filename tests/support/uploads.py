"""Filing of documents and uploads in pieces, as clients do it."""

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeAlias

import httpx
from sqlalchemy import text

from documents.outside import store_at
from documents.storage.store import FileStore
from shared.auth import Actor
from tests.support.documents import OBRNICE, unit_registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT

Facts: TypeAlias = "dict[str, str | int | list[str] | None]"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}


async def file_one(
    documents: ServiceUnderTest,
    content: bytes,
    *,
    name: str = "zapis.pdf",
    kind: str = "OTHER",
    actor: Actor = CONSULTANT,
) -> httpx.Response:
    await documents.hear(unit_registered())
    data = {"title": "Zápis z jednání", "unit_ids": [str(OBRNICE)], "kind": kind}
    async with documents.client(actor) as client:
        return await client.post("/documents", data=data, files={"file": (name, content, "text/plain")})


async def checks_of(documents: ServiceUnderTest, filed: httpx.Response) -> Facts:
    async with documents.client(CONSULTANT) as client:
        answer = await client.get(filed.headers["location"] + "/versions/1/checks")
    assert answer.status_code == 200, answer.text
    found: Facts = answer.json()
    return found


def metadata(**pairs: str) -> str:
    return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in pairs.items())


async def open_upload(
    client: httpx.AsyncClient, size: int, *, name: str = "data.bin", **pairs: str
) -> httpx.Response:
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata(filename=name, **pairs)}
    return await client.post("/uploads", headers=headers)


async def send(
    client: httpx.AsyncClient, address: str, offset: int, content: bytes | AsyncIterator[bytes], **more: str
) -> httpx.Response:
    headers = {**PIECE, "Upload-Offset": str(offset), **{k.replace("_", "-"): v for k, v in more.items()}}
    return await client.patch(address, content=content, headers=headers)


async def offset_of(client: httpx.AsyncClient, address: str) -> int:
    answer = await client.head(address, headers=TUS)
    assert answer.status_code == 200
    return int(answer.headers["upload-offset"])


def store_of(documents: ServiceUnderTest) -> FileStore:
    return store_at(documents.resources.settings.files_url)


def stored_files(documents: ServiceUnderTest, folder: str) -> list[str]:
    """Return what lies in a folder of the store, which is a folder itself in tests."""
    root = store_of(documents).folder
    assert root
    return [path.name for path in (root / folder).rglob("*") if path.is_file()]


def damage(documents: ServiceUnderTest, digest: str, content: bytes | None) -> None:
    root = store_of(documents).folder
    assert root
    path = root / "sha256" / digest[:2] / digest[2:]
    with suppress(FileNotFoundError):
        path.unlink()
    if content is not None:
        path.write_bytes(content)


async def grow_older(documents: ServiceUnderTest, table: str, column: str, by: timedelta) -> None:
    """Move the clock of rows back: what waits for time is due then."""
    async with documents.resources.engine.begin() as connection:
        await connection.execute(
            text(f"UPDATE {table} SET {column} = {column} - CAST(:by AS interval)"),  # noqa: S608
            {"by": by},
        )


async def moment_of(documents: ServiceUnderTest, statement: str) -> datetime | None:
    async with documents.resources.engine.connect() as connection:
        found: datetime | None = await connection.scalar(text(statement))
        return found
