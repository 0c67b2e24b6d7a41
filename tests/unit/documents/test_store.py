"""The content-addressed store in a folder."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from documents.storage.store import ONE_REQUEST, FileDamaged, FileLost, FileStore, key_of
from tests.support.documents import digest_of

LARGE = os.urandom(1024) * (ONE_REQUEST // 1024 + 2048)


def a_store(folder: Path) -> FileStore:
    return FileStore(f"file://{folder}/files")


def files_in(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


async def read(
    store: FileStore,
    content: bytes,
    *,
    start: int = 0,
    end: int | None = None,
    into: list[bytes] | None = None,
) -> bytes:
    seen = [] if into is None else into
    end = len(content) if end is None else end
    chunks = await store.open(digest_of(content), start=start, end=end, size_bytes=len(content))
    async for chunk in chunks:
        seen.append(chunk)
    return b"".join(seen)


@pytest.mark.parametrize("content", [b"", b"x", "Žluťoučký kůň".encode(), LARGE], ids=len)
async def test_what_was_put_is_read_back(tmp_path: Path, content: bytes) -> None:
    store = a_store(tmp_path)
    digest = await store.put_bytes(content)
    assert digest == digest_of(content)
    assert await read(store, content) == content


async def test_the_key_is_the_digest(tmp_path: Path) -> None:
    digest = await a_store(tmp_path).put_bytes(b"obsah")
    assert files_in(tmp_path) == [tmp_path / "files" / "sha256" / digest[:2] / digest[2:]]
    assert key_of(digest).endswith(digest[2:])


@pytest.mark.parametrize("content", [b"small", LARGE], ids=len)
async def test_writers_of_the_same_content_do_not_disturb_each_other(tmp_path: Path, content: bytes) -> None:
    stores = [a_store(tmp_path) for _ in range(8)]
    await asyncio.gather(*(store.put_bytes(content) for store in stores))
    assert len(files_in(tmp_path)) == 1
    assert await read(stores[0], content) == content


async def test_a_part_of_a_file_can_be_read(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    await store.put_bytes(LARGE)
    assert await read(store, LARGE, start=5, end=5_000_000) == LARGE[5:5_000_000]


async def test_a_file_that_vanished_is_noticed_before_the_first_byte(tmp_path: Path) -> None:
    with pytest.raises(FileLost):
        await read(a_store(tmp_path), b"never put")


@pytest.mark.parametrize("content", [b"small", LARGE], ids=len)
async def test_a_damaged_file_is_never_read_to_its_end(tmp_path: Path, content: bytes) -> None:
    store = a_store(tmp_path)
    await store.put_bytes(content)
    (path,) = files_in(tmp_path)
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    seen: list[bytes] = []
    with pytest.raises(FileDamaged):
        await read(store, content, into=seen)
    assert sum(map(len, seen)) < len(content)


@pytest.mark.parametrize("left", [b"", b"cont", b"content and more"])
async def test_a_file_of_another_size_is_damaged_before_its_first_byte(tmp_path: Path, left: bytes) -> None:
    store = a_store(tmp_path)
    await store.put_bytes(b"content")
    files_in(tmp_path)[0].write_bytes(left)
    for start, end in ((0, 7), (5, 6)):
        seen: list[bytes] = []
        with pytest.raises(FileDamaged):
            await read(store, b"content", start=start, end=end, into=seen)
        assert not seen


async def test_putting_a_truncated_file_again_heals_it(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    await store.put_bytes(b"content")
    files_in(tmp_path)[0].write_bytes(b"")
    await store.put_bytes(b"content")
    assert await read(store, b"content") == b"content"


async def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    await store.put_bytes(b"content")
    before = files_in(tmp_path)[0].stat().st_ino
    await store.put_bytes(b"content")
    assert files_in(tmp_path)[0].stat().st_ino == before


WRITER = """
import asyncio, hashlib, io, sys
from documents.storage.store import FileStore
content = b"x" * int(sys.argv[2])
digest = hashlib.sha256(content).hexdigest()
put = FileStore(sys.argv[1]).put(io.BytesIO(content), digest=digest, size_bytes=len(content))
asyncio.run(put)
"""


@pytest.mark.parametrize("size", [7_000_000, 60_000_000])
def test_a_writer_killed_at_work_leaves_no_half_file(tmp_path: Path, size: int) -> None:
    url = f"file://{tmp_path}/files"
    with subprocess.Popen([sys.executable, "-c", WRITER, url, str(size)]) as writer:
        while not files_in(tmp_path) and writer.poll() is None:
            os.sched_yield()
        writer.kill()
    content = b"x" * size
    visible = tmp_path / "files" / key_of(digest_of(content))
    assert not visible.exists() or visible.stat().st_size == size
    asyncio.run(FileStore(url).put_bytes(content))
    assert visible.read_bytes() == content
