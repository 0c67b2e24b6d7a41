"""Every statement on what was put into plans."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, or_, select

from planning.insertions.tables import InsertionRow
from planning.library.list_repository import ENTRY_ID
from planning.library.tables import LibraryEntryRow
from planning.plans.repository import P, own, units_as_json, visible
from planning.plans.tables import NodeRow
from planning.plans.tree_repository import PLAN_ID
from shared.reads import Query
from shared.transaction import Transaction


async def add(tx: Transaction, *, plan_id: UUID, revision: int, node_id: UUID, entry_id: UUID) -> UUID:
    insertion_id = tx.new_id()
    await tx.session.execute(
        insert(InsertionRow).values(
            id=insertion_id,
            plan_id=plan_id,
            revision=revision,
            node_id=node_id,
            entry_id=entry_id,
            inserted_at=tx.now,
            inserted_by=tx.actor.id,
            affiliation=tx.actor.affiliation,
        )
    )
    return insertion_id


_I: Final = InsertionRow.__table__.c
_E: Final = LibraryEntryRow.__table__.c
OF_PLAN: Final = Query(
    select(
        _I.id,
        _I.node_id,
        _I.revision,
        _I.entry_id,
        _E.edition,
        _E.title,
        _E.sort,
        _E.status,
        _E.superseded_by,
        _I.inserted_at,
        _I.affiliation,
        exists().where(NodeRow.plan_id == _I.plan_id, NodeRow.id == _I.node_id).label("stands"),
    )
    .join(LibraryEntryRow, _E.id == _I.entry_id)
    .join(P, P.c.id == _I.plan_id)
    .where(_I.plan_id == PLAN_ID, visible(), or_(own(), _I.revision <= P.c.revision)),
    keys=(_I.id,),
)
"""Where the entries in a plan came from; what a draft of the next revision has is for its authors."""


def _used() -> ColumnElement[int]:
    """Return the newest edition of the entry that stands in the plan."""
    asked = LibraryEntryRow.__table__.alias("asked")
    found: ColumnElement[int] = (
        select(func.max(_E.edition))
        .select_from(InsertionRow)
        .join(LibraryEntryRow, _E.id == _I.entry_id)
        .join(asked, asked.c.lineage_id == _E.lineage_id)
        .join(NodeRow, (NodeRow.plan_id == _I.plan_id) & (NodeRow.id == _I.node_id))
        .where(asked.c.id == ENTRY_ID, _I.plan_id == P.c.id)
        .correlate(P)
        .scalar_subquery()
    )
    return found


USES: Final = Query(
    select(
        P.c.id,
        P.c.kind,
        P.c.title,
        P.c.status,
        units_as_json().label("units"),
        _used().label("edition"),
    ).where(visible(), _used().is_not(None)),
    keys=(P.c.id,),
    descending=True,
)
"""Plans in which any edition of an entry stands, for who may know of the plan."""
