"""SQL of frozen pages, and what those of memoranda and descriptions show beside themselves."""

from typing import Final

from sqlalchemy import ARRAY, Boolean, Date, Uuid, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from registry.caseload.tables import AssignmentRow
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.descriptions.tables import DescriptionRow
from registry.frozen_pages.domain import Audience, Reader
from registry.frozen_pages.tables import FrozenPageRow
from registry.statements.domain import Status
from registry.statements.tables import StatementRow
from shared.frozen import FrozenPage
from shared.reads import Query
from shared.transaction import Transaction

PAGE: Final = Query(
    select(FrozenPageRow.body).where(
        FrozenPageRow.digest == bindparam("digest"),
        or_(
            FrozenPageRow.audience == Audience.PUBLIC.value,
            bindparam("agency", type_=Boolean),
            (FrozenPageRow.audience == Audience.UNITS.value)
            & FrozenPageRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid))),
            (FrozenPageRow.audience == Audience.COMMISSION.value) & bindparam("commission", type_=Boolean),
        ),
    )
)
DESCRIPTIONS: Final = Query(
    select(
        *(DescriptionRow.id, DescriptionRow.domain, DescriptionRow.edition, DescriptionRow.content),
        *(DescriptionRow.agreed_on, DescriptionRow.in_force_from, DescriptionRow.in_force_until),
        DescriptionRow.digest,
    )
    .where(
        DescriptionRow.memorandum_id == bindparam("memorandum_id", type_=Uuid),
        DescriptionRow.agreed_on.is_not(None),
    )
    .order_by(DescriptionRow.agreed_on, DescriptionRow.id)
)
"""What both parties agreed to do under a memorandum."""
COOPERATION: Final = Query(
    select(CooperationRow.regime, CooperationRow.starts_on, CooperationRow.ends_on).where(
        CooperationRow.id == bindparam("id", type_=Uuid)
    )
)
PHASES: Final = Query(
    select(PhaseRow.status, PhaseRow.from_on, PhaseRow.until_on)
    .where(PhaseRow.cooperation_id == bindparam("id", type_=Uuid))
    .order_by(PhaseRow.from_on)
)
_DAY: Final = bindparam("day", type_=Date)
TEAM: Final = Query(
    select(AssignmentRow.duty, AssignmentRow.person_name, AssignmentRow.starts_on, AssignmentRow.ends_on)
    .where(
        AssignmentRow.unit_id == bindparam("unit_id", type_=Uuid),
        AssignmentRow.starts_on <= _DAY,
        or_(AssignmentRow.ends_on.is_(None), AssignmentRow.ends_on >= _DAY),
    )
    .order_by(AssignmentRow.duty, AssignmentRow.person_name, AssignmentRow.id)
)
"""Who of the Agency looked after the unit on a day."""
STATEMENT: Final = Query(
    select(StatementRow.unit_ids, StatementRow.issued_on, StatementRow.digest, StatementRow.content).where(
        StatementRow.id == bindparam("id", type_=Uuid),
        StatementRow.status == Status.ISSUED.value,
        or_(
            bindparam("agency", type_=Boolean),
            StatementRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid))),
        ),
    )
)
"""What was issued, for those who may read the statement."""


async def keep(tx: Transaction, page: FrozenPage, reader: Reader) -> None:
    """Keep the page; one with the same digest is the same page."""
    values = {
        "digest": page.digest,
        "kind": page.kind,
        "subject_id": page.subject_id,
        "as_of": page.as_of,
        "body": page.body.decode(),
        "frozen_at": tx.now,
        "audience": reader.audience.value,
        "unit_ids": list(reader.unit_ids),
    }
    await tx.session.execute(insert(FrozenPageRow).values(values).on_conflict_do_nothing())
