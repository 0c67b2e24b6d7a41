"""Uploads in pieces: tus 1.0.0 over HTTP, on a folder as the store."""

import asyncio
import os
from base64 import b64encode
from datetime import timedelta
from hashlib import sha1, sha256
from uuid import UUID, uuid4

import pytest

from documents.uploads.domain import MOST_OPEN, PIECE, UploadNotReady, UploadUnknown
from documents.uploads.use_cases import clean, finish_uploads, take_upload
from shared.contracts.base import Role
from shared.http.problems import STATUS
from tests.support.documents import OBRNICE, unit_registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import BY_ROLE, CONSULTANT, COORDINATOR
from tests.support.uploads import (
    PIECE as HEADERS,
)
from tests.support.uploads import (
    TUS,
    grow_older,
    moment_of,
    offset_of,
    open_upload,
    send,
    store_of,
    stored_files,
)

CONTENT = os.urandom(1000) * 25_000
"""Three pieces."""


async def a_whole_upload(documents: ServiceUnderTest, content: bytes = b"obsah\n", **pairs: str) -> UUID:
    async with documents.client(CONSULTANT) as client:
        opened = await open_upload(client, len(content), **({"name": "a.txt"} | pairs))
        sent = await send(client, opened.headers["location"], 0, content)
    assert sent.status_code == 204, sent.text
    return UUID(opened.json()["id"])


async def test_a_file_that_came_in_pieces_is_one_file(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        opened = await open_upload(client, len(CONTENT))
        assert opened.status_code == 201, opened.text
        assert opened.headers["tus-resumable"] == "1.0.0"
        assert opened.headers["upload-expires"].endswith("GMT")
        address, cut = opened.headers["location"], 10_000_001
        first = await send(client, address, 0, CONTENT[:cut])
        assert (first.status_code, first.headers["upload-offset"]) == (204, str(cut))
        assert await offset_of(client, address) == cut
        assert stored_files(documents, f"uploads/{opened.json()['id']}")
        last = await send(client, address, cut, CONTENT[cut:])
        assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(CONTENT)))
        found = (await client.get(address)).json()
    assert (found["state"], found["digest"]) == ("ready", sha256(CONTENT).hexdigest())
    assert found["digest"][2:] in stored_files(documents, "sha256")
    assert stored_files(documents, f"uploads/{opened.json()['id']}") == []


