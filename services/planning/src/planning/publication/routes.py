"""HTTP of publication: texts are checked and released, the settlement is published and read by everybody."""

import asyncio
import base64
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from planning.comments.refusals import CommentUnknown
from planning.plans.comparison import compare
from planning.plans.draft_repository import frozen_edition
from planning.publication import list_repository, use_cases
from planning.publication.list_repository import State
from planning.publication.refusals import SettlementNotPublished
from planning.publication.schemas import (
    PathOut,
    PublicationState,
    ReleaseIn,
    ReleaseList,
    ReleaseOut,
    ReleasesIn,
    ReleasesOut,
    ReleaseState,
)
from planning.publication.table_text import csv_of
from planning.settlement.change_schemas import BulkRow, ChangeOut
from planning.settlement.changes import change_made
from shared.canonical import plain
from shared.contracts.base import Role
from shared.csv_files import Delimiter
from shared.http import (
    Caller,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Row,
    Tx,
    allow,
    etag,
    language_of,
    public,
    router,
)

publication = router("/consultations", tag="settlement")
_FOREVER: Final = "public, max-age=31536000, immutable"
_CHECK: Final = allow(Role.COORDINATOR, Role.CONSULTANT)
_PUBLISH: Final = allow(Role.MAYOR, Role.COORDINATOR, Role.CONSULTANT)
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]


@publication.get("/{consultation_id}/releases", response_model=ReleaseList, dependencies=[_CHECK])
async def list_releases(
    reads: Reads,
    caller: Caller,
    page: Page,
    consultation_id: UUID,
    state: Annotated[State | None, Query(alias="filter[state]")] = None,
) -> Response:
    """List comments that are to be checked for personal data; an empty list to who is not of the town."""
    return await reads.page(
        list_repository.releases(state), page, consultation_id=consultation_id, **caller.sees()
    )


@publication.post("/{consultation_id}/releases", dependencies=[_CHECK])
async def release_many_comments(
    tx: Tx, consultation_id: UUID, body: ReleasesIn, expected: ExpectedVersion, request: Request
) -> ReleasesOut:
    """Let comments out as they are, those in which nothing looks like personal data."""
    numbers = tuple(dict.fromkeys(body.numbers))
    outcomes = await use_cases.release_many(tx, consultation_id, numbers, expected=expected)
    rows = tuple(BulkRow.of(each, language_of(request)) for each in outcomes)
    done = sum(each.settled for each in rows)
    return ReleasesOut(settled=done, refused=len(rows) - done, rows=rows)


@publication.get("/{consultation_id}/comments/{number}/release", dependencies=[_CHECK])
async def get_release(
    tx: Tx, consultation_id: UUID, number: Number, request: Request, response: Response
) -> ReleaseOut:
    """Give the texts of a comment, what looks like personal data in them, a redaction to begin from."""
    material = await use_cases.look_at(tx, consultation_id, number)
    response.headers.update(etag(material.release.version))
    return ReleaseOut.of(material, language_of(request))


@publication.put("/{consultation_id}/comments/{number}/release", dependencies=[_CHECK])
async def release_comment(
    tx: Tx,
    consultation_id: UUID,
    number: Number,
    body: ReleaseIn,
    *,
    expected: ExpectedVersion,
    response: Response,
) -> ReleaseState:
    """Let the texts of a comment out, as they are or redacted."""
    released = await use_cases.release_comment(
        tx, consultation_id, number, body.redacted(), expected=expected
    )
    response.headers.update(etag(released.version))
    return ReleaseState(comment_id=released.comment_id, version=released.version)


@publication.post("/{consultation_id}/publication", dependencies=[_PUBLISH])
async def publish_settlement(
    tx: Tx, consultation_id: UUID, expected: ExpectedVersion, response: Response
) -> PublicationState:
    """Put the settlement before everybody. Not by whoever checked any of its texts."""
    published = await use_cases.publish_settlement(tx, consultation_id, expected=expected)
    response.headers.update(etag(published.version))
    return PublicationState(id=published.id, version=published.version, status=published.status)


@publication.get(
    "/{consultation_id}/publication",
    dependencies=[public()],
    responses={200: {"content": {"application/json": {}}, "description": "Canonical JSON, never changed"}},
)
async def get_published_settlement(reads: Reads, request: Request, consultation_id: UUID) -> Response:
    """Give the published settlement, byte for byte what its digest was made of."""
    row = await _published(reads, consultation_id)
    proof = base64.b64encode(bytes.fromhex(row["digest"])).decode()
    headers = {"ETag": f'"{row["digest"]}"', "Repr-Digest": f"sha-256=:{proof}:", "Cache-Control": _FOREVER}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(row["content"], media_type="application/json", headers=headers)


@publication.get(
    "/{consultation_id}/publication.csv",
    response_class=Response,
    dependencies=[public()],
    responses={200: {"content": {"text/csv": {}}, "description": "CSV in UTF-8 with a byte-order mark"}},
)
async def get_table_of_settlement(
    reads: Reads,
    consultation_id: UUID,
    request: Request,
    delimiter: Annotated[Delimiter, Query()] = Delimiter.COMMA,
) -> Response:
    """Give the published settlement as a table, in the language asked for."""
    row = await _published(reads, consultation_id)
    language = language_of(request)
    headers = {
        "ETag": f'"{row["digest"]}.{language}.{delimiter}"',
        "Content-Disposition": f'attachment; filename="vyporadani-{consultation_id}.csv"',
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    table = await asyncio.to_thread(_table, row["content"], language, delimiter)
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


def _table(content: str, language: str, delimiter: Delimiter) -> bytes:
    return csv_of(list_repository.lines_of(content), language=language, delimiter=delimiter)


@publication.get("/{consultation_id}/comments/{number}/change", dependencies=[public()])
async def get_change_of_comment(
    reads: Reads, caller: Caller, consultation_id: UUID, number: Number
) -> PathOut:
    """Follow a comment to the text: what was changed, and whether the approved revision still has it."""
    row = await reads.row(
        list_repository.PATH, consultation_id=consultation_id, number=number, **caller.sees()
    )
    if row is None:
        raise CommentUnknown
    return _path(row)


def _path(row: Row) -> PathOut:
    decided = None if row["change"] is None else ChangeOut.model_validate_json(row["change"])
    since = None
    if decided is not None and row["approved"] is not None:
        difference = compare(frozen_edition(row["consulted"]), frozen_edition(row["approved"]))
        found = change_made(difference, decided.node_id)
        since = None if found is None else ChangeOut.model_validate(plain(found))
    return PathOut(
        number=row["number"],
        result=row["result"] or None,
        decided=decided,
        revision=None if row["approved"] is None else row["revision"],
        since=since,
        still_there=None if decided is None or row["approved"] is None else since is not None,
    )


async def _published(reads: Reads, consultation_id: UUID) -> Row:
    row = await reads.row(list_repository.PUBLISHED, consultation_id=consultation_id)
    if row is None:
        raise SettlementNotPublished
    return row
