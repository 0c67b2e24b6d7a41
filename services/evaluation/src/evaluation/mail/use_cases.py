"""A person says where and how letters should come, and proves that the address is theirs."""

from dataclasses import replace
from datetime import datetime
from secrets import randbelow
from uuid import UUID

from evaluation.mail import letter_repository, repository
from evaluation.mail.domain import (
    CODE_DIGITS,
    Account,
    LetterKind,
    LetterNotFound,
    LetterNotRefused,
    LetterStatus,
    MailAccountExists,
    MailAccountNotFound,
    Preferences,
    Rights,
    expect_seldom,
    expect_unproven,
    prove,
    with_code,
)
from evaluation.mail.letter import code_letter
from shared.auth import Actor
from shared.errors import expect_version
from shared.transaction import Transaction


def rights_of(actor: Actor, *, now: datetime) -> Rights:
    return Rights(
        roles=tuple(sorted(role.value for role in actor.roles)),
        unit_ids=tuple(sorted(actor.units)),
        sees_all=actor.is_agency,
        at=now,
    )


async def open_account(tx: Transaction, preferences: Preferences) -> Account:
    """Keep the address and send a code to it.

    Raises MailAccountExists, CodesSentTooOften.
    """
    account = Account(
        person_id=tx.actor.id,
        preferences=preferences,
        rights=rights_of(tx.actor, now=tx.now),
        verified_at=None,
        code_digest="",
        code_sent_at=tx.now,
        code_tries=0,
        version=1,
    )
    if not await repository.insert_account(tx.session, account):
        raise MailAccountExists
    return await _ask_for_proof(tx, account)


async def change_account(tx: Transaction, preferences: Preferences, *, expected: int) -> Account:
    """Keep what changed and what the person may see today; another address is to be proven anew."""
    account = await my_account(tx)
    expect_version(expected, account.version)
    changed = replace(
        account,
        preferences=preferences,
        rights=rights_of(tx.actor, now=tx.now),
        version=account.version + 1,
    )
    moves = preferences.address != account.preferences.address
    if moves or account.rights.exceed(changed.rights):
        await letter_repository.take_back_waiting(tx.session, account.person_id, now=tx.now)
    if moves:
        await letter_repository.drop_waiting(tx.session, account.person_id, LetterKind.CODE, now=tx.now)
        return await _ask_for_proof(tx, changed)
    await repository.save_account(tx.session, changed)
    return changed


async def ask_for_code(tx: Transaction, *, expected: int) -> Account:
    """Send another code; the one before it is void.

    Raises AddressVerified, CodesSentTooOften.
    """
    account = await my_account(tx)
    expect_version(expected, account.version)
    expect_unproven(account)
    await letter_repository.drop_waiting(tx.session, account.person_id, LetterKind.CODE, now=tx.now)
    return await _ask_for_proof(tx, replace(account, version=account.version + 1))


async def _ask_for_proof(tx: Transaction, account: Account) -> Account:
    count, last_at = await letter_repository.count_codes(tx.session, account.person_id, now=tx.now)
    expect_seldom(count, last_at, now=tx.now)
    code = f"{randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    asked = with_code(account, code, now=tx.now)
    await repository.save_account(tx.session, asked)
    row = letter_repository.letter_row(
        asked.reader,
        code_letter(code, language=asked.preferences.language),
        kind=LetterKind.CODE,
        key=f"code:{asked.code_digest}",
        message_id=tx.new_id(),
        now=tx.now,
    )
    await letter_repository.put_letters(tx.session, [row])
    return asked


async def verify_address(tx: Transaction, code: str) -> Account:
    """Return the account, proven or with one more try counted; a try that failed is no refusal, it counts.

    Raises AddressVerified, CodeNotValid.
    """
    account = await my_account(tx)
    tried = prove(account, code, now=tx.now)
    await repository.save_account(tx.session, tried)
    return tried


async def send_again(tx: Transaction, message_id: UUID, *, expected: int) -> int:
    """Put a refused letter among those that wait; return its version. Raises LetterNotRefused."""
    found = await letter_repository.lock_letter(tx.session, message_id)
    if found is None:
        raise LetterNotFound
    status, version = found
    expect_version(expected, version)
    if status is not LetterStatus.REFUSED:
        raise LetterNotRefused(status=status.value)
    await letter_repository.wait_again(tx.session, message_id, now=tx.now)
    return version + 1


async def my_account(tx: Transaction) -> Account:
    """Return the account of the actor under lock; raises MailAccountNotFound."""
    account = await repository.lock_account(tx.session, tx.actor.id)
    if account is None:
        raise MailAccountNotFound
    return account
