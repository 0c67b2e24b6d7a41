"""Acts enter the record, days are closed and signed, bundles are time-stamped."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from documents.outside import signer_of, tsa_of
from documents.proving.signing import Signer
from documents.proving.timestamping import StampRefused, TimeStampAuthority
from documents.proving.verify import sha256
from documents.record import repository
from documents.record.bundle import Bundle, bundle_of, file_of, proof_of
from documents.record.domain import (
    Act,
    ActNotDisclosed,
    ActNotSigned,
    ActNotWithheld,
    ActUnknown,
    BundleUnknown,
    State,
    act_of,
)
from shared.contracts.base import Event
from shared.errors import expect_version
from shared.settings import load_settings
from shared.transaction import Transaction, apart

MOST_AT_ONCE: Final = 500
LONGEST_WAIT_MINUTES: Final = 360


async def enter(tx: Transaction, event: Event, event_id: UUID) -> None:
    """Enter an act once; one that comes when its day was closed goes into the present day."""
    state = await repository.lock_state(tx.session, today=tx.today)
    if await repository.is_entered(tx.session, event_id):
        return
    day = max(tx.today, state.latest_on)
    position = state.last_position + 1
    act = act_of(event, event_id, position=position, received_at=tx.now, received_on=day)
    if not act.unit_ids:
        act = replace(act, unit_ids=await repository.units_of_subject(tx.session, act.subject_id))
    await repository.add_acts(tx.session, [act])
    await repository.save_state(tx.session, State(last_position=position, latest_on=day))


async def enter_own_acts(tx: Transaction) -> None:
    """Enter what this service told itself."""
    await repository.lock_state(tx.session, today=tx.today)
    for event_id, event in await repository.own_acts(tx.session, most=MOST_AT_ONCE):
        await enter(tx, event, event_id)


async def close_days(tx: Transaction) -> None:
    """Sign each day that is over; raises `NotConfigured` where days wait and there is no key."""
    if await repository.open_days(tx.session, before=tx.today):
        await sign_days(tx, signer_of(load_settings("documents")))


async def sign_days(tx: Transaction, signer: Signer) -> list[Bundle]:
    """Make the bundles of days that are over, and return them; two that try at once make them once."""
    state = await repository.lock_state(tx.session, today=tx.today)
    days = await repository.open_days(tx.session, before=tx.today)
    if not days:
        return []
    await repository.keep_key(tx.session, signer.key_id, signer.public_key, now=tx.now)
    made = []
    for day in days:
        acts = await repository.acts_of(tx.session, day)
        bundle = bundle_of(day, acts, await repository.last_bundle(tx.session), signer)
        await repository.add_bundle(tx.session, bundle, now=tx.now)
        made.append(bundle)
    latest = max(tx.today, state.latest_on)
    await repository.save_state(tx.session, State(last_position=state.last_position, latest_on=latest))
    return made


async def stamp_bundles(tx: Transaction) -> None:
    """Have bundles time-stamped, where an authority is set."""
    authority = tsa_of(load_settings("documents"))
    if authority is not None:
        await stamp(tx, authority)


async def stamp(tick: Transaction, authority: TimeStampAuthority) -> int:
    """Return how many bundles were stamped; no transaction is open while the authority is asked."""
    async with apart(tick) as tx:
        waiting = await repository.not_stamped(tx.session, now=tx.now, most=MOST_AT_ONCE)
    stamped = 0
    for number, head, attempts in waiting:
        try:
            answer, at = await authority.stamp(head.encode())
        except StampRefused:
            async with apart(tick) as tx:
                until = tx.now + timedelta(minutes=min(2 ** min(attempts, 9), LONGEST_WAIT_MINUTES))
                await repository.put_off_stamp(tx.session, number, attempts=attempts + 1, until=until)
            break
        async with apart(tick) as tx:
            await repository.keep_stamp(tx.session, number, answer, stamped_at=at)
        stamped += 1
    return stamped


async def withhold(tx: Transaction, position: int, version: int, *, reason: str) -> int:
    """Show the act's place and digest alone from now on, and return its version.

    What was signed stays: a file that holds the digest instead of the act is verified as before. Raises
    `ActUnknown`, `ActNotDisclosed`.
    """
    act = await _locked(tx, position, version)
    if not act.disclosed:
        raise ActNotDisclosed(position=position)
    await repository.disclose(tx.session, act, disclosed=False, by=tx.actor.id, reason=reason, now=tx.now)
    await _make_file_anew(tx, act)
    return act.version + 1


async def disclose(tx: Transaction, position: int, version: int) -> int:
    """Show again what a person withheld, and return its version; raises `ActUnknown`, `ActNotWithheld`."""
    act = await _locked(tx, position, version)
    if not act.withheld:
        raise ActNotWithheld(position=position)
    await repository.disclose(tx.session, act, disclosed=True)
    await _make_file_anew(tx, act)
    return act.version + 1


async def _locked(tx: Transaction, position: int, version: int) -> Act:
    """Return the act while the record is locked: no day closes meanwhile, nobody else decides."""
    await repository.lock_state(tx.session, today=tx.today)
    act = await repository.act_at(tx.session, position)
    if act is None:
        raise ActUnknown
    expect_version(version, act.version)
    return act


async def _make_file_anew(tx: Transaction, act: Act) -> None:
    found = await repository.bundle_of_day(tx.session, act.received_on)
    if found is None:
        return
    bundle, _ = found
    acts = await repository.acts_of(tx.session, act.received_on)
    content = file_of(bundle.head, bundle.signature, acts)
    await repository.save_file(tx.session, replace(bundle, digest=sha256(content), size_bytes=len(content)))


async def bundle_file(tx: Transaction, number: int) -> bytes:
    """Return the file of a bundle; raises `BundleUnknown`."""
    bundle = await repository.bundle_of(tx.session, number)
    if bundle is None:
        raise BundleUnknown
    acts = await repository.acts_of(tx.session, bundle.day)
    return file_of(bundle.head, bundle.signature, acts)


async def prove(tx: Transaction, position: int, *, whole: bool) -> bytes:
    """Return the proof of an act; raises `ActUnknown`, `ActNotSigned`. Sealed ones only where `whole`."""
    act = await repository.act_at(tx.session, position)
    if act is None or not (act.disclosed or whole):
        raise ActUnknown
    found = await repository.bundle_of_day(tx.session, act.received_on)
    if found is None:
        raise ActNotSigned(position=position, received_on=act.received_on)
    bundle, public_key = found
    digests = await repository.digests_of(tx.session, act.received_on)
    signed = {"head": bundle.head, "signature": bundle.signature, "public_key": public_key}
    return proof_of(act, digests, first=bundle.first, **signed)
