"""SQL of the journal."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlalchemy.types import Boolean, Uuid

from registry.explanation.wording import Said
from registry.journal.domain import Audience, Decision, Subject
from registry.journal.tables import JournalRow
from registry.journal.wording import WORDS
from shared.canonical import plain
from shared.reads import Query
from shared.transaction import Transaction

_IS_PARTY = or_(
    bindparam("agency", type_=Boolean), JournalRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_()
)


def said_of(
    words: Mapping[str, Said], key: ColumnElement[str], *, otherwise: SQLCoreOperations[str]
) -> ColumnElement[object]:
    """Return the words for a key as `{"cs", "en"}`; what has none is told as it is."""
    known = cast(literal(json.dumps({name: said._asdict() for name, said in words.items()}), Text), JSONB)
    return func.coalesce(known[key], func.jsonb_build_object("cs", otherwise, "en", otherwise)).label("said")


_HEAD = (
    JournalRow.id,
    JournalRow.subject,
    JournalRow.subject_id,
    JournalRow.version,
    JournalRow.unit_id,
    JournalRow.action,
    said_of(WORDS, JournalRow.subject + "/" + JournalRow.action, otherwise=JournalRow.action),
    JournalRow.decided_on,
    JournalRow.at,
    case((_IS_PARTY, JournalRow.actor)).label("actor"),
    JournalRow.affiliation,
    JournalRow.reason,
)


def _visible() -> ColumnElement[bool]:
    own = and_(JournalRow.audience == Audience.PARTIES, _IS_PARTY)
    return or_(bindparam("agency", type_=Boolean), JournalRow.audience == Audience.PUBLIC, own)


@cache
def entries(*, of_subject: bool, of_one: bool, of_unit: bool) -> Query:
    """Return the query for what the caller may read, the latest first, without the states."""
    found = select(*_HEAD).where(_visible())
    if of_subject:
        found = found.where(JournalRow.subject == bindparam("subject"))
    if of_one:
        found = found.where(JournalRow.subject_id == bindparam("subject_id"))
    if of_unit:
        found = found.where(JournalRow.unit_id == bindparam("unit_id"))
    return Query(found, keys=(JournalRow.id,), descending=True)


ENTRY = Query(
    select(*_HEAD, JournalRow.before, JournalRow.after).where(JournalRow.id == bindparam("id"), _visible())
)

STATE_ON = Query(
    select(JournalRow.after, JournalRow.version)
    .where(
        JournalRow.subject == bindparam("subject"),
        JournalRow.subject_id == bindparam("subject_id"),
        JournalRow.decided_on <= bindparam("day", type_=Date),
        _visible(),
    )
    .order_by(JournalRow.decided_on.desc(), JournalRow.version.desc())
    .limit(1)
)
"""The state of one subject on a day: what the last decision until then made of it."""


async def last_days(tx: Transaction, decisions: Collection[Decision]) -> dict[tuple[Subject, UUID], date]:
    """Return when each of the subjects was decided on last, of those that were."""
    ids = [each.subject_id for each in decisions]
    latest = (
        select(JournalRow.subject, JournalRow.subject_id, func.max(JournalRow.decided_on))
        .where(
            JournalRow.subject.in_({each.subject.value for each in decisions}),
            JournalRow.subject_id == bindparam("ids", ids, type_=ARRAY(Uuid)).any_(),
        )
        .group_by(JournalRow.subject, JournalRow.subject_id)
    )
    found = await tx.session.execute(latest)
    return {(Subject(subject), subject_id): day for subject, subject_id, day in found}


async def add(tx: Transaction, decisions: Sequence[Decision]) -> None:
    rows = [
        {
            "id": tx.new_id(),
            "subject": decision.subject.value,
            "subject_id": decision.subject_id,
            "version": decision.version,
            "unit_id": decision.unit_id,
            "audience": decision.audience.value,
            "action": decision.action,
            "decided_on": decision.decided_on,
            "at": tx.now,
            "actor": tx.actor.id,
            "affiliation": tx.actor.affiliation,
            "reason": decision.reason,
            "before": None if decision.before is None else plain(decision.before),
            "after": plain(decision.after),
            "correlation_id": tx.correlation_id,
        }
        for decision in decisions
    ]
    await tx.session.execute(insert(JournalRow), rows)
