"""HTTP of comments for officers: they enter, sort and join them, and keep the book."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import StringConstraints

from planning.comments import list_repository, use_cases
from planning.comments.book import book_of
from planning.comments.domain import Comment, CommentKind
from planning.comments.list_repository import Filters
from planning.comments.refusals import CommentUnknown
from planning.comments.schemas import (
    ClassificationIn,
    CommentCounts,
    CommentDetail,
    CommentList,
    CommentState,
    EntryIn,
    ErasedOut,
    JoiningIn,
    SubmitterErasureIn,
    WithdrawalIn,
)
from planning.consultations import list_repository as consultation_lists
from planning.consultations.domain import Channel
from planning.consultations.refusals import ConsultationNotYours, ConsultationUnknown
from shared.contracts.base import Role
from shared.csv_files import Delimiter
from shared.http import (
    AGENCY,
    Caller,
    ExpectedVersion,
    Page,
    Reads,
    Storable,
    Tx,
    allow,
    etag,
    language_of,
    public,
    router,
)
from shared.names import pattern_of

of_consultation = router("/consultations", tag="comments")
comments = router("/comments", tag="comments")

_WRITE: Final = allow(Role.COORDINATOR, Role.CONSULTANT)
_READ: Final = allow(Role.COORDINATOR, Role.MAYOR, *sorted(AGENCY))
_ERASE: Final = allow(Role.ADMINISTRATOR)
Words = Annotated[Annotated[str, StringConstraints(min_length=2, max_length=100), Storable] | None, Query()]
Flag = Literal["true", "false"]


@of_consultation.post("/{consultation_id}/entries", status_code=201, dependencies=[_WRITE])
async def enter_comment(
    tx: Tx, consultation_id: UUID, body: EntryIn, request: Request, response: Response
) -> CommentState:
    """Enter a comment that came in another way than on the web."""
    comment = await use_cases.enter_comment(tx, consultation_id, body.sent(tx.now))
    above = request.url.path.partition("/consultations/")[0]
    response.headers["Location"] = f"{above}/comments/{comment.id}"
    return _state(comment, response)


@of_consultation.get("/{consultation_id}/comments", response_model=CommentList, dependencies=[_READ])
async def list_comments(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    consultation_id: UUID,
    *,
    node: Annotated[UUID | None, Query(alias="filter[node]")] = None,
    kind: Annotated[CommentKind | Literal["none"] | None, Query(alias="filter[kind]")] = None,
    channel: Annotated[Channel | None, Query(alias="filter[channel]")] = None,
    timely: Annotated[Flag | None, Query(alias="filter[timely]")] = None,
    withdrawn: Annotated[Flag | None, Query(alias="filter[withdrawn]")] = None,
    joined: Annotated[Flag | None, Query(alias="filter[joined]")] = None,
    q: Words = None,
) -> Response:
    """List comments of one's own consultation by their numbers, with those who sent them."""
    await _expect_own(reads, caller, consultation_id)
    filters = Filters(
        of_node=node is not None,
        of_kind=isinstance(kind, CommentKind),
        unsorted=kind == "none",
        of_channel=channel is not None,
        by_timeliness=timely is not None,
        by_withdrawal=withdrawn is not None,
        by_joining=joined is not None,
        by_text=q is not None,
    )
    return await reads.page(
        list_repository.comments(filters),
        page,
        consultation_id=consultation_id,
        node_id=node,
        kind=kind,
        channel=channel,
        timely=timely == "true",
        withdrawn=withdrawn == "true",
        joined=joined == "true",
        pattern=pattern_of(q or ""),
        **_reader(caller),
    )


@of_consultation.get(
    "/{consultation_id}/comment-counts", response_model=CommentCounts, dependencies=[public()]
)
async def count_comments(reads: Reads, caller: Caller, consultation_id: UUID) -> Response:
    """Count comments as a whole and by nodes of the draft; what they say is published with the settlement."""
    found = await reads.one(list_repository.COUNTS, consultation_id=consultation_id, **_reader(caller))
    if found is None:
        raise ConsultationUnknown
    return found


