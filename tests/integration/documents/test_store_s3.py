"""The content-addressed store in an S3-compatible one."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from moto.server import ThreadedMotoServer

from documents.storage.store import ONE_REQUEST, FileDamaged, FileLost, FileStore, key_of
from tests.support.seaweed import a_seaweed

BUCKET = "pospolu"


@pytest.fixture(scope="module", params=["moto", "seaweedfs"])
def s3_origin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a mock that says what it was asked, and a server that keeps what it is given."""
    if request.param == "seaweedfs":
        with a_seaweed(tmp_path_factory.mktemp("seaweed")) as origin:
            yield origin
        return
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(s3_origin: str, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    environ = {
        "AWS_ENDPOINT_URL": s3_origin,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    with suppress(ClientError):  # it stands from the test before
        _client(s3_origin).create_bucket(Bucket=BUCKET)
    return FileStore(f"s3://{BUCKET}/files")


def _client(origin: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library builds its class at run time
    return boto3.client(
        "s3",
        endpoint_url=origin,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


async def read(store: FileStore, content: bytes, *, start: int = 0) -> bytes:
    digest = sha256(content).hexdigest()
    chunks = await store.open(digest, start=start, end=len(content), size_bytes=len(content))
    return b"".join([chunk async for chunk in chunks])


@pytest.mark.parametrize("size", [0, 10, ONE_REQUEST + 5_000_000])
async def test_what_was_put_is_read_back(store: FileStore, size: int) -> None:
    content = os.urandom(size)
    await store.put_bytes(content)
    assert await read(store, content) == content


async def test_a_part_of_a_file_can_be_read(store: FileStore) -> None:
    content = os.urandom(1_000_000)
    await store.put_bytes(content)
    assert await read(store, content, start=999_000) == content[999_000:]


async def test_writers_of_the_same_content_do_not_disturb_each_other(store: FileStore) -> None:
    content = os.urandom(1000)
    await asyncio.gather(*(store.put_bytes(content) for _ in range(8)))
    assert await read(store, content) == content


async def test_what_is_there_is_not_written_again(store: FileStore, s3_origin: str) -> None:
    content = os.urandom(1000)
    key = "files/" + key_of(await store.put_bytes(content))
    client = _client(s3_origin)
    before = client.head_object(Bucket=BUCKET, Key=key)["LastModified"]
    client.put_object_tagging(
        Bucket=BUCKET, Key=key, Tagging={"TagSet": [{"Key": "written", "Value": "once"}]}
    )
    await store.put_bytes(content)
    assert client.head_object(Bucket=BUCKET, Key=key)["LastModified"] == before
    tags = client.get_object_tagging(Bucket=BUCKET, Key=key)["TagSet"]
    assert tags == [{"Key": "written", "Value": "once"}]


async def test_a_file_that_vanished_is_noticed(store: FileStore) -> None:
    with pytest.raises(FileLost):
        await read(store, b"never put")


async def test_a_damaged_file_is_never_read_to_its_end(store: FileStore, s3_origin: str) -> None:
    content = os.urandom(1000)
    key = "files/" + key_of(await store.put_bytes(content))
    _client(s3_origin).put_object(Bucket=BUCKET, Key=key, Body=b"x" * 1000)
    with pytest.raises(FileDamaged):
        await read(store, content)


async def test_pieces_are_kept_listed_and_removed(store: FileStore) -> None:
    later = datetime.now(UTC) + timedelta(minutes=5)
    for number in range(3):
        await store.put_piece(f"uploads/x/{number}", bytes([number]) * 1000)
    assert await store.piece("uploads/x/1") == bytes([1]) * 1000
    await store.remove_piece("uploads/x/1")
    await store.remove_piece("uploads/x/1")
    with pytest.raises(FileLost):
        await store.piece("uploads/x/1")
    listed = [key async for keys in store.pieces("uploads/x/", older_than=later) for key in keys]
    assert sorted(listed) == ["uploads/x/0", "uploads/x/2"]
    young = store.pieces("uploads/x/", older_than=later - timedelta(hours=1))
    assert [key async for keys in young for key in keys] == []


async def test_what_lies_in_the_store_is_listed_by_digest_and_can_be_removed(store: FileStore) -> None:
    content = os.urandom(1000)
    digest = await store.put_bytes(content)
    later = datetime.now(UTC) + timedelta(minutes=5)
    found = {name: size async for some in store.digests(older_than=later) for name, size in some.items()}
    assert found[digest] == 1000
    assert await store.holds(digest, size_bytes=1000)
    assert not await store.holds(digest, size_bytes=999)
    await store.remove(digest)
    assert not await store.holds(digest, size_bytes=1000)


async def test_a_file_is_written_anew_where_it_is_damaged(store: FileStore, s3_origin: str) -> None:
    content = os.urandom(1000)
    digest = await store.put_bytes(content)
    _client(s3_origin).put_object(Bucket=BUCKET, Key="files/" + key_of(digest), Body=b"x" * 1000)
    await store.put(BytesIO(content), digest=digest, size_bytes=1000, anew=True)
    assert await read(store, content) == content
