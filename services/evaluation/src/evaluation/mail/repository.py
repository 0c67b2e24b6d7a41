"""SQL of accounts of mail."""

from sqlalchemy import Text, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.mail.domain import (
    Account,
    Delivery,
    Language,
    LetterStatus,
    Preferences,
    Rights,
)
from evaluation.mail.tables import MailAccountRow, MailMessageRow
from shared.reads import Query

WAITING = LetterStatus.WAITING.value
IS_WAITING = MailMessageRow.status == WAITING


async def lock_account(session: AsyncSession, person_id: str) -> Account | None:
    found = await session.execute(
        select(MailAccountRow).where(MailAccountRow.person_id == person_id).with_for_update()
    )
    row = found.scalar_one_or_none()
    return None if row is None else _account(row)


def _account(row: MailAccountRow) -> Account:
    return Account(
        person_id=row.person_id,
        preferences=Preferences(
            address=row.address,
            language=Language(row.language),
            delivery=Delivery(row.delivery),
            quiet_days=row.quiet_days,
        ),
        rights=Rights(
            roles=tuple(row.roles), unit_ids=tuple(row.unit_ids), sees_all=row.sees_all, at=row.rights_at
        ),
        verified_at=row.verified_at,
        code_digest=row.code_digest,
        code_sent_at=row.code_sent_at,
        code_tries=row.code_tries,
        version=row.version,
    )


async def insert_account(session: AsyncSession, account: Account) -> bool:
    """Insert; return False where the person has an account already."""
    statement = upsert(MailAccountRow).values(person_id=account.person_id, **_columns(account))
    made = await session.execute(statement.on_conflict_do_nothing().returning(MailAccountRow.person_id))
    return made.one_or_none() is not None


async def save_account(session: AsyncSession, account: Account) -> None:
    await session.execute(
        update(MailAccountRow)
        .where(MailAccountRow.person_id == account.person_id)
        .values(**_columns(account))
    )


async def renew_rights(session: AsyncSession, person_id: str, rights: Rights) -> bool:
    """Take over what the login may see; return whether the person has an account.

    The caller holds its lock.
    """
    renewed = await session.execute(
        update(MailAccountRow)
        .where(MailAccountRow.person_id == person_id)
        .values(
            roles=list(rights.roles),
            unit_ids=list(rights.unit_ids),
            sees_all=rights.sees_all,
            rights_at=rights.at,
        )
        .returning(MailAccountRow.person_id)
    )
    return renewed.one_or_none() is not None


def _columns(account: Account) -> dict[str, object]:
    return {
        "address": account.preferences.address,
        "language": account.preferences.language.value,
        "delivery": account.preferences.delivery.value,
        "quiet_days": account.preferences.quiet_days,
        "roles": list(account.rights.roles),
        "unit_ids": list(account.rights.unit_ids),
        "sees_all": account.rights.sees_all,
        "rights_at": account.rights.at,
        "verified_at": account.verified_at,
        "code_digest": account.code_digest,
        "code_sent_at": account.code_sent_at,
        "code_tries": account.code_tries,
        "version": account.version,
    }


async def delete_account(session: AsyncSession, person_id: str) -> None:
    await session.execute(delete(MailAccountRow).where(MailAccountRow.person_id == person_id))


MY_ACCOUNT = Query(
    select(
        MailAccountRow.address,
        MailAccountRow.language,
        MailAccountRow.delivery,
        MailAccountRow.quiet_days,
        MailAccountRow.verified_at,
        MailAccountRow.rights_at,
        MailAccountRow.version,
    ).where(MailAccountRow.person_id == bindparam("person", type_=Text())),
    version="version",
)
