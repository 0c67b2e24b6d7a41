"""What waits for people is written into letters, one for each whose turn it is."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from evaluation.mail import letter_repository
from evaluation.mail.domain import RIGHTS_LAST, LetterKind, Reader
from evaluation.reminders import digest_repository, item_repository, notice_repository, recipient_repository
from evaluation.reminders.digest import digest, login_letter
from evaluation.reminders.domain import posting_at
from evaluation.reminders.notice_text import Item
from shared.settings import load_settings
from shared.transaction import Transaction

EVALUATIONS_TOLD_BEFORE = timedelta(days=30)
EVALUATIONS_TOLD_UNTIL = timedelta(days=30)
ITEMS_KEPT = timedelta(days=400)
TOLD_SINCE = timedelta(days=30)
READINGS_TOLD_BEFORE = timedelta(days=30)


async def write_digests(tx: Transaction) -> None:
    """Write a letter to everyone whose turn it is."""
    await write_digests_of(tx, public_url=load_settings("evaluation").public_url)


async def write_digests_of(tx: Transaction, *, public_url: str) -> None:
    """Write the letters; whoever was locked by another worker has theirs already.

    A line whose value was reported meanwhile is in no letter; where all were, nothing is written.
    """
    today = tx.today
    await _note(tx)
    posting = posting_at(tx.now)
    if posting is None:
        return
    rights_since = tx.now - RIGHTS_LAST
    taken = await digest_repository.take_readers(tx.session, posting, rights_since=rights_since)
    readers = [each for each in taken if each.rights_at >= rights_since]
    await _ask_to_log_in(tx, [each for each in taken if each.rights_at < rights_since], public_url)
    letter_of = {reader.person_id: tx.new_id() for reader in readers}
    await digest_repository.take_items(tx.session, letter_of)
    items = await item_repository.items_of(tx.session, list(letter_of.values()))
    written = [reader for reader in readers if items[letter_of[reader.person_id]]]
    rows = [
        _letter(tx, reader, items[letter_of[reader.person_id]], letter_of[reader.person_id], public_url)
        for reader in written
    ]
    await letter_repository.put_letters(tx.session, rows)
    await digest_repository.note_turn(tx.session, [reader.person_id for reader in written], today=today)


async def _note(tx: Transaction) -> None:
    """Note what falls due by itself, and forget what is over."""
    session, today, now = tx.session, tx.today, tx.now
    since, until = today - EVALUATIONS_TOLD_UNTIL, today + EVALUATIONS_TOLD_BEFORE
    await recipient_repository.note_evaluations(session, since=since, until=until, now=now)
    await notice_repository.note_recommendations(session, since=today - TOLD_SINCE, today=today, now=now)
    await notice_repository.note_readings(
        session, since=today - TOLD_SINCE, until=today + READINGS_TOLD_BEFORE, now=now
    )
    await recipient_repository.forget_old_items(session, before=now - ITEMS_KEPT)
    await notice_repository.forget_old_notices(session, before=now - ITEMS_KEPT)


async def _ask_to_log_in(tx: Transaction, readers: Sequence[Reader], public_url: str) -> None:
    """Say that something waits, not what; it goes on waiting until they log in."""
    rows = [
        letter_repository.letter_row(
            reader,
            login_letter(language=reader.language, public_url=public_url),
            kind=LetterKind.DIGEST,
            key=f"login:{reader.person_id}:{tx.today}",
            message_id=tx.new_id(),
            now=tx.now,
        )
        for reader in readers
    ]
    await letter_repository.put_letters(tx.session, rows)
    await digest_repository.note_turn(tx.session, [each.person_id for each in readers], today=tx.today)


def _letter(
    tx: Transaction, reader: Reader, items: Sequence[Item], letter_id: UUID, public_url: str
) -> dict[str, object]:
    return letter_repository.letter_row(
        reader,
        digest(items, language=reader.language, public_url=public_url, rights_at=reader.rights_at),
        kind=LetterKind.DIGEST,
        key=_key(reader.person_id, items),
        message_id=letter_id,
        now=tx.now,
    )


def _key(person_id: str, items: Sequence[Item]) -> str:
    """Return what names a letter by what it tells: the same things are not told twice."""
    told = sorted(f"{item.stage}:{item.subject_id}:{item.due_on}" for item in items)
    return f"digest:{sha256('|'.join([person_id, *told]).encode()).hexdigest()}"
