"""An entry of the library: draft → proposed → published → superseded or retired; published is for good."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.library.content import Content, expect_sound
from planning.library.refusals import (
    NEEDED,
    AuthorCannotVerify,
    EntryMoveRefused,
    PracticeIncomplete,
    PracticeKeepsItsKind,
    PracticeWithoutItsRecord,
    ReviewNotAhead,
)
from shared.procedure import Labels, Procedure

LONGEST_REVIEW_YEARS: Final = 5


class EntryStatus(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


class EntryMove(StrEnum):
    EDIT = "edit"
    PROPOSE = "propose"
    RETURN = "return"
    VERIFY = "verify"
    REVIEW = "review"
    SUCCEED = "begin-successor"
    SUPERSEDE = "supersede"
    RETIRE = "retire"


LABELS: Final[Labels] = {
    EntryStatus.DRAFT: ("rozpracovaná", "a draft"),
    EntryStatus.PROPOSED: ("navržená", "proposed"),
    EntryStatus.PUBLISHED: ("zveřejněná", "published"),
    EntryStatus.SUPERSEDED: ("nahrazená novějším vydáním", "superseded"),
    EntryStatus.RETIRED: ("vyřazená", "retired"),
    EntryMove.EDIT: ("změnit", "change"),
    EntryMove.PROPOSE: ("navrhnout", "propose"),
    EntryMove.RETURN: ("vrátit k dopracování", "send back"),
    EntryMove.VERIFY: ("ověřit a zveřejnit", "verify and publish"),
    EntryMove.REVIEW: ("přezkoumat", "review"),
    EntryMove.SUCCEED: ("připravit nové vydání", "begin the next edition"),
    EntryMove.SUPERSEDE: ("nahradit novým vydáním", "supersede"),
    EntryMove.RETIRE: ("vyřadit", "retire"),
}
_DRAFT: Final = frozenset({EntryStatus.DRAFT})
_PROPOSED: Final = frozenset({EntryStatus.PROPOSED})
_PUBLISHED: Final = frozenset({EntryStatus.PUBLISHED})
LIVING: Final = _DRAFT | _PROPOSED | _PUBLISHED
PROCEDURE: Final = Procedure(
    moves={
        EntryMove.EDIT: (_DRAFT, EntryStatus.DRAFT),
        EntryMove.PROPOSE: (_DRAFT, EntryStatus.PROPOSED),
        EntryMove.RETURN: (_PROPOSED, EntryStatus.DRAFT),
        EntryMove.VERIFY: (_PROPOSED, EntryStatus.PUBLISHED),
        EntryMove.REVIEW: (_PUBLISHED, EntryStatus.PUBLISHED),
        EntryMove.SUCCEED: (_PUBLISHED, EntryStatus.PUBLISHED),
        EntryMove.SUPERSEDE: (_PUBLISHED, EntryStatus.SUPERSEDED),
        EntryMove.RETIRE: (LIVING, EntryStatus.RETIRED),
    },
    labels=LABELS,
    refusal=EntryMoveRefused,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One edition of an entry; all editions have one `lineage_id`. `unit_id`: whose practice it is."""

    id: UUID
    version: int
    lineage_id: UUID
    edition: int
    content: Content
    status: EntryStatus = EntryStatus.DRAFT
    code: str | None = None
    unit_id: UUID | None = None
    author: str
    affiliation: str
    edited_by: str
    published_on: date | None = None
    verified_by: str | None = None
    review_on: date | None = None
    reason: str = ""
    superseded_by: UUID | None = None


def edit(entry: Entry, content: Content, *, by: str, today: date) -> Entry:
    """Say the content anew; the place where a practice worked stays."""
    _moved(entry, EntryMove.EDIT)
    before = entry.content.practice
    if (before is None) != (content.practice is None):
        raise PracticeWithoutItsRecord(pointer="/practice")
    if before is not None and content.kind is not entry.content.kind:
        raise PracticeKeepsItsKind(pointer="/pattern/kind")
    if before is not None and content.practice is not None:
        origin = {name: getattr(before, name) for name in ("plan_id", "revision", "node_id", "node_number")}
        content = replace(content, practice=replace(content.practice, **origin))
    expect_sound(content, today=today)
    return replace(entry, content=content, edited_by=by, version=entry.version + 1)


def propose(entry: Entry) -> Entry:
    """Raise PracticeIncomplete where a practice could not be judged."""
    proposed = _moved(entry, EntryMove.PROPOSE)
    practice = entry.content.practice
    if practice is not None:
        lacking = [name for name in NEEDED if not getattr(practice, name)]
        if lacking:
            raise PracticeIncomplete(lacking=lacking)
    return replace(proposed, reason="")


def send_back(entry: Entry, *, reason: str) -> Entry:
    return replace(_moved(entry, EntryMove.RETURN), reason=reason)


def verify(entry: Entry, *, by: str, today: date, review_on: date) -> Entry:
    """Publish it. Raises AuthorCannotVerify, ReviewNotAhead."""
    verified = _moved(entry, EntryMove.VERIFY)
    _expect_second_person(entry, by)
    _expect_ahead(review_on, today)
    return replace(verified, published_on=today, verified_by=by, review_on=review_on, reason="")


def review(entry: Entry, *, by: str, today: date, review_on: date) -> Entry:
    """Say that a published entry still holds."""
    reviewed = _moved(entry, EntryMove.REVIEW)
    _expect_second_person(entry, by)
    _expect_ahead(review_on, today)
    return replace(reviewed, verified_by=by, review_on=review_on)


def begin_successor(entry: Entry, *, edition: int, new_id: UUID, by: str, affiliation: str) -> Entry:
    """Return a draft of the next edition; the published one stays as it is."""
    _moved(entry, EntryMove.SUCCEED)
    return Entry(
        id=new_id,
        version=1,
        lineage_id=entry.lineage_id,
        edition=edition,
        content=entry.content,
        unit_id=entry.unit_id,
        author=by,
        affiliation=affiliation,
        edited_by=by,
    )


def supersede(entry: Entry, successor: UUID) -> Entry:
    return replace(_moved(entry, EntryMove.SUPERSEDE), superseded_by=successor)


def retire(entry: Entry, *, reason: str) -> Entry:
    return replace(_moved(entry, EntryMove.RETIRE), reason=reason)


def _moved(entry: Entry, move: EntryMove) -> Entry:
    return replace(entry, status=PROCEDURE.after(entry.status, move), version=entry.version + 1)


def _expect_second_person(entry: Entry, by: str) -> None:
    if by in {entry.author, entry.edited_by}:
        raise AuthorCannotVerify


def _expect_ahead(review_on: date, today: date) -> None:
    if not today < review_on <= today + timedelta(days=LONGEST_REVIEW_YEARS * 366):
        raise ReviewNotAhead(review_on=review_on, years=LONGEST_REVIEW_YEARS, pointer="/review_on")
