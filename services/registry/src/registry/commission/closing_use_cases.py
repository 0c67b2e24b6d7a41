"""An assessment is closed with the ranked list and the minutes, and the minutes are signed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from registry.applications import use_cases as applications
from registry.applications.domain import Move as ApplicationMove
from registry.applications.domain import Status as ApplicationStatus
from registry.applications.repository import lock_of_call
from registry.calls import repository as calls
from registry.calls.domain import CallUnknown
from registry.commission import protocol_repository, repository, score_repository
from registry.commission.assessing import Assessment, Move, Officer, Status, expect_officer
from registry.commission.minutes import Around, Heading, Minutes, lines_of, minutes_of, number_of
from registry.commission.minutes_text import missed_text, text_of
from registry.commission.ranking import Candidate, Place, Recommendation, rank
from registry.commission.refusals import (
    AssessmentUnfinished,
    SignedAlready,
)
from registry.commission.score_repository import Held
from registry.commission.scoring import Consolidated, consolidate
from registry.commission.sheet import SheetStatus
from registry.commission.use_cases import known, locked_commission, note_assessment, note_move
from registry.journal.use_cases import decision_day
from shared.canonical import canonical_json, digest, plain
from shared.transaction import Transaction

_MOVES: Final = {
    Recommendation.RECOMMENDED: ApplicationMove.RECOMMEND,
    Recommendation.RESERVE: ApplicationMove.PLACE_IN_RESERVE,
    Recommendation.NOT_RECOMMENDED: ApplicationMove.DO_NOT_RECOMMEND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An application that is still in the evaluation, with the sheets of all members."""

    held: Sequence[Held]

    @property
    def number(self) -> str:
        return self.held[0].applicant.number

    @property
    def is_sealed(self) -> bool:
        return not any(each.sheet.is_awaited for each in self.held)

    def consolidated(self, assessment: Assessment) -> Consolidated | None:
        """Return what the scores that count come to: of those recused later none does."""
        return consolidate(
            [each.score for each in self.held if each.score and each.sheet.status is SheetStatus.SEALED],
            assessment.criteria,
        )


async def close(tx: Transaction, assessment_id: UUID, *, on: date | None, expected: int) -> Assessment:
    """Rank what is still in the evaluation, tell the applications, draw up the minutes.

    Raises AssessmentUnfinished, which names the applications without scores, quorum or discussion.
    """
    assessment = await known(tx, assessment_id, expected)
    closed_on = decision_day(tx, on)
    assessment.expect(Move.CLOSE)
    expect_officer(assessment, tx.actor.id, Officer.CHAIR, Officer.SECRETARY)
    await lock_of_call(tx.session, assessment.call_id, ApplicationStatus.IN_EVALUATION)
    held = await score_repository.sheets(tx.session, assessment_id)
    judged = _judged(held)
    found = _expect_finished(assessment, judged)
    places = rank(
        (_candidate(judged[id_], consolidated) for id_, consolidated in found.items()),
        assessment.criteria,
        minimum_points=assessment.minimum_points,
        capacity=assessment.capacity,
    )
    await protocol_repository.save_places(tx.session, places)
    closed = replace(assessment.moved(), status=Status.CLOSED, closed_on=closed_on)
    minutes = await _draw_up(tx, closed, held, places, on=closed_on)
    await _conclude(tx, places, minutes, on=closed_on)
    await repository.save(tx.session, closed)
    await note_assessment(tx, assessment, closed, action="close", on=closed_on)
    return closed


async def sign(tx: Transaction, assessment_id: UUID, *, expected: int) -> Assessment:
    """Sign the minutes as the chair or as the secretary; with both signatures they are complete."""
    assessment = await known(tx, assessment_id, expected)
    assessment.expect(Move.SIGN)
    expect_officer(assessment, tx.actor.id, Officer.CHAIR, Officer.SECRETARY)
    duty = Officer.CHAIR if tx.actor.id == assessment.chair else Officer.SECRETARY
    signed = await protocol_repository.signatures(tx.session, assessment_id)
    if duty.value in signed or tx.actor.id in signed.values():
        raise SignedAlready(rule="sign-once", standing=assessment.facts)
    names = {each.person: each.person_name for each in assessment.assessors}
    await protocol_repository.add_signature(
        tx.session,
        {
            "assessment_id": assessment_id,
            "duty": duty.value,
            "person": tx.actor.id,
            "person_name": names.get(tx.actor.id, assessment.secretary_name),
            "signed_on": tx.today,
            "at": tx.now,
        },
    )
    status = Status.SIGNED if signed else Status.CLOSED
    return await note_move(tx, replace(assessment, status=status), action="sign", before=assessment)