async def test_who_sends_from_elsewhere_is_told_where_the_upload_goes_on(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        address = (await open_upload(client, 100)).headers["location"]
        await send(client, address, 0, b"x" * 40)
        for offset in (0, 39, 41, 100):
            answer = await send(client, address, offset, b"x")
            assert answer.status_code == 409
            assert answer.json()["offset_bytes"] == 40
        assert (await send(client, address, 40, b"x" * 61)).status_code == 413
        assert (await send(client, address, 40, b"")).status_code == 204
        assert await offset_of(client, address) == 40


async def test_of_two_at_one_offset_one_goes_on(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        opened = await open_upload(client, 2000)
        address = opened.headers["location"]
        answers = await asyncio.gather(*(send(client, address, 0, bytes([n]) * 1000) for n in range(4)))
        assert sorted(answer.status_code for answer in answers) == [204, 409, 409, 409]
        assert await offset_of(client, address) == 1000
        assert len(stored_files(documents, f"uploads/{opened.json()['id']}")) == 1


async def test_a_checksum_that_differs_takes_nothing(documents: ServiceUnderTest) -> None:
    content = CONTENT[: PIECE + 100]
    right = f"sha1 {b64encode(sha1(content, usedforsecurity=False).digest()).decode()}"
    async with documents.client(CONSULTANT) as client:
        opened = await open_upload(client, len(content))
        address = opened.headers["location"]
        wrong = await send(client, address, 0, content[:-1] + b"?", upload_checksum=right)
        assert wrong.status_code == 460
        assert await offset_of(client, address) == 0
        assert stored_files(documents, f"uploads/{opened.json()['id']}") == []
        for unreadable in ("md4 YQ==", "sha1", "sha1 ?"):
            answer = await send(client, address, 0, content, upload_checksum=unreadable)
            assert answer.status_code == 422
        assert (await send(client, address, 0, content, upload_checksum=right)).status_code == 204


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2", "Upload-Length": "5"}, 412),
        ({"Upload-Length": "5"}, 412),
        (TUS, 422),
        ({**TUS, "Upload-Length": "-1"}, 422),
        ({**TUS, "Upload-Length": "9" * 18}, 413),
        ({**TUS, "Upload-Length": "0"}, 422),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "filename ?"}, 422),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "filename YQ==,filename YQ=="}, 422),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "filename AA=="}, 422),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "kind WA=="}, 422),
    ],
)
async def test_an_upload_that_makes_no_sense_is_refused(
    documents: ServiceUnderTest, headers: dict[str, str], status: int
) -> None:
    async with documents.client(CONSULTANT) as client:
        answer = await client.post("/uploads", headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_upload_is_its_owners_alone(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        address = (await open_upload(client, 5)).headers["location"]
    async with documents.client(COORDINATOR) as other:
        assert (await other.head(address)).status_code == 404
        assert (await send(other, address, 0, b"x")).status_code == 404
        assert (await other.delete(address, headers=TUS)).status_code == 404
    async with documents.client(BY_ROLE[Role.MAYOR]) as mayor:
        assert (await open_upload(mayor, 5)).status_code == 403
    async with documents.client(CONSULTANT) as client:
        plain = await client.patch(
            address, content=b"x", headers={**HEADERS, "Upload-Offset": "0", "Content-Type": "text/plain"}
        )
        assert plain.status_code == 415


async def test_an_upload_that_was_given_up_leaves_nothing(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        opened = await open_upload(client, 10)
        address = opened.headers["location"]
        await send(client, address, 0, b"12345")
        assert (await client.delete(address, headers=TUS)).status_code == 204
        assert (await client.head(address)).status_code == 404
    assert stored_files(documents, f"uploads/{opened.json()['id']}") == []


async def test_a_person_has_so_many_uploads_at_once(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        answers = await asyncio.gather(*(open_upload(client, 5) for _ in range(MOST_OPEN + 2)))
    assert sorted(answer.status_code for answer in answers) == [201] * MOST_OPEN + [409] * 2


async def test_a_hostile_file_that_came_in_pieces_says_why_it_is_refused(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        address = (await open_upload(client, 204, name="faktura.pdf")).headers["location"]
        answer = await send(client, address, 0, b"MZ\x90\x00" + bytes(200))
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (422, "program-refused")
        found = (await client.get(address, headers={"Accept-Language": "en"})).json()
    assert (found["state"], found["refusal"]["code"]) == ("refused", "program-refused")
    assert found["refusal"]["title"].startswith("We take no programs")


async def test_a_document_takes_a_whole_upload_once(documents: ServiceUnderTest) -> None:
    upload_id = await a_whole_upload(documents)
    async with documents.transaction(COORDINATOR) as tx:
        with pytest.raises(UploadUnknown):
            await take_upload(tx, upload_id)
    async with documents.transaction(CONSULTANT) as tx:
        file = await take_upload(tx, upload_id, kind="ZAPIS")
    assert (file.digest, file.name) == (sha256(b"obsah\n").hexdigest(), "a.txt")
    assert (file.media_type, file.size_bytes) == ("text/plain", 6)
    async with documents.transaction(CONSULTANT) as tx:
        with pytest.raises(UploadNotReady):
            await take_upload(tx, upload_id)
        with pytest.raises(UploadUnknown):
            await take_upload(tx, uuid4())
    assert issubclass(UploadNotReady, tuple(kind for kind, status in STATUS.items() if status == 409))


async def test_documents_and_versions_take_an_upload_at_their_own_addresses(
    documents: ServiceUnderTest,
) -> None:
    await documents.hear(unit_registered())
    first, second = await a_whole_upload(documents), await a_whole_upload(documents)
    body = {"title": "Zápis", "kind": "ZAPIS", "unit_ids": [str(OBRNICE)]}
    async with documents.client(CONSULTANT) as client:
        nothing = await client.post("/documents", json=body)
        assert (nothing.status_code, nothing.json()["errors"][0]["pointer"]) == (422, "/upload_id")
        torn = await client.post("/documents", content=b"{", headers={"Content-Type": "application/json"})
        assert torn.status_code == 422
        named, once = {**body, "upload_id": str(first)}, {"Idempotency-Key": "jednou"}
        filed = await client.post("/documents", json=named, headers=once)
        assert filed.status_code == 201, filed.text
        assert (await client.post("/documents", json=named, headers=once)).json() == filed.json()
        again = await client.post("/documents", json={**body, "upload_id": str(first)})
        assert again.json()["type"].endswith("upload-not-ready")
        grown = await client.post(
            f"{filed.headers['location']}/versions", json={"label": "Druhá", "upload_id": str(second)}
        )
        assert (grown.status_code, grown.json()["added"]["label"]) == (201, "Druhá"), grown.text
        content = await client.get(grown.headers["location"])
    assert content.content == b"obsah\n"


async def test_what_the_protocol_offers_is_told_to_anybody(documents: ServiceUnderTest) -> None:
    async with documents.client(None) as client:
        told = await client.options("/uploads")
    assert (told.status_code, told.headers["tus-version"]) == (204, "1.0.0")
    assert "checksum" in told.headers["tus-extension"]
    assert int(told.headers["tus-max-size"]) > 2 * 1024**3


async def test_time_cleans_up(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        opened = await open_upload(client, 10)
        await send(client, opened.headers["location"], 0, b"12345")
        await grow_older(documents, "upload", "expires_at", timedelta(days=4))
        assert (await client.head(opened.headers["location"])).status_code == 404
        assert (await send(client, opened.headers["location"], 5, b"67890")).status_code == 404
    folder = f"uploads/{opened.json()['id']}"
    async with documents.transaction() as tick:
        await clean(tick, documents.resources.settings)
    assert len(stored_files(documents, folder)) == 1, "what was just written may belong to somebody"
    for path in store_paths(documents, folder):
        os.utime(path, (0, 0))
    async with documents.transaction() as tick:
        assert await clean(tick, documents.resources.settings) >= 1
    assert stored_files(documents, folder) == []
    assert await moment_of(documents, "SELECT min(created_at) FROM upload") is None


def store_paths(documents: ServiceUnderTest, folder: str) -> list[str]:
    root = store_of(documents).folder
    assert root
    return [str(path) for path in (root / folder).rglob("*") if path.is_file()]


async def test_what_a_process_left_when_it_died_is_put_together(
    documents: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import text

    from documents.storage import pieces

    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(pieces, "put_together", dies)
        async with documents.client(CONSULTANT) as client:
            opened = await open_upload(client, 5, name="a.txt")
            assert (await send(client, opened.headers["location"], 0, b"12345")).status_code == 500
    settings = documents.resources.settings
    for name in ("database_url", "nats_url", "nats_monitor_url", "oidc_issuer", "files_url"):
        monkeypatch.setenv(f"DOCUMENTS_{name.upper()}", getattr(settings, name))
    monkeypatch.setenv("POSPOLU_ENVIRONMENT", "development")
    await grow_older(documents, "upload", "expires_at", timedelta(minutes=11))
    async with documents.transaction() as tick:
        await finish_uploads(tick)
    async with documents.resources.engine.connect() as connection:
        assert await connection.scalar(text("SELECT state FROM upload")) == "ready"
