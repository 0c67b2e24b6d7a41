"""A service as small as can be, to test the plumbing without any rule of the domain."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, MetaData, Table, Text, Uuid, insert, text

from shared.consumer import Consumer
from shared.contracts.base import Event
from shared.contracts.registry import UnitClosed
from shared.database import service_metadata
from shared.errors import RuleBroken
from shared.http import ExpectedVersion, Tx, public, router
from shared.ids import uuid7
from shared.reactions import Handle, Reaction
from shared.resources import Resources
from shared.transaction import Transaction
from tests.support.units import a_unit_told

METADATA: MetaData = service_metadata()
EFFECT = Table(
    "effect",
    METADATA,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("unit_id", Uuid, nullable=False),
    Column("note", Text, nullable=False, unique=True),
)


def a_closure(version: int = 1, unit_id: UUID | None = None) -> UnitClosed:
    return a_unit_told(UnitClosed, version, unit_id=unit_id or uuid7())


async def write_effects(tx: Transaction, events: Sequence[UnitClosed]) -> None:
    """Write a row for each event; the version -1 is poison, -2 is refused."""
    for event in events:
        await write_effect(tx, event)


async def write_effect(tx: Transaction, event: UnitClosed) -> None:
    if event.version == -1:
        raise ConnectionError("poison")
    if event.version == -2:
        raise RuleBroken
    await tx.session.execute(
        insert(EFFECT).values(unit_id=event.unit_id, note=f"{event.unit_id}/{event.version}")
    )


def a_reaction(
    events: tuple[type[Event], ...], handle: Handle, *, batched: bool, name: str = "toy"
) -> Reaction:
    return Reaction(events=events, slice="toy", name=name, handle=handle, batched=batched, prepare=None)


def a_consumer_of(resources: Resources, *reactions: Reaction, name: str = "toy") -> Consumer:
    by_event = {event: reaction for reaction in reactions for event in reaction.events}
    return Consumer(resources.engine, resources.settings, service="toy", name=name, reactions=by_event)


def a_consumer(
    resources: Resources,
    handle: Handle,
    *,
    batched: bool,
    name: str = "toy",
    events: tuple[type[Event], ...] = (UnitClosed,),
) -> Consumer:
    return a_consumer_of(resources, a_reaction(events, handle, batched=batched), name=name)


toys = router("/toys", tag="toys")


@toys.post("", status_code=201, dependencies=[public()])
async def make_toy(tx: Tx, note: str) -> dict[str, str]:
    await tx.session.execute(insert(EFFECT).values(unit_id=tx.new_id(), note=note))
    tx.emit(a_closure())
    return {"note": note}


@toys.post("/spoiled", status_code=201, dependencies=[public()])
async def spoil_the_commit(tx: Tx, note: str) -> dict[str, str]:
    """A deferred constraint makes the commit itself fail."""
    await tx.session.execute(
        text("CREATE TEMP TABLE IF NOT EXISTS late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    )
    await tx.session.execute(text("INSERT INTO late VALUES (1), (1)"))
    return {"note": note}


@toys.put("/{name}", dependencies=[public()])
async def change_toy(name: str, expected: ExpectedVersion) -> dict[str, str | int]:
    return {"name": name, "expected": expected}