def _judged(held: Sequence[Held]) -> dict[UUID, Judged]:
    """Return what was not withdrawn."""
    of_application: defaultdict[UUID, list[Held]] = defaultdict(list)
    for each in held:
        if each.applicant.is_live:
            of_application[each.sheet.application_id].append(each)
    return {id_: Judged(held=found) for id_, found in of_application.items()}


def _expect_finished(assessment: Assessment, judged: Mapping[UUID, Judged]) -> dict[UUID, Consolidated]:
    unsealed, without_quorum, undiscussed = list[str](), list[str](), list[str]()
    finished: dict[UUID, Consolidated] = {}
    for id_, each in judged.items():
        found = each.consolidated(assessment)
        if not each.is_sealed:
            unsealed.append(each.number)
        elif found is None or found.scores < assessment.quorum:
            without_quorum.append(each.number)
        elif found.alarms(assessment.spread_alarm) and not each.held[0].applicant.discussion:
            undiscussed.append(each.number)
        else:
            finished[id_] = found
    if unsealed or without_quorum or undiscussed:
        raise AssessmentUnfinished(
            unsealed=", ".join(unsealed) or "–",
            without_quorum=", ".join(without_quorum) or "–",
            undiscussed=", ".join(undiscussed) or "–",
            rule="close-only-scored-with-quorum-and-discussed",
            standing=assessment.facts,
        )
    return finished


def _candidate(judged: Judged, consolidated: Consolidated) -> Candidate:
    applicant = judged.held[0].applicant
    return Candidate(
        application_id=applicant.application_id,
        number=applicant.number,
        unit_name=applicant.unit_name,
        consolidated=consolidated,
        index=applicant.index,
        received_at=applicant.received_at,
    )


async def _draw_up(
    tx: Transaction, assessment: Assessment, held: Sequence[Held], places: Sequence[Place], *, on: date
) -> Minutes:
    """Freeze the minutes with their digest and texts; the number is drawn last."""
    call = await calls.load(tx.session, assessment.call_id)
    if call is None:
        raise CallUnknown
    commission = await locked_commission(tx, assessment.commission_id, None)
    ordinal = await protocol_repository.next_ordinal(tx.session, on.year)
    heading = Heading(
        number=number_of(on.year, ordinal),
        drawn_up_on=on,
        call_code=call.code,
        call_title=call.title,
        established_by=commission.established_by,
    )
    minutes = _minutes(assessment, heading, held, places)
    checksum = digest(canonical_json(minutes))
    await protocol_repository.add_protocol(
        tx.session,
        {
            "assessment_id": assessment.id,
            "year": on.year,
            "ordinal": ordinal,
            "content": plain(minutes),
            "digest": checksum,
            "text_cs": text_of(minutes, checksum, czech=True),
            "text_en": text_of(minutes, checksum, czech=False),
            "drawn_up_at": tx.now,
        },
    )
    return minutes


def _minutes(
    assessment: Assessment, heading: Heading, held: Sequence[Held], places: Sequence[Place]
) -> Minutes:
    around = {
        each.applicant.application_id: Around(
            discussion=each.applicant.discussion, index_year=each.applicant.index_year
        )
        for each in held
    }
    withdrawn = {each.applicant.number for each in held if not each.applicant.is_live}
    lines = lines_of(places, around, spread_alarm=assessment.spread_alarm)
    return minutes_of(assessment, heading, [each.sheet for each in held], lines, withdrawn=sorted(withdrawn))


async def _conclude(tx: Transaction, places: Sequence[Place], minutes: Minutes, *, on: date) -> None:
    """Tell each application how it ended, with the rank and what it fell short of."""
    notes = {}
    for line in minutes.ranking:
        missed = "; ".join(missed_text(each, czech=True) for each in line.missed)
        notes[line.application_id] = f"{line.rank}. místo, {format(line.result, 'f')} bodu" + (
            f" ({missed})" if missed else ""
        )
    outcomes = {place.candidate.application_id: _MOVES[place.recommendation] for place in places}
    await applications.conclude_evaluation(tx, outcomes, on, notes)
