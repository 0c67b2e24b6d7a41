"""SQL of peers: names, and who has ever been supported, of all candidates at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Date, Uuid, and_, any_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from registry.cooperation.tables import CooperationRow
from registry.memberships.repository import DAY
from registry.memberships.tables import MembershipRow
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader

_MEMBER: Final = aliased(MembershipRow)
_WAS_MEMBER_THEN: Final = (
    exists()
    .where(
        _MEMBER.unit_id == UnitStateRow.unit_id,
        _MEMBER.group_id == CooperationRow.unit_id,
        func.daterange(_MEMBER.valid_from, _MEMBER.valid_until, "[]").op("&&")(
            func.daterange(CooperationRow.starts_on, CooperationRow.ends_on, "[]")
        ),
    )
    .correlate(UnitStateRow, CooperationRow)
)
_SUPPORTED: Final = exists().where(
    or_(CooperationRow.unit_id == UnitStateRow.unit_id, _WAS_MEMBER_THEN),
    CooperationRow.starts_on <= bindparam("today", type_=Date),
)

NAMED: Final = Query(
    select(UnitStateRow.unit_id, UnitStateRow.code, UnitStateRow.name, _SUPPORTED.label("supported")).where(
        and_(
            UnitStateRow.unit_id == any_(bindparam("unit_ids", type_=ARRAY(Uuid))),
            named_on(UnitStateRow, DAY),
        )
    )
)
"""Units as they are named on `day`, with whether they were supported by `today`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A unit as it is named on a day; `supported`: itself, or as a member of an association then."""

    unit_id: UUID
    code: str
    name: str
    supported: bool


async def named(reads: Reader, ids: Sequence[UUID], *, on: date, today: date) -> dict[UUID, Named]:
    rows = await reads.rows(NAMED, unit_ids=list(ids), day=on, today=today)
    return {row["unit_id"]: Named(**dict(row)) for row in rows}
