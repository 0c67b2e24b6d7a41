"""A real API process, killed while files come in: nothing half is ever seen, and nothing stays behind."""

import asyncio
import os
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Timer

import httpx
import pytest
from sqlalchemy import text

from documents.inspection.use_cases import remove_unnamed
from documents.uploads.use_cases import clean
from embedded.process import free_port
from tests.support.api_process import Api
from tests.support.documents import unit_registered
from tests.support.issuer import HttpIssuer
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE
from tests.support.uploads import PIECE, TUS, grow_older, metadata, store_of

KILLS = int(os.environ.get("E2E_KILLS", "6"))
"""How often the process dies; the measurement takes 100."""
CHUNK = 256 * 1024
CONTENT = b"".join(bytes([n % 251]) * CHUNK for n in range(80))
"""20 MiB: three pieces."""
OLD = timedelta(days=5)


@pytest.fixture
def api(documents: ServiceUnderTest, tmp_path: Path) -> Iterator[Api]:
    running = Api(documents=documents, issuer=HttpIssuer(), folder=tmp_path, port=free_port())
    running.begin()
    yield running
    running.kill()
    running.issuer.stop()


def body_killing(api: Api, content: bytes, at: int) -> Iterator[bytes]:
    """Give the content in chunks; the process dies before chunk `at`, or soon after the last one."""
    for number, start in enumerate(range(0, len(content), CHUNK)):
        if number == at:
            api.kill()
        yield content[start : start + CHUNK]
    if at * CHUNK >= len(content):
        assert api.process
        Timer(random.random() / 3, api.process.kill).start()  # noqa: S311 - a moment, not a secret


def push(api: Api, content: bytes, at: int) -> None:
    """Send a document as a form, while the process dies."""
    head = (
        '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nZápis\r\n'
        f'--x\r\nContent-Disposition: form-data; name="unit_ids"\r\n\r\n{OBRNICE}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    ).encode()
    whole = head + content + b"\r\n--x--\r\n"
    with suppress(httpx.TransportError), api.client() as client:
        client.post(
            "documents",
            content=body_killing(api, whole, at),
            headers={"Content-Type": "multipart/form-data; boundary=x"},
        )


def go_on(api: Api, address: str, at: int) -> None:
    """Send the rest of an upload, while the process dies."""
    with suppress(httpx.TransportError), api.client() as client:
        offset = int(client.head(address, headers=TUS).headers["upload-offset"])
        client.patch(
            address,
            content=body_killing(api, CONTENT[offset:], at),
            headers={**PIECE, "Upload-Offset": str(offset)},
        )


def open_one(api: Api) -> str:
    headers = {**TUS, "Upload-Length": str(len(CONTENT)), "Upload-Metadata": metadata(filename="a.bin")}
    with api.client() as client:
        opened = client.post("uploads", headers=headers)
    assert opened.status_code == 201, opened.text
    return f"uploads/{opened.json()['id']}"


def finish(api: Api, address: str) -> dict[str, str]:
    with api.client() as client:
        found = client.get(address).json()
        if found["state"] == "receiving":
            offset = found["offset_bytes"]
            answer = client.patch(
                address, content=CONTENT[offset:], headers={**PIECE, "Upload-Offset": str(offset)}
            )
            assert answer.status_code == 204, answer.text
        state: dict[str, str] = client.get(address).json()
    return state


def blocks(size: int) -> Iterator[bytes]:
    """Give so many bytes of which no two blocks are alike."""
    for start in range(0, size, CHUNK):
        yield sha256(str(start).encode()).digest() * (CHUNK // 32)


def peak_of_a_large_file(api: Api, size: int) -> tuple[int, int]:
    """Return the memory before and after a file went there and back, in MiB."""
    before = api.peak_mib()
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata(filename="a.bin")}
    with api.client() as client:
        address = f"uploads/{client.post('uploads', headers=headers).json()['id']}"
        sent = client.patch(address, content=blocks(size), headers={**PIECE, "Upload-Offset": "0"})
        assert sent.status_code == 204, sent.text
        assert client.get(address).json()["size_bytes"] == size
    return before, api.peak_mib()


async def test_a_large_file_takes_no_memory_of_its_size(api: Api) -> None:
    before, after = await asyncio.to_thread(peak_of_a_large_file, api, 256 * 1024 * 1024)
    assert after - before < 110


async def test_a_process_killed_while_files_come_in_leaves_nothing_half(api: Api) -> None:
    documents = api.documents
    await documents.hear(unit_registered())
    chance = random.Random(KILLS)  # noqa: S311 - moments, not secrets
    address = await asyncio.to_thread(open_one, api)
    for number in range(KILLS):
        at = chance.choice([chance.randrange(82), 10**6])
        if number % 2:
            content = bytes([number]) * chance.randrange(1, 12_000_000)
            await asyncio.to_thread(push, api, content, at if at > 81 else at // 2)
        else:
            await asyncio.to_thread(go_on, api, address, at)
        api.kill()
        await asyncio.to_thread(api.begin)
        state = await asyncio.to_thread(seen, api, address)
        if state in {"received", "ready"}:
            address = await asyncio.to_thread(open_one, api)
    last = await asyncio.to_thread(finish, api, address)
    assert (last["state"], last["digest"]) == ("ready", sha256(CONTENT).hexdigest())
    await expect_nothing_behind(documents, last["digest"])


def seen(api: Api, address: str) -> str:
    """Read everything that is there as a person would, and say how the upload stands."""
    with api.client() as client:
        for item in client.get("documents?limit=200").json()["items"]:
            version = item["latest_version"]
            content = client.get(f"documents/{item['id']}/versions/1/content")
            assert content.status_code == 200
            assert len(content.content) == version["size_bytes"]
            assert sha256(content.content).hexdigest() == version["digest"]
        return str(client.get(address).json()["state"])


async def expect_nothing_behind(documents: ServiceUnderTest, uploaded: str) -> None:
    root = store_of(documents).folder
    assert root
    for path in root.rglob("*"):
        os.utime(path, (0, 0))
    await grow_older(documents, "blob", "touched_at", OLD)
    async with documents.transaction() as tick:
        await clean(tick, documents.resources.settings)
        await remove_unnamed(tick, store_of(documents))
    async with documents.resources.engine.connect() as connection:
        named = set(await connection.scalars(text("SELECT digest FROM document_version"))) | {uploaded}
        parts = set(await connection.scalars(text("SELECT key FROM upload_part")))
    left = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert {name.removeprefix("sha256/").replace("/", "") for name in left if name[:7] == "sha256/"} == named
    assert {name for name in left if name.startswith("uploads/")} == parts
    assert not {name for name in left if "#" in name}
