"""A file of 2 GiB there and back: the memory of the API process, and its pace beside that of the disk."""

import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import boto3  # type: ignore[import-untyped]

from documents.app import SERVICE
from embedded.process import free_port
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.support.api_process import Api
from tests.support.issuer import HttpIssuer
from tests.support.seaweed import KEY, a_seaweed
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import a_service
from tests.support.uploads import PIECE, TUS, metadata

SIZE = int(os.environ.get("BENCH_FILE_BYTES", str(2 * 1024**3)))
BLOCK = 1024 * 1024
MIB = 1024 * 1024


def bench() -> None:
    heading(f"A file of {SIZE // MIB:,} MiB: memory of the API process (at most 200 MiB) and pace")
    table("", "seconds", "MiB/s", "peak memory, MiB")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats = start_nats(folder / "nats")
        stack.callback(nats.stop)
        _floor(folder)
        asyncio.run(_bench(postgres, nats, folder, (folder / "files").as_uri(), "folder", {}))
        origin = stack.enter_context(a_seaweed(folder))
        environ = {
            "AWS_ENDPOINT_URL": origin,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": KEY,
        }
        stack.enter_context(_environment(environ))
        boto3.client("s3").create_bucket(Bucket="pospolu")
        asyncio.run(_bench(postgres, nats, folder, "s3://pospolu/files", "S3 (SeaweedFS)", environ))


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def blocks() -> Iterator[bytes]:
    """Give the bytes; no two blocks are alike."""
    for start in range(0, SIZE, BLOCK):
        yield hashlib.sha256(str(start).encode()).digest() * (BLOCK // 32)


def _floor(folder: Path) -> None:
    started = time.perf_counter()
    seen = hashlib.sha256()
    with (folder / "floor").open("wb") as file:
        for block in blocks():
            seen.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    _tell("floor: hashed and written once, with fsync", time.perf_counter() - started, None)
    (folder / "floor").unlink()


async def _bench(
    postgres: PostgresServer, nats: NatsServer, folder: Path, url: str, name: str, extra: dict[str, str]
) -> None:
    async with a_service(SERVICE, postgres, nats, FILES_URL=url) as documents:
        api = Api(documents=documents, issuer=HttpIssuer(), folder=folder, port=free_port(), extra=extra)
        api.begin()
        try:
            _tell(f"{name}: API at rest", None, api.peak_mib())
            address = await asyncio.to_thread(_there, api, name)
            await asyncio.to_thread(_and_back, api, name, address)
        finally:
            api.kill()
            api.issuer.stop()


def _there(api: Api, name: str) -> str:
    headers = {**TUS, "Upload-Length": str(SIZE), "Upload-Metadata": metadata(filename="a.bin")}
    with api.client() as client:
        client.timeout = 600
        address = f"uploads/{client.post('uploads', headers=headers).json()['id']}"
        started = time.perf_counter()
        sent = client.patch(address, content=blocks(), headers={**PIECE, "Upload-Offset": "0"})
        assert sent.status_code == 204, sent.text
    _tell(f"{name}: sent, put together, examined", time.perf_counter() - started, api.peak_mib())
    return address


def _and_back(api: Api, name: str, address: str) -> None:
    with api.client() as client:
        client.timeout = 600
        body = {"title": "Data", "kind": "OTHER", "upload_id": address.removeprefix("uploads/")}
        filed = client.post("documents/from-upload", json=body)
        assert filed.status_code == 201, filed.text
        seen, started = hashlib.sha256(), time.perf_counter()
        content = f"documents/{filed.json()['document_id']}/versions/1/content"
        with client.stream("GET", content) as answer:
            for chunk in answer.iter_bytes():
                seen.update(chunk)
        assert seen.hexdigest() == filed.json()["added"]["digest"]
    _tell(f"{name}: read back, hashed by the client", time.perf_counter() - started, api.peak_mib())


def _tell(name: str, seconds: float | None, peak: int | None) -> None:
    pace = (f"{seconds:.1f}", f"{SIZE / MIB / seconds:,.0f}") if seconds else ("", "")
    row(name, *pace, "" if peak is None else str(peak))
