"""Virus scans, fixity, and the removal of what nobody names."""

import asyncio
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest

from documents.inspection.domain import Blob, FixityState, ScanState
from documents.inspection.repository import note_fixity, oldest_verified
from documents.inspection.use_cases import (
    BytesMissing,
    keep_blob,
    remove_unnamed,
    scan_waiting,
    verify_oldest,
)
from documents.storage.store import key_of
from shared.settings import Settings
from tests.support.clamd import EICAR, Clamd, a_clamd
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT
from tests.support.uploads import (
    checks_of,
    damage,
    file_one,
    grow_older,
    store_of,
    stored_files,
)
from tests.support.zoo import PDF

DAY = timedelta(hours=25)


def with_scanner(documents: ServiceUnderTest, url: str) -> Settings:
    return documents.resources.settings.model_copy(update={"clamav_url": url})


async def scan(documents: ServiceUnderTest, url: str) -> int:
    async with documents.transaction() as tick:
        return await scan_waiting(tick, with_scanner(documents, url))


async def verify(documents: ServiceUnderTest, *, budget_bytes: int = 10**9) -> int:
    async with documents.transaction() as tick:
        return await verify_oldest(tick, store_of(documents), budget_bytes=budget_bytes)


async def remove(documents: ServiceUnderTest) -> int:
    async with documents.transaction() as tick:
        return await remove_unnamed(tick, store_of(documents))


async def test_a_file_with_a_virus_is_served_to_nobody_and_taken_no_more(documents: ServiceUnderTest) -> None:
    async with a_clamd() as clamd:
        ill = await file_one(documents, EICAR, name="dopis.txt")
        well = await file_one(documents, PDF)
        assert await scan(documents, clamd.url) == 2
        assert sorted(clamd.seen) == sorted([len(EICAR), len(PDF)])
    checks = await checks_of(documents, ill)
    assert (checks["scan"], checks["signature"]) == ("infected", "Eicar-Test-Signature")
    assert (await checks_of(documents, well))["scan"] == "clean"
    async with documents.client(CONSULTANT) as client:
        content = await client.get(ill.headers["location"] + "/versions/1/content")
        assert (content.status_code, content.json()["type"].rpartition(":")[2]) == (409, "file-quarantined")
        assert (await client.get(well.headers["location"] + "/versions/1/content")).status_code == 200
    again = await file_one(documents, EICAR, name="jiny.txt")
    assert (again.status_code, again.json()["type"].rpartition(":")[2]) == (422, "file-infected")
    async with documents.client(ADMINISTRATOR) as client:
        listed = await client.get("/checked-files?filter[scan]=infected")
        summary = await client.get("/checked-files/summary")
        refused = await client.get("/checked-files?filter[scan]=nonsense")
    assert [item["digest"] for item in listed.json()["items"]] == [sha256(EICAR).hexdigest()]
    assert (summary.json()["scan_infected"], summary.json()["files"]) == (1, 2)
    assert refused.status_code == 422


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.sock"])
async def test_a_scanner_that_is_down_is_asked_again_later(documents: ServiceUnderTest, url: str) -> None:
    filed = await file_one(documents, PDF)
    assert await scan(documents, url) == 0
    assert (await checks_of(documents, filed))["scan"] == "waiting"
    async with a_clamd() as clamd:
        assert await scan(documents, clamd.url) == 0, "its turn has not come"
        await grow_older(documents, "blob", "scan_next_at", timedelta(minutes=2))
        assert await scan(documents, clamd.url) == 1
    assert (await checks_of(documents, filed))["scan"] == "clean"


async def test_what_the_scanner_finds_too_large_or_says_oddly_has_a_state(
    documents: ServiceUnderTest,
) -> None:
    large = await file_one(documents, PDF + bytes(50_000))
    async with a_clamd(limit=10_000) as clamd:
        assert await scan(documents, clamd.url) == 1
        assert (await checks_of(documents, large))["scan"] == "not-scannable"
    locked = await file_one(documents, PDF + b"0")
    async with a_clamd() as clamd:
        clamd.answer = b"stream: Heuristics.Encrypted.PDF FOUND\0"
        assert await scan(documents, clamd.url) == 1
    assert (await checks_of(documents, locked))["scan"] == "not-scannable"
    odd = await file_one(documents, PDF)
    async with a_clamd() as clamd:
        clamd.answer = b"UNKNOWN COMMAND\0"
        assert await scan(documents, clamd.url) == 0
    assert (await checks_of(documents, odd))["scan"] == "waiting"


async def test_two_workers_scan_each_file_once(documents: ServiceUnderTest) -> None:
    for number in range(6):
        await file_one(documents, PDF + bytes([number]))
    clamd: Clamd
    async with a_clamd() as clamd:
        assert sum(await asyncio.gather(*(scan(documents, clamd.url) for _ in range(3)))) == 6
    assert len(clamd.seen) == 6


async def test_files_that_changed_or_vanished_in_the_store_are_found(documents: ServiceUnderTest) -> None:
    filed = [await file_one(documents, PDF + bytes([number])) for number in range(3)]
    whole, damaged, lost = (one.json()["added"]["digest"] for one in filed)
    await grow_older(documents, "blob", "received_at", timedelta(days=31))
    damage(documents, damaged, PDF + b"x")
    damage(documents, lost, None)
    assert await verify(documents, budget_bytes=1) == 1, "the budget of a tick"
    assert await verify(documents) == 2
    assert await verify(documents) == 0, "verified lately"
    found = {one.json()["added"]["digest"]: await checks_of(documents, one) for one in filed}
    assert {digest: checks["fixity"] for digest, checks in found.items()} == {
        whole: "intact",
        damaged: "damaged",
        lost: "lost",
    }
    for content in (PDF + bytes([1]), PDF + bytes([2])):
        assert (await file_one(documents, content)).status_code == 201
    assert {(await checks_of(documents, one))["fixity"] for one in filed} == {"intact", "not-verified"}
    async with documents.client(CONSULTANT) as client:
        for one in filed:
            served = await client.get(one.headers["location"] + "/versions/1/content")
            assert sha256(served.content).hexdigest() == one.json()["added"]["digest"], "healed"


