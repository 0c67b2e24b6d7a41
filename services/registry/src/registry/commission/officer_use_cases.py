"""What officers decide while an assessment is open: recuse, excuse, note a discussion."""

from collections.abc import Collection
from uuid import UUID

from registry.commission import score_repository
from registry.commission import sheet as sheets
from registry.commission.assessing import Assessment, Move, Officer, expect_officer
from registry.commission.refusals import NothingToExcuse, NotInThisAssessment
from registry.commission.sheet import Recusal
from registry.commission.use_cases import known, note_move, note_sheets
from shared.contracts.base import Role
from shared.transaction import Transaction


async def recuse_member(
    tx: Transaction, assessment_id: UUID, application_id: UUID, *, person: str, ground: str, expected: int
) -> Assessment:
    """Recuse a member from an application, by the chair; for good, a sealed score no longer counts."""
    assessment = await known(tx, assessment_id, expected)
    assessment.expect(Move.RECUSE)
    expect_officer(assessment, tx.actor.id, Officer.CHAIR)
    held = await score_repository.lock_sheets(tx.session, assessment_id, person, [application_id])
    if application_id not in held:
        raise NotInThisAssessment
    before = held[application_id].sheet
    after = sheets.recuse(before, Recusal.CHAIR, ground, at=tx.now)
    await score_repository.save_sheets(tx.session, [after])
    await note_sheets(tx, [(before, after)], action="recuse")
    return await note_move(tx, assessment, action="recuse", reason=ground)


async def excuse_member(
    tx: Transaction,
    assessment_id: UUID,
    *,
    person: str,
    reason: str,
    application_ids: Collection[UUID] | None,
    expected: int,
) -> Assessment:
    """Record that a member will not score the applications named, or all that the member has not sealed.

    The chair decides, for an absent chair the director.
    """
    assessment = await known(tx, assessment_id, expected)
    assessment.expect(Move.EXCUSE)
    is_director = tx.actor.has_any([Role.DIRECTOR])
    expect_officer(assessment, tx.actor.id, Officer.CHAIR, Officer.DIRECTOR, is_director=is_director)
    held = await score_repository.lock_sheets(tx.session, assessment_id, person, application_ids)
    if application_ids is not None and set(application_ids) - held.keys():
        raise NotInThisAssessment
    found = [each.sheet for each in held.values()]
    awaited = found if application_ids is not None else [sheet for sheet in found if sheet.is_awaited]
    if not awaited:
        raise NothingToExcuse(rule="excuse-only-who-has-not-sealed", standing=assessment.facts)
    excused = [sheets.excuse(sheet, reason) for sheet in awaited]
    await score_repository.save_sheets(tx.session, excused)
    await note_sheets(tx, zip(awaited, excused, strict=True), action="excuse")
    return await note_move(tx, assessment, action="excuse", reason=reason)


async def note_discussion(
    tx: Transaction, assessment_id: UUID, application_id: UUID, *, note: str, expected: int
) -> Assessment:
    """Record that the members discussed their scores, by the chair or the secretary.

    A recused chair cannot. The journal names the application alone: a note may tell of points.
    """
    assessment = await known(tx, assessment_id, expected)
    assessment.expect(Move.DISCUSS)
    expect_officer(assessment, tx.actor.id, Officer.CHAIR, Officer.SECRETARY)
    held = await score_repository.sheets(tx.session, assessment_id, application_id=application_id)
    if not held:
        raise NotInThisAssessment
    sheets.expect_readable(
        assessment, [each.sheet for each in held], person=tx.actor.id, is_agency=tx.actor.is_agency
    )
    await score_repository.save_discussion(tx.session, application_id, note, by=tx.actor.id, at=tx.now)
    return await note_move(tx, assessment, action="discuss", reason=held[0].applicant.number)
