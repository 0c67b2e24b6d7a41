"""A real API process, killed while files come in: nothing half is ever seen, and nothing stays behind."""

import asyncio
import os
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from itertools import chain
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
LARGE = 128 * 1024 * 1024
MOST_MIB = 200
"""Of memory, whatever the size of the file; 2 GiB are measured by `tests.bench files`."""
HEAD = (
    '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nZápis\r\n'
    f'--x\r\nContent-Disposition: form-data; name="unit_ids"\r\n\r\n{OBRNICE}\r\n'
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
).encode()
TAIL = b"\r\n--x--\r\n"
FORM = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.fixture
def api(documents: ServiceUnderTest, tmp_path: Path) -> Iterator[Api]:
    larger = {"DOCUMENTS_MAX_FILE_BYTES": str(2 * LARGE)}
    running = Api(documents=documents, issuer=HttpIssuer(), folder=tmp_path, port=free_port(), extra=larger)
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
    whole = HEAD + content + TAIL
    with suppress(httpx.TransportError), api.client() as client:
        client.post("documents", content=body_killing(api, whole, at), headers=FORM)


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


def blocks(seed: str) -> Iterator[bytes]:
    """Give a large file of which no two blocks are alike."""
    for start in range(0, LARGE, CHUNK):
        yield sha256(f"{seed}{start}".encode()).digest() * (CHUNK // 32)


def send_large_files(api: Api) -> None:
    """Send one in pieces and one as a form, and read that one back, whole and in part."""
    headers = {**TUS, "Upload-Length": str(LARGE), "Upload-Metadata": metadata(filename="a.bin")}
    with api.client() as client:
        assert client.get("search?q=pripominky").status_code == 200  # with its dictionaries
        address = f"uploads/{client.post('uploads', headers=headers).json()['id']}"
        sent = client.patch(address, content=blocks("a"), headers={**PIECE, "Upload-Offset": "0"})
        assert sent.status_code == 204, sent.text
        assert client.get(address).json()["size_bytes"] == LARGE
        filed = client.post("documents", content=chain([HEAD], blocks("b"), [TAIL]), headers=FORM)
        assert filed.status_code == 201, filed.text
        content = f"documents/{filed.json()['document_id']}/versions/1/content"
        for part, size in (("bytes=0-", LARGE), ("bytes=1000-", LARGE - 1000)):
            with client.stream("GET", content, headers={"Range": part}) as answer:
                assert sum(map(len, answer.iter_bytes())) == size


async def test_large_files_take_no_memory_of_their_size(api: Api) -> None:
    await api.documents.hear(unit_registered())
    await asyncio.to_thread(send_large_files, api)
    assert api.peak_mib() < MOST_MIB


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
