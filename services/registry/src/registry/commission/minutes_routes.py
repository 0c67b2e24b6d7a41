"""HTTP of what an assessment ends with: the ranked list, its files, the minutes and their signatures."""

from uuid import UUID

from fastapi import Request, Response

from registry.commission import closing_use_cases, protocol_repository, use_cases
from registry.commission.assessing import Assessment
from registry.commission.protocol_repository import Protocol
from registry.commission.refusals import MinutesAfterClosure
from registry.commission.schemas import AssessmentOut, MinutesOut, RankingOut, SignatureOut, minutes_in
from registry.commission.spreadsheet import csv_of, workbook_of
from shared.contracts.base import Role
from shared.csv_files import Delimiter
from shared.http import ExpectedVersion, Tx, allow, etag, language_of, router

records = router("/assessments", tag="commission")

_READERS = allow(
    *(Role.COMMISSIONER, Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST),
    *(Role.EVALUATOR, Role.DIRECTOR),
)


@records.get("/{assessment_id}/ranking", response_model=RankingOut, dependencies=[_READERS])
async def get_ranking(tx: Tx, assessment_id: UUID) -> RankingOut:
    return RankingOut.of(minutes_in((await _protocol(tx, assessment_id)).content))


@records.get(
    "/{assessment_id}/ranking.csv", response_class=Response, response_model=None, dependencies=[_READERS]
)
async def get_ranking_as_csv(
    tx: Tx, assessment_id: UUID, request: Request, delimiter: Delimiter = Delimiter.COMMA
) -> Response:
    """UTF-8 with a byte-order mark; a semicolon comes with a decimal comma."""
    minutes = minutes_in((await _protocol(tx, assessment_id)).content)
    content = csv_of(minutes, delimiter=delimiter, language=language_of(request))
    return Response(content, media_type="text/csv; charset=utf-8")


@records.get(
    "/{assessment_id}/ranking.xlsx", response_class=Response, response_model=None, dependencies=[_READERS]
)
async def get_ranking_as_workbook(tx: Tx, assessment_id: UUID, request: Request) -> Response:
    minutes = minutes_in((await _protocol(tx, assessment_id)).content)
    content = workbook_of(minutes, language=language_of(request))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(content, media_type=kind)


@records.get("/{assessment_id}/minutes", response_model=MinutesOut, dependencies=[_READERS])
async def get_minutes(tx: Tx, assessment_id: UUID, request: Request, response: Response) -> MinutesOut:
    """Give the minutes as they were frozen; the text in the reader's language.

    The version in ETag is that of the assessment: it is what a signature sends as If-Match.
    """
    assessment, found = await _closed(tx, assessment_id)
    response.headers.update(etag(assessment.version))
    return MinutesOut(
        number=minutes_in(found.content).number,
        digest=found.digest,
        content=dict(found.content),
        text=found.text_cs if language_of(request) == "cs" else found.text_en,
        signatures=[SignatureOut.model_validate(each) for each in found.signatures],
    )


@records.post("/{assessment_id}/minutes/signatures", response_model=AssessmentOut, dependencies=[_READERS])
async def sign_minutes(
    tx: Tx, assessment_id: UUID, expected: ExpectedVersion, response: Response
) -> AssessmentOut:
    """Sign as the chair or as the secretary: two different people.

    If-Match is the version of the assessment, which `GET …/minutes` gives as ETag.
    """
    signed = await closing_use_cases.sign(tx, assessment_id, expected=expected)
    response.headers.update(etag(signed.version))
    return AssessmentOut.of(signed)


async def _protocol(tx: Tx, assessment_id: UUID) -> Protocol:
    return (await _closed(tx, assessment_id))[1]


async def _closed(tx: Tx, assessment_id: UUID) -> tuple[Assessment, Protocol]:
    assessment = await use_cases.read(tx, assessment_id)
    found = await protocol_repository.protocol(tx.session, assessment_id)
    if found is None:
        raise MinutesAfterClosure(rule="read-after-closure", standing=assessment.facts)
    return assessment, found
