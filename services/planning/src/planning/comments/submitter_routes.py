"""HTTP of who comments: anybody sends a comment and keeps a receipt, with which it is read and withdrawn."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Request, Response
from pydantic import Field

from planning.comments import list_repository, use_cases
from planning.comments.refusals import CommentUnknown
from planning.comments.schemas import CommentIn, CommentState, OwnCommentOut, ReceiptOut
from shared.http import ExpectedVersion, InDigits, Reads, Tx, etag, public, router

sending = router("/consultations", tag="comments")

Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]
Receipt = Annotated[
    str, Header(alias="Comment-Receipt", min_length=1, max_length=100, description="Told when it was sent")
]


@sending.post("/{consultation_id}/comments", status_code=201, dependencies=[public()])
async def send_comment(
    tx: Tx, consultation_id: UUID, body: CommentIn, request: Request, response: Response
) -> ReceiptOut:
    """Comment on the draft without logging in; late comments are taken too, and flagged."""
    address = request.client.host if request.client else ""
    comment, secret = await use_cases.send_comment(tx, consultation_id, body.sent(tx.now), address=address)
    response.headers["Location"] = f"{request.url.path}/{comment.number}"
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(etag(comment.version))
    return ReceiptOut.of(comment, secret)


@sending.get("/{consultation_id}/comments/{number}", response_model=OwnCommentOut, dependencies=[public()])
async def get_own_comment(reads: Reads, consultation_id: UUID, number: Number, receipt: Receipt) -> Response:
    """Give a comment to who holds its receipt."""
    found = await reads.one(
        list_repository.OWN_COMMENT,
        consultation_id=consultation_id,
        number=number,
        receipt=use_cases.receipt_key(receipt),
    )
    if found is None:
        raise CommentUnknown
    found.headers["Cache-Control"] = "no-store"
    return found


@sending.post("/{consultation_id}/comments/{number}/withdrawal", dependencies=[public()])
async def withdraw_own_comment(
    tx: Tx,
    consultation_id: UUID,
    number: Number,
    receipt: Receipt,
    expected: ExpectedVersion,
    response: Response,
) -> CommentState:
    """Take one's own comment back; its number stays."""
    withdrawn = await use_cases.withdraw_own_comment(
        tx, consultation_id, number, secret=receipt, expected=expected
    )
    response.headers.update(etag(withdrawn.version))
    return CommentState.model_validate(withdrawn)
