"""SQL of the story of a unit: three logs in one thread, by day."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.types import Boolean

from registry.activities.tables import ActivityRow, ActivityUnitRow
from registry.correspondence.tables import CorrespondenceRow, CorrespondenceUnitRow
from registry.journal.domain import Audience, Subject
from registry.journal.repository import said_of
from registry.journal.tables import JournalRow
from registry.stories.wording import WORDS
from registry.units.tables import UnitRow
from shared.reads import Query

_UNIT: Final = bindparam("unit_id", type_=Uuid)
_AGENCY: Final = bindparam("agency", type_=Boolean)
_TOLD_ELSEWHERE: Final = (Subject.ACTIVITY.value, Subject.CORRESPONDENCE.value, Subject.CONTACT.value)
"""The journal of these would tell the same twice, or tells nothing without names."""

KNOWN: Final = Query(select(UnitRow.id).where(UnitRow.id == _UNIT))


def _text(value: str) -> ColumnElement[str]:
    return cast(literal(value), Text)


def _activities() -> Select[*tuple[object, ...]]:
    mine = exists().where(ActivityUnitRow.activity_id == ActivityRow.id, ActivityUnitRow.unit_id == _UNIT)
    return select(
        ActivityRow.held_on.label("happened_on"),
        ActivityRow.id,
        _text("activity").label("part"),
        ActivityRow.id.label("subject_id"),
        ActivityRow.kind,
        ActivityRow.title,
        ActivityRow.note.label("text"),
        ActivityRow.recorded_by.label("actor"),
    ).where(mine, ActivityRow.status == "recorded")


def _correspondence() -> Select[*tuple[object, ...]]:
    mine = exists().where(
        CorrespondenceUnitRow.correspondence_id == CorrespondenceRow.id,
        CorrespondenceUnitRow.unit_id == _UNIT,
    )
    return select(
        CorrespondenceRow.occurred_on,
        CorrespondenceRow.id,
        _text("correspondence"),
        CorrespondenceRow.id,
        (CorrespondenceRow.direction + "/" + CorrespondenceRow.channel),
        CorrespondenceRow.subject,
        CorrespondenceRow.summary,
        CorrespondenceRow.recorded_by,
    ).where(mine, or_(_AGENCY, CorrespondenceRow.direction != "internal"))


def _decisions() -> Select[*tuple[object, ...]]:
    own = any_(bindparam("units", type_=ARRAY(Uuid))) == _UNIT
    visible = or_(
        _AGENCY,
        JournalRow.audience == Audience.PUBLIC.value,
        (JournalRow.audience == Audience.PARTIES.value) & own,
    )
    return select(
        JournalRow.decided_on,
        JournalRow.id,
        _text("decision"),
        JournalRow.subject_id,
        JournalRow.subject,
        JournalRow.action,
        JournalRow.reason,
        JournalRow.actor,
    ).where(JournalRow.unit_id == _UNIT, JournalRow.subject.not_in(_TOLD_ELSEWHERE), visible)


@cache
def story(*, parts: frozenset[str], since: bool, until: bool) -> Query:
    """Return the query for what happened with the unit `unit_id`, the latest first."""
    logs = {"activity": _activities, "correspondence": _correspondence, "decision": _decisions}
    thread = union_all(*(logs[part]() for part in sorted(parts))).subquery("thread")
    first = thread.columns
    names = ("happened_on", "id", "part", "subject_id", "kind", "title", "text", "actor")
    columns = [column.label(name) for name, column in zip(names, first, strict=True)]
    named = select(*columns).subquery("story")
    words = case((named.c.part == "decision", named.c.kind + "/" + named.c.title), else_=named.c.kind)
    found = select(*named.c, said_of(WORDS, words, otherwise=named.c.kind))
    if since:
        found = found.where(named.c.happened_on >= bindparam("happened_from", type_=Date))
    if until:
        found = found.where(named.c.happened_on <= bindparam("happened_until", type_=Date))
    return Query(found, keys=(named.c.happened_on, named.c.id), descending=True)
