"""SQL of frozen pages."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from evaluation.frozen_pages.tables import FrozenPageRow
from shared.frozen import FrozenPage
from shared.reads import Query
from shared.transaction import Transaction

PAGE: Final = Query(select(FrozenPageRow.body).where(FrozenPageRow.digest == bindparam("digest")))


async def keep(tx: Transaction, page: FrozenPage) -> None:
    """Keep the page; one with the same digest is the same page."""
    values = {
        "digest": page.digest,
        "kind": page.kind,
        "subject_id": page.subject_id,
        "as_of": page.as_of,
        "body": page.body.decode(),
        "frozen_at": tx.now,
    }
    await tx.session.execute(insert(FrozenPageRow).values(values).on_conflict_do_nothing())
