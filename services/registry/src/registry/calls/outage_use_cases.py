"""What a process of the API does by itself: it says that it lives, and gives back what an outage took."""

from dataclasses import replace

from registry.calls import decisions, outage_repository, repository
from registry.calls.availability import is_silence, outage_between
from registry.calls.domain import Call, Move
from registry.calls.use_cases import record
from registry.calls.window import Outage, taken_away
from shared.auth import Actor
from shared.transaction import Transaction


async def give_sign_of_life(tx: Transaction) -> None:
    """Say that a process lives. After a silence that was too long, prolong the intakes that it touched.

    The row of the sign is locked: whoever comes second finds no silence any more. Whoever asks, it is the
    service itself that prolongs.
    """
    previous = await outage_repository.beat(tx.session, tx.now)
    outage = outage_between(tx.new_id(), previous, tx.now)
    if outage is None:
        return
    await outage_repository.add(tx.session, outage)
    by_itself = replace(tx, actor=Actor.system("registry"))
    for call in await repository.lock_taking(tx.session, outage):
        await _prolong(by_itself, call, outage)


async def end_silence(tx: Transaction) -> None:
    """Give a sign of life where the last one is old: else those who submit would queue at its row."""
    last = await outage_repository.last_sign(tx.session)
    if last is not None and is_silence(last, tx.now):
        await give_sign_of_life(tx)


async def _prolong(tx: Transaction, call: Call, outage: Outage) -> None:
    longer, minutes = decisions.prolong(call, outage)
    reason = taken_away(outage, minutes)
    extension = decisions.extension(call, longer, id_=tx.new_id(), outage=outage, on=tx.today, reason=reason)
    await repository.save(tx.session, longer)
    await repository.add_extension(tx.session, call.id, extension)
    await record(tx, call, longer, Move.EXTEND, on=tx.today, reason=reason[0])
    tx.emit(decisions.told(call.id, extension))