@of_consultation.get(
    "/{consultation_id}/book",
    dependencies=[_READ],
    responses={200: {"content": {"text/csv": {}}, "description": "CSV in UTF-8 with a byte-order mark"}},
)
async def get_book_of_comments(
    reads: Reads,
    caller: Caller,
    request: Request,
    consultation_id: UUID,
    delimiter: Annotated[Delimiter, Query()] = Delimiter.COMMA,
) -> Response:
    """Give the book of comments, with those who sent them."""
    await _expect_own(reads, caller, consultation_id)
    rows = await reads.rows(list_repository.BOOK, consultation_id=consultation_id, **_reader(caller))
    book = await asyncio.to_thread(book_of, rows, language=language_of(request), delimiter=delimiter)
    headers = {
        "Content-Disposition": f'attachment; filename="pripominky-{consultation_id}.csv"',
        "Cache-Control": "no-store",
    }
    return Response(book, media_type="text/csv; charset=utf-8", headers=headers)


@of_consultation.post("/{consultation_id}/submitter-erasure", dependencies=[_ERASE])
async def erase_submitters(tx: Tx, consultation_id: UUID, expected: ExpectedVersion) -> ErasedOut:
    """Forget all who sent comments, after the publication and the time of retention."""
    erased = await use_cases.erase_submitters(tx, consultation_id, expected=expected)
    return ErasedOut(submitters=erased)


@comments.get("/{comment_id}", response_model=CommentDetail, dependencies=[_READ])
async def get_comment(reads: Reads, caller: Caller, comment_id: UUID) -> Response:
    """Give a comment with those of the same text, which may be joined with it."""
    found = await reads.one(list_repository.COMMENT, comment_id=comment_id, **_reader(caller))
    if found is None:
        raise CommentUnknown
    return found


@comments.post("/{comment_id}/joining", dependencies=[_WRITE])
async def join_comment(
    tx: Tx, comment_id: UUID, body: JoiningIn, expected: ExpectedVersion, response: Response
) -> CommentState:
    """Join a comment with one that says the same."""
    joined = await use_cases.join_comment(tx, comment_id, main_id=body.main_id, expected=expected)
    return _state(joined, response)


@comments.post("/{comment_id}/separation", dependencies=[_WRITE])
async def separate_comment(
    tx: Tx, comment_id: UUID, expected: ExpectedVersion, response: Response
) -> CommentState:
    return _state(await use_cases.separate_comment(tx, comment_id, expected=expected), response)


@comments.put("/{comment_id}/kind", dependencies=[_WRITE])
async def classify_comment(
    tx: Tx, comment_id: UUID, body: ClassificationIn, expected: ExpectedVersion, response: Response
) -> CommentState:
    """Sort it: formal, substantive, or beyond the scope of the draft."""
    return _state(
        await use_cases.classify_comment(tx, comment_id, kind=body.kind, expected=expected), response
    )


@comments.post("/{comment_id}/withdrawal", dependencies=[_WRITE])
async def withdraw_comment(
    tx: Tx, comment_id: UUID, body: WithdrawalIn, expected: ExpectedVersion, response: Response
) -> CommentState:
    """Withdraw for a submitter who asked for it; the number and the text stay."""
    withdrawn = await use_cases.withdraw_comment(tx, comment_id, reason=body.reason, expected=expected)
    return _state(withdrawn, response)


@comments.post("/{comment_id}/submitter-erasure", dependencies=[_ERASE])
async def erase_submitter(
    tx: Tx, comment_id: UUID, body: SubmitterErasureIn, expected: ExpectedVersion, response: Response
) -> CommentState:
    """Forget who sent a comment."""
    erased = await use_cases.erase_submitter(tx, comment_id, ground=body.ground, expected=expected)
    return _state(erased, response)


async def _expect_own(reads: Reads, caller: Caller, consultation_id: UUID) -> None:
    known = await reads.row(consultation_lists.KNOWN, consultation_id=consultation_id, **_reader(caller))
    if known is None:
        raise ConsultationUnknown
    if not known["own"]:
        raise ConsultationNotYours


def _reader(caller: Caller) -> dict[str, object]:
    return {**caller.sees(), "now": datetime.now(UTC)}


def _state(comment: Comment, response: Response) -> CommentState:
    response.headers.update(etag(comment.version))
    return CommentState.model_validate(comment)
