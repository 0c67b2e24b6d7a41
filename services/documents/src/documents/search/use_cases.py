"""The index is kept; questions are answered."""

import asyncio
from typing import Final

from documents.extraction import lexicon
from documents.extraction.analysis import Metadata, indexed, metadata_vector
from documents.files.kinds import KINDS
from documents.outside import note
from documents.search import repository
from documents.search.repository import Stale
from documents.search.themes import areas_of
from shared.transaction import Transaction, apart

AT_ONCE: Final = 50
MOST_AT_ONCE: Final = 1_000
"""The rest waits for the next tick of the clock."""


async def index_versions(tick: Transaction) -> None:
    """Index what came or changed since, each version in a transaction of its own.

    One that cannot be indexed is noted and tried again next time; it holds up no other.
    """
    done = 0
    while done < MOST_AT_ONCE:
        async with apart(tick) as tx:
            stale = await repository.stale_versions(tx.session, most=AT_ONCE)
        for version in stale:
            try:
                await _index(tick, version)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are found
                note("not-indexed", document_id=str(version.document_id), error=repr(error)[:200])
        done += len(stale)
        if len(stale) < AT_ONCE:
            return


async def index_renamed_units(tx: Transaction) -> None:
    await repository.have_renamed_units_indexed(tx.session)


async def load_dictionaries(_tick: Transaction) -> None:
    """Let a thread load what questions are read with; nobody waits for it, the first question neither."""
    asyncio.get_running_loop().run_in_executor(None, lexicon.load)


async def _index(tick: Transaction, version: Stale) -> None:
    async with apart(tick) as tx:
        pages = {} if version.is_disposed else await repository.pages_of(tx.session, version.digest)
        metadata = _metadata(version)
        entry = await asyncio.to_thread(indexed, metadata, pages)
        await repository.save_entry(
            tx.session,
            version,
            words=entry.vector,
            title_words=metadata_vector(metadata),
            areas=[area.value for area in areas_of(entry.about)],
        )


def _metadata(version: Stale) -> Metadata:
    rule = KINDS[version.kind]
    others = (version.kind.value, rule.cs, rule.en, *version.unit_names, *version.others)
    return Metadata(titles=(version.title,), others=others)
