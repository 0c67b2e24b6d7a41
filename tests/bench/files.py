"""Files of 2 GiB there and back, each way: peak memory of the process, and pace, beside a bare one's."""

import asyncio
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import boto3  # type: ignore[import-untyped]
import httpx

from documents.app import SERVICE
from embedded.process import Process, free_port
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.support.api_process import Api, forget_peak, peak_mib
from tests.support.documents import OBRNICE, unit_registered
from tests.support.issuer import HttpIssuer
from tests.support.seaweed import KEY, a_seaweed
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import a_service
from tests.support.uploads import PIECE, TUS, metadata

MIB: Final = 1024 * 1024
SIZE: Final = int(os.environ.get("BENCH_FILE_BYTES", str(2 * 1024**3)))
BLOCK: Final = MIB
RANGES: Final = 8
HEAD: Final = (
    '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nData\r\n'
    f'--x\r\nContent-Disposition: form-data; name="unit_ids"\r\n\r\n{OBRNICE}\r\n'
    '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nOTHER\r\n'
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
).encode()
TAIL: Final = b"\r\n--x--\r\n"


def bench() -> None:
    heading(f"A file of {SIZE // MIB:,} MiB: peak memory of the process in each step (aim: below 200), pace")
    table("", "seconds", "MiB/s", "peak memory, MiB")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats = start_nats(folder / "nats")
        stack.callback(nats.stop)
        _written_once(folder)
        _one_store(postgres, nats, folder, (folder / "files").as_uri(), "folder", {})
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
        _one_store(postgres, nats, folder, "s3://pospolu/files", "S3 (SeaweedFS)", environ)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def blocks(seed: str) -> Iterator[bytes]:
    """Give the bytes; no two blocks are alike, nor two files."""
    for start in range(0, SIZE, BLOCK):
        yield hashlib.sha256(f"{seed} {start}".encode()).digest() * (BLOCK // 32)


def _written_once(folder: Path) -> None:
    with _step("the disk alone: hashed and written once, with fsync", None):
        seen = hashlib.sha256()
        with (folder / "floor").open("wb") as file:
            for block in blocks("disk"):
                seen.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    (folder / "floor").unlink()


def _one_store(
    postgres: PostgresServer, nats: NatsServer, folder: Path, url: str, name: str, extra: dict[str, str]
) -> None:
    _bare(folder, url, name)
    asyncio.run(_bench(postgres, nats, folder, url, name, extra))


def _bare(folder: Path, url: str, name: str) -> None:
    port = free_port()
    environment = {**os.environ, "BENCH_PORT": str(port), "BENCH_FILES_URL": f"{url}-bare"}
    command = [sys.executable, "-m", "tests.bench.bare_files"]
    process = Process("bare-files", command, log=folder / "bare.log", environment=environment)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=900, trust_env=False) as client:
            process.wait(lambda: _answers(client), seconds=60)
            with _step(f"{name}: floor: bare Starlette, sent", process.pid):
                assert client.put("/", content=blocks("floor")).status_code == 204
            with _step(f"{name}: floor: bare Starlette, read back", process.pid):
                assert _read(client, "/")[1] == SIZE
    finally:
        process.kill()


def _answers(client: httpx.Client) -> bool:
    with suppress(httpx.TransportError):
        return client.get("/nothing").status_code == 404
    return False


async def _bench(
    postgres: PostgresServer, nats: NatsServer, folder: Path, url: str, name: str, extra: dict[str, str]
) -> None:
    async with a_service(SERVICE, postgres, nats, FILES_URL=url) as documents:
        await documents.hear(unit_registered())
        environ = {**extra, "DOCUMENTS_MAX_FILE_BYTES": str(4 * 1024**3)}
        api = Api(documents=documents, issuer=HttpIssuer(), folder=folder, port=free_port(), extra=environ)
        api.begin()
        try:
            await asyncio.to_thread(_there_and_back, api, name)
        finally:
            api.kill()
            api.issuer.stop()


def _there_and_back(api: Api, name: str) -> None:
    assert api.process
    pid = api.process.pid
    row(f"{name}: API at rest", "", "", str(peak_mib(pid)))
    with api.client() as client:
        client.timeout = httpx.Timeout(900)
        with _step(f"{name}: sent in pieces (tus), put together, examined", pid):
            upload_id = _in_pieces(client)
        body = {"title": "Data", "kind": "OTHER", "upload_id": upload_id}
        filed = client.post("documents/from-upload", json=body)
        assert filed.status_code == 201, filed.text
        with _step(f"{name}: sent as a form, examined", pid):
            _as_a_form(client)
        content = f"documents/{filed.json()['document_id']}/versions/1/content"
        with _step(f"{name}: read back whole, hashed by the client", pid):
            digest, _ = _read(client, content)
        assert digest == filed.json()["added"]["digest"]
        with _step(f"{name}: read back in {RANGES} ranges", pid):
            part = SIZE // RANGES
            for start in range(0, SIZE, part):
                assert _read(client, content, f"bytes={start}-{start + part - 1}")[1] == part


def _in_pieces(client: httpx.Client) -> str:
    headers = {**TUS, "Upload-Length": str(SIZE), "Upload-Metadata": metadata(filename="a.bin")}
    upload_id = str(client.post("uploads", headers=headers).json()["id"])
    sent = client.patch(
        f"uploads/{upload_id}", content=blocks("pieces"), headers={**PIECE, "Upload-Offset": "0"}
    )
    assert sent.status_code == 204, sent.text
    return upload_id


def _as_a_form(client: httpx.Client) -> None:
    def body() -> Iterator[bytes]:
        yield HEAD
        yield from blocks("form")
        yield TAIL

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    sent = client.post("documents", content=body(), headers=headers)
    assert sent.status_code == 201, sent.text


def _read(client: httpx.Client, address: str, part: str | None = None) -> tuple[str, int]:
    seen, size = hashlib.sha256(), 0
    with client.stream("GET", address, headers={"Range": part} if part else {}) as answer:
        assert answer.status_code == (206 if part else 200)
        for chunk in answer.iter_bytes():
            seen.update(chunk)
            size += len(chunk)
    return seen.hexdigest(), size


@contextmanager
def _step(name: str, pid: int | None) -> Iterator[None]:
    if pid is not None:
        forget_peak(pid)
    started = time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    peak = "" if pid is None else str(peak_mib(pid))
    row(name, f"{seconds:.1f}", f"{SIZE / MIB / seconds:,.0f}", peak)
