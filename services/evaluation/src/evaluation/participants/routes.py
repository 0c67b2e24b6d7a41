"""HTTP of participants: only who keeps the project sees them, and under pseudonymous keys alone."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Query, Request, Response

from evaluation.participants import attendance_use_cases, list_repository, use_cases
from evaluation.participants.card import CARDS, RECORDS, csv_of
from evaluation.participants.domain import Entry, Participant
from evaluation.participants.refusals import ParticipantUnknown
from evaluation.participants.schemas import (
    CorrectionIn,
    EntryCreated,
    ImportedOut,
    MergerIn,
    ParticipantChanged,
    ParticipantCreated,
    ParticipantDetail,
    ParticipantIn,
    ParticipantPage,
    SupportIn,
    WithdrawalIn,
)
from evaluation.projects.refusals import ProjectUnknown
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Csv,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    language_of,
    router,
    today,
)

participants = router("/projects/{project_id}/participants", tag="participants")
attendance = router("/projects/{project_id}/attendance", tag="participants")

_READ: Final = allow(
    Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT, Role.EVALUATOR, Role.DIRECTOR, Role.COORDINATOR
)
_KEEP: Final = allow(Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT, Role.COORDINATOR)
AsOf = Annotated[Day | None, Query(description="Support until that day; today where left out")]


async def _expect_own(reads: Reads, caller: Caller, project_id: UUID) -> None:
    """Raise ProjectUnknown also for who may know of no participants."""
    if await reads.row(list_repository.OWN, project_id=project_id, **caller.sees()) is None:
        raise ProjectUnknown


@participants.get("", response_model=ParticipantPage, dependencies=[_READ])
async def list_participants(
    reads: Reads,
    caller: Caller,
    page: Page,
    project_id: UUID,
    *,
    as_of: AsOf = None,
    counted: Annotated[
        Literal["true", "false"] | None,
        Query(alias="filter[counted]", description="Above the threshold on that day, or not"),
    ] = None,
) -> Response:
    """Give the persons with their hours, in the order in which they were registered."""
    await _expect_own(reads, caller, project_id)
    query = list_repository.participants(None if counted is None else counted == "true")
    return await reads.page(query, page, project_id=project_id, as_of=as_of or today(), **caller.sees())


@participants.get("/cards.csv", response_class=Csv, response_model=None, dependencies=[_READ])
async def export_cards(
    reads: Reads, caller: Caller, project_id: UUID, request: Request, as_of: AsOf = None
) -> Response:
    """Give a line a person for IS ESF. The columns are inferred: its own format is not published."""
    await _expect_own(reads, caller, project_id)
    rows = await reads.rows(
        list_repository.cards(), project_id=project_id, as_of=as_of or today(), **caller.sees()
    )
    return _file("karty-ucastniku", CARDS, rows, request)


@participants.get("/records.csv", response_class=Csv, response_model=None, dependencies=[_READ])
async def export_records(
    reads: Reads, caller: Caller, project_id: UUID, request: Request, as_of: AsOf = None
) -> Response:
    """Give every entry of support behind the numbers, corrections too."""
    await _expect_own(reads, caller, project_id)
    rows = await reads.rows(
        list_repository.records(), project_id=project_id, as_of=as_of or today(), **caller.sees()
    )
    return _file("evidence-podpor", RECORDS, rows, request)


def _file(
    name: str,
    columns: Mapping[str, tuple[str, str]],
    rows: list[Mapping[str, object]],
    request: Request,
) -> Csv:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Csv(csv_of(columns, rows, language=language_of(request)), headers=headers)


@participants.post("", status_code=201, dependencies=[_KEEP])
async def register_participant(
    tx: Tx, project_id: UUID, body: ParticipantIn, request: Request, response: Response
) -> ParticipantCreated:
    """Register a person under a pseudonymous key; a key stands in a project once."""
    made = await use_cases.register_participant(
        tx, project_id, key=body.key, role=body.role, legal_basis=body.legal_basis
    )
    response.headers["Location"] = f"{request.url.path}/{made.id}"
    response.headers.update(etag(made.version))
    return ParticipantCreated(id=made.id, version=made.version)


@participants.get("/{participant_id}", response_model=ParticipantDetail, dependencies=[_READ])
async def get_participant(
    reads: Reads, caller: Caller, project_id: UUID, participant_id: UUID, as_of: AsOf = None
) -> Response:
    """Give a person with every entry behind the hours, those of a merged registration too."""
    found = await reads.one(
        list_repository.participant(),
        project_id=project_id,
        participant_id=participant_id,
        as_of=as_of or today(),
        **caller.sees(),
    )
    if found is None:
        raise ParticipantUnknown
    return found


@participants.post("/{participant_id}/support", status_code=201, dependencies=[_KEEP])
async def record_support(
    tx: Tx, project_id: UUID, participant_id: UUID, body: SupportIn, request: Request, response: Response
) -> EntryCreated:
    """Record support of one day; it is read with the participant."""
    entry = await use_cases.record_support(tx, project_id, participant_id, body.support())
    return _entry(entry, request, response)


@participants.post("/{participant_id}/corrections", status_code=201, dependencies=[_KEEP])
async def correct_support(
    tx: Tx, project_id: UUID, participant_id: UUID, body: CorrectionIn, request: Request, response: Response
) -> EntryCreated:
    """Say what an entry should have given; the difference is another entry, nothing is changed."""
    correction = await use_cases.correct_support(
        tx, project_id, participant_id, entry_id=body.entry_id, amount=body.amount, reason=body.reason
    )
    return _entry(correction, request, response)


@participants.post("/{participant_id}/withdrawal", dependencies=[_KEEP])
async def withdraw_participant(
    tx: Tx,
    project_id: UUID,
    participant_id: UUID,
    body: WithdrawalIn,
    expected: ExpectedVersion,
    response: Response,
) -> ParticipantChanged:
    """Record that a person left the project; what was supported until that day counts on."""
    left = await use_cases.withdraw_participant(
        tx, project_id, participant_id, on=body.withdrawn_on, expected=expected
    )
    return _changed(left, response)


@participants.post("/{participant_id}/merger", dependencies=[_KEEP])
async def merge_participant(
    tx: Tx,
    project_id: UUID,
    participant_id: UUID,
    body: MergerIn,
    expected: ExpectedVersion,
    response: Response,
) -> ParticipantChanged:
    """Say that two registrations are one person, whose hours are summed and who counts once."""
    merged = await use_cases.merge_participant(
        tx, project_id, participant_id, same_as=body.same_as, expected=expected
    )
    return _changed(merged, response)


@participants.post("/{participant_id}/erasure", dependencies=[_KEEP])
async def erase_participant(
    tx: Tx, project_id: UUID, participant_id: UUID, expected: ExpectedVersion, response: Response
) -> ParticipantChanged:
    """Forget the key and the days of a person; sums stay, so that counted numbers stay explained."""
    erased = await use_cases.erase_participant(tx, project_id, participant_id, expected=expected)
    return _changed(erased, response)


@attendance.post("", dependencies=[_KEEP])
async def take_attendance(tx: Tx, project_id: UUID) -> ImportedOut:
    """Record what the project takes of all attendance known so far; later one comes by itself."""
    return ImportedOut.model_validate(await attendance_use_cases.take_attendance(tx, project_id))


def _entry(entry: Entry, request: Request, response: Response) -> EntryCreated:
    response.headers["Location"] = request.url.path.rpartition("/")[0]
    return EntryCreated.model_validate(entry)


def _changed(participant: Participant, response: Response) -> ParticipantChanged:
    response.headers.update(etag(participant.version))
    return ParticipantChanged.model_validate(participant)
