"""SQL of frozen pages."""

from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Uuid, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from evaluation.frozen_pages.domain import Audience
from evaluation.frozen_pages.tables import FrozenPageRow
from shared.frozen import FrozenPage
from shared.reads import Query
from shared.transaction import Transaction

PAGE: Final = Query(
    select(FrozenPageRow.body).where(
        FrozenPageRow.digest == bindparam("digest"),
        or_(
            FrozenPageRow.audience == Audience.PUBLIC.value,
            bindparam("agency", type_=Boolean),
            FrozenPageRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_(),
        ),
    )
)


async def keep(tx: Transaction, page: FrozenPage, audience: Audience, unit_id: UUID | None) -> None:
    """Keep the page; one with the same digest is the same page, for whoever might read it first."""
    values = {
        "digest": page.digest,
        "kind": page.kind,
        "subject_id": page.subject_id,
        "as_of": page.as_of,
        "body": page.body.decode(),
        "frozen_at": tx.now,
        "audience": audience.value,
        "unit_id": unit_id,
    }
    await tx.session.execute(insert(FrozenPageRow).values(values).on_conflict_do_nothing())
