"""What waits for people is written into letters, one for each whose turn it is."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from evaluation.mail import letter_repository
from evaluation.mail.domain import LetterKind, Reader
from evaluation.reminders import digest_repository, recipient_repository
from evaluation.reminders.digest import Item, digest
from evaluation.reminders.domain import posting_at
from shared.settings import load_settings
from shared.transaction import Transaction

EVALUATIONS_TOLD_BEFORE = timedelta(days=30)
EVALUATIONS_TOLD_UNTIL = timedelta(days=30)
ITEMS_KEPT = timedelta(days=400)


async def write_digests(tx: Transaction) -> None:
    """Write a letter to everyone whose turn it is."""
    await write_digests_of(tx, public_url=load_settings("evaluation").public_url)


async def write_digests_of(tx: Transaction, *, public_url: str) -> None:
    """Write the letters; whoever was locked by another worker has theirs already.

    A line whose value was reported meanwhile is in no letter; where all were, nothing is written.
    """
    today = tx.today
    since, until = today - EVALUATIONS_TOLD_UNTIL, today + EVALUATIONS_TOLD_BEFORE
    await recipient_repository.note_evaluations(tx.session, since=since, until=until, now=tx.now)
    await recipient_repository.forget_old_items(tx.session, before=tx.now - ITEMS_KEPT)
    posting = posting_at(tx.now)
    if posting is None:
        return
    readers = await digest_repository.take_readers(tx.session, posting)
    letter_of = {reader.person_id: tx.new_id() for reader in readers}
    await digest_repository.take_items(tx.session, letter_of)
    items = await digest_repository.items_of(tx.session, list(letter_of.values()))
    written = [reader for reader in readers if items[letter_of[reader.person_id]]]
    rows = [
        _letter(tx, reader, items[letter_of[reader.person_id]], letter_of[reader.person_id], public_url)
        for reader in written
    ]
    await letter_repository.put_letters(tx.session, rows)
    await digest_repository.note_turn(tx.session, [reader.person_id for reader in written], today=today)


def _letter(
    tx: Transaction, reader: Reader, items: Sequence[Item], letter_id: UUID, public_url: str
) -> dict[str, object]:
    return letter_repository.letter_row(
        reader,
        digest(items, language=reader.language, public_url=public_url),
        kind=LetterKind.DIGEST,
        key=_key(reader.person_id, items),
        message_id=letter_id,
        now=tx.now,
    )


def _key(person_id: str, items: Sequence[Item]) -> str:
    """Return what names a letter by what it tells: the same things are not told twice."""
    told = sorted(f"{item.stage}:{item.subject_id}:{item.due_on}" for item in items)
    return f"digest:{sha256('|'.join([person_id, *told]).encode()).hexdigest()}"