async def test_who_began_to_verify_before_a_file_was_healed_says_nothing_of_it(
    documents: ServiceUnderTest,
) -> None:
    filed = await file_one(documents, PDF)
    damage(documents, filed.json()["added"]["digest"], None)
    await grow_older(documents, "blob", "received_at", timedelta(days=31))
    assert await verify(documents) == 1
    await grow_older(documents, "blob", "verified_at", timedelta(days=31))
    async with documents.transaction() as tx:
        (begun,) = await oldest_verified(tx.session, before=tx.now, limit=1)
    assert (await file_one(documents, PDF)).status_code == 201
    async with documents.transaction() as tx:
        assert not await note_fixity(tx.session, begun, FixityState.DAMAGED, now=tx.now)
    assert (await checks_of(documents, filed))["fixity"] == "not-verified"
    assert await verify(documents) == 1
    assert (await checks_of(documents, filed))["fixity"] == "intact"


async def test_a_file_that_the_store_cannot_read_holds_up_no_other(documents: ServiceUnderTest) -> None:
    filed = [await file_one(documents, PDF + bytes([number])) for number in range(3)]
    first, *_ = sorted(one.json()["added"]["digest"] for one in filed)
    await grow_older(documents, "blob", "received_at", timedelta(days=31))
    damage(documents, first, None)
    root = store_of(documents).folder
    assert root
    (root / key_of(first)).symlink_to(root / key_of(first))
    assert await verify(documents) == 2
    assert await verify(documents) == 0, "the others are verified"
    states = {one.json()["added"]["digest"]: (await checks_of(documents, one))["fixity"] for one in filed}
    assert states.pop(first) == "not-verified"
    assert set(states.values()) == {"intact"}
    damage(documents, first, None)


async def test_what_nobody_names_is_removed_after_a_day_and_only_then(documents: ServiceUnderTest) -> None:
    named = (await file_one(documents, PDF)).json()["added"]["digest"]
    orphan = (await file_one(documents, b"nikdo nejmenuje\n", name="a.txt", kind="NONSENSE")).status_code
    assert orphan == 422
    digest = sha256(b"nikdo nejmenuje\n").hexdigest()
    assert digest[2:] in stored_files(documents, "sha256"), "its bytes came before its fields"
    assert await remove(documents) == 0, "somebody may be about to name it"
    await grow_older(documents, "blob", "touched_at", DAY)
    assert await remove(documents) == 1
    left = stored_files(documents, "sha256")
    assert digest[2:] not in left
    assert named[2:] in left


async def test_who_brings_a_file_while_it_is_removed_keeps_it(documents: ServiceUnderTest) -> None:
    content = b"stejny obsah\n"
    digest = sha256(content).hexdigest()
    for _ in range(5):
        await file_one(documents, content, name="a.txt", kind="NONSENSE")
        await grow_older(documents, "blob", "touched_at", DAY)
        filed, *_ = await asyncio.gather(
            file_one(documents, content, name="a.txt"), remove(documents), remove(documents)
        )
        assert filed.status_code == 201
        assert digest[2:] in stored_files(documents, "sha256")
        await documents.empty()


async def test_files_in_the_store_that_no_row_knows_are_noted_and_go_in_time(
    documents: ServiceUnderTest,
) -> None:
    import os

    content = b"zbytek po procesu, ktery skoncil\n"
    digest = await store_of(documents).put_bytes(content)
    assert await remove(documents) == 0
    root = store_of(documents).folder
    assert root
    os.utime(root / "sha256" / digest[:2] / digest[2:], (0, 0))
    assert await remove(documents) == 0, "noted only"
    await grow_older(documents, "blob", "touched_at", DAY)
    assert await remove(documents) >= 1
    assert digest[2:] not in stored_files(documents, "sha256")


async def test_code_of_ours_names_bytes_only_while_they_are_there(documents: ServiceUnderTest) -> None:
    content = b"sestaveny dokument\n"
    store = store_of(documents)
    async with documents.transaction() as tx:
        blob = Blob(
            digest=sha256(content).hexdigest(),
            size_bytes=len(content),
            media_type="text/plain",
            traits=(),
            received_at=tx.now,
            scan=ScanState.NOT_SCANNED,
            signature=None,
            fixity=FixityState.NOT_VERIFIED,
            verified_at=None,
        )
        with pytest.raises(BytesMissing):
            await keep_blob(tx, blob, store=store)
    await store.put(BytesIO(content), digest=blob.digest, size_bytes=len(content))
    async with documents.transaction() as tx:
        assert (await keep_blob(tx, blob, store=store)).digest == blob.digest


async def test_what_the_platform_made_itself_is_verified_like_the_rest(documents: ServiceUnderTest) -> None:
    from sqlalchemy import text

    filed = await file_one(documents, PDF)
    async with documents.resources.engine.begin() as connection:
        await connection.execute(text("DELETE FROM blob"))
    await verify(documents)
    assert (await checks_of(documents, filed))["media_type"] == "application/pdf"
    await grow_older(documents, "blob", "received_at", timedelta(days=31))
    assert await verify(documents) == 1
    assert (await checks_of(documents, filed))["fixity"] == "intact"
