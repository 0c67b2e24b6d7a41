"""Texts are read once for each file, whoever dies meanwhile, and go when their file goes."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from documents.extraction import repository
from documents.extraction.domain import MOST_ATTEMPTS, PATIENCE, FileText, TextState
from documents.extraction.use_cases import forget_texts, read_waiting
from documents.outside import store_at
from documents.storage.store import key_of
from documents.texts.reading import StoreAway
from tests.support import zoo_of_texts as zoo
from tests.support.service import ServiceUnderTest
from tests.support.texts import a_text, with_units
from tests.support.uploads import damage, file_one


async def _states(documents: ServiceUnderTest) -> dict[str, int]:
    async with documents.transaction() as tx:
        rows = await tx.session.execute(text("SELECT state, count(*) FROM extraction GROUP BY state"))
        return {row[0]: row[1] for row in rows}


async def _read(documents: ServiceUnderTest) -> int:
    async with documents.transaction() as tick:
        return await read_waiting(tick, store_at(documents.resources.settings.files_url))


async def test_two_workers_at_once_read_each_file_once(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    for number in range(4):
        await a_text(documents, f"Text {number}")
    await a_text(documents, "Text 0", title="Tentýž soubor jinde")
    read = await asyncio.gather(_read(documents), _read(documents))
    assert sum(read) == 4
    assert await _states(documents) == {"extracted": 4}


async def test_hostile_files_hold_up_no_other(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    await a_text(documents, zoo.a_zip_bomb())
    await a_text(documents, zoo.an_encrypted_pdf())
    await a_text(documents, b"%PDF-1.7 torn")
    await a_text(documents, b"")
    await a_text(documents, "Dobrý text")
    await _read(documents)
    assert await _states(documents) == {
        "too-large": 1,
        "encrypted": 1,
        "unreadable": 1,
        "empty": 1,
        "extracted": 1,
    }


async def test_a_file_that_kills_its_readers_is_given_up(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    await a_text(documents, "Text, nad kterým se umírá")
    async with documents.transaction() as tx:
        await repository.ask_for_new_files(tx.session, now=tx.now)
    for attempt in range(MOST_ATTEMPTS + 1):
        async with documents.transaction() as tx:
            later = tx.now + (attempt + 1) * (PATIENCE + timedelta(seconds=1))
            job = await repository.take_job(tx.session, now=later)
            assert job is not None
            assert job.attempts == attempt + 1
            assert await repository.take_job(tx.session, now=later) is None
    async with documents.transaction() as tx:
        await tx.session.execute(text("UPDATE extraction SET due_at = now() - interval '1 second'"))
    await _read(documents)
    assert await _states(documents) == {"timed-out": 1}


async def test_who_was_given_up_for_dead_changes_nothing_later(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    await a_text(documents, "Pravda")
    async with documents.transaction() as tx:
        await repository.ask_for_new_files(tx.session, now=tx.now)
        slow = await repository.take_job(tx.session, now=tx.now)
        await tx.session.execute(text("UPDATE extraction SET due_at = now() - interval '1 second'"))
    assert slow is not None
    await _read(documents)
    async with documents.transaction() as tx:
        lost = FileText(state=TextState.LOST)
        await repository.keep_text(tx.session, slow, lost, vectors=(), now=tx.now)
    async with documents.transaction() as tx:
        known = await repository.text_of(tx.session, slow.digest)
    assert [page.text for page in known.pages] == ["Pravda"]


async def test_a_file_that_the_store_lost_is_asked_for_again_later(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    await a_text(documents, "Ztracený text")
    folder = store_at(documents.resources.settings.files_url).folder
    assert folder is not None
    async with documents.transaction() as tx:
        await repository.ask_for_new_files(tx.session, now=tx.now)
        digest = await tx.session.scalar(text("SELECT digest FROM extraction"))
    (folder / key_of(str(digest))).unlink()
    await _read(documents)
    assert await _states(documents) == {"waiting": 1}
    async with documents.transaction() as tx:
        assert await tx.session.scalar(text("SELECT due_at > now() FROM extraction"))


async def test_a_file_that_was_lost_is_read_when_it_comes_back(documents: ServiceUnderTest) -> None:
    filed = await file_one(documents, b"Ztraceny text", name="a.txt")
    damage(documents, filed.json()["added"]["digest"], None)
    async with documents.transaction() as tx:
        await repository.ask_for_new_files(tx.session, now=tx.now)
        await tx.session.execute(text("UPDATE extraction SET attempts = :most"), {"most": MOST_ATTEMPTS - 1})
    assert await _read(documents) == 1
    assert await _states(documents) == {"lost": 1}
    assert await _read(documents) == 0, "nobody looks again in vain"
    assert (await file_one(documents, b"Ztraceny text", name="a.txt")).status_code == 201
    assert await _read(documents) == 1
    assert await _states(documents) == {"extracted": 1}


async def test_a_store_that_is_away_gives_no_file_up(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    await a_text(documents, "Text, ke kterému se teď nelze dostat")
    folder = store_at(documents.resources.settings.files_url).folder
    assert folder is not None
    async with documents.transaction() as tx:
        await repository.ask_for_new_files(tx.session, now=tx.now)
        digest = await tx.session.scalar(text("SELECT digest FROM extraction"))
    place = (folder / key_of(str(digest))).parent
    place.rename(folder / "away")
    place.touch()
    for _ in range(MOST_ATTEMPTS + 2):
        with pytest.raises(StoreAway):
            await _read(documents)
        async with documents.transaction() as tx:
            assert await tx.session.scalar(text("SELECT due_at > now() FROM extraction"))
            await tx.session.execute(text("UPDATE extraction SET due_at = now() - interval '1 second'"))
    place.unlink()
    (folder / "away").rename(place)
    assert await _read(documents) == 1
    assert await _states(documents) == {"extracted": 1}


async def test_the_text_of_a_file_that_no_version_names_goes(documents: ServiceUnderTest) -> None:
    await with_units(documents)
    await a_text(documents, "Text")
    await _read(documents)
    async with documents.transaction() as tx:
        await forget_texts(tx)
        assert await tx.session.scalar(text("SELECT count(*) FROM text_page")) == 1
        await tx.session.execute(text("UPDATE document_version SET digest = repeat('0', 64)"))
        await forget_texts(tx)
        assert await tx.session.scalar(text("SELECT count(*) FROM text_page")) == 0
