"""Read the text of files, one after another."""

import asyncio
from typing import Final

from documents.extraction import repository
from documents.extraction.analysis import vector_of
from documents.extraction.domain import AWAY_PAUSE, MOST_ATTEMPTS, FileText, Job, TextState, next_attempt_at
from documents.outside import store_at
from documents.storage.store import FileDamaged, FileLost, FileStore
from documents.texts.reading import StoreAway, read_file
from shared.settings import load_settings
from shared.transaction import Transaction, apart

MOST_AT_ONCE: Final = 200
"""The rest waits for the next tick of the clock."""


async def read_texts(tick: Transaction) -> None:
    """Read the files that came since, where there is a store."""
    settings = load_settings("documents")
    if settings.files_url:
        await read_waiting(tick, store_at(settings.files_url))


async def read_waiting(tick: Transaction, store: FileStore) -> int:
    """Return how many files were read; no transaction is open while one is. Raises `StoreAway`."""
    async with apart(tick) as tx:
        await repository.ask_for_new_files(tx.session, now=tx.now)
        await repository.ask_again(tx.session, now=tx.now)
        await repository.ask_for_returned(tx.session, now=tx.now)
    read = 0
    while read < MOST_AT_ONCE and await _read_one(tick, store):
        read += 1
    return read


async def forget_texts(tx: Transaction) -> None:
    """Delete the texts of files that are gone."""
    await repository.forget_texts_of_nothing(tx.session)


async def _read_one(tick: Transaction, store: FileStore) -> bool:
    async with apart(tick) as tx:
        job = await repository.take_job(tx.session, now=tx.now)
    if job is None:
        return False
    if job.attempts > MOST_ATTEMPTS:  # whoever read it died of it each time
        await _keep(tick, job, FileText(state=TextState.TIMED_OUT))
        return True
    try:
        text = await read_file(store, job)
    except (FileLost, FileDamaged):
        await _put_off(tick, job)
        return True
    except StoreAway:
        async with apart(tick) as tx:
            await repository.give_back(tx.session, job, until=tx.now + AWAY_PAUSE)
        raise
    await _keep(tick, job, text)
    return True


async def _keep(tick: Transaction, job: Job, text: FileText) -> None:
    vectors = await asyncio.to_thread(lambda: [vector_of(page.text) for page in text.pages])
    async with apart(tick) as tx:
        await repository.keep_text(tx.session, job, text, vectors=vectors, now=tx.now)


async def _put_off(tick: Transaction, job: Job) -> None:
    async with apart(tick) as tx:
        until = next_attempt_at(job.attempts, now=tx.now)
        if until is None:
            lost = FileText(state=TextState.LOST)
            await repository.keep_text(tx.session, job, lost, vectors=(), now=tx.now)
        else:
            await repository.put_off(tx.session, job, until=until)
