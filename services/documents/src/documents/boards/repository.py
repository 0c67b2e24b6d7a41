"""Every statement on boards and postings."""

from dataclasses import asdict, fields
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.boards.domain import Board, Posting, PostingState
from documents.boards.tables import BoardRow, PostingRow
from documents.files.list_repository import IS_PUBLIC, D, V
from documents.files.tables import DocumentRow, VersionRow
from shared.reads import Query

B: Final = BoardRow.__table__.c
P: Final = PostingRow.__table__.c
_OWN_VERSION: Final = and_(V.document_id == P.document_id, V.number == P.number)


async def add_board(session: AsyncSession, board: Board) -> bool:
    """Return whether the board is new: not where its code or its unit has one."""
    added = upsert(BoardRow).values(asdict(board)).on_conflict_do_nothing().returning(BoardRow.id)
    return await session.scalar(added) is not None


async def lock_board(session: AsyncSession, board_id: UUID) -> Board | None:
    row = await session.scalar(select(BoardRow).where(BoardRow.id == board_id).with_for_update())
    return Board(**{each.name: getattr(row, each.name) for each in fields(Board)}) if row else None


async def save_board(session: AsyncSession, board: Board) -> None:
    await session.execute(update(BoardRow).where(BoardRow.id == board.id).values(asdict(board)))


async def board_by_code(session: AsyncSession, code: str) -> Board | None:
    row = await session.scalar(select(BoardRow).where(BoardRow.code == code))
    return Board(**{each.name: getattr(row, each.name) for each in fields(Board)}) if row else None


async def is_public(session: AsyncSession, document_id: UUID, number: int) -> bool:
    """Tell whether everybody may read the version; locks it against a withdrawal at the same time."""
    version = select(VersionRow.number).where(V.document_id == document_id, V.number == number, IS_PUBLIC)
    return await session.scalar(version.with_for_update()) is not None


async def hangs_meanwhile(session: AsyncSession, posting: Posting) -> bool:
    """Tell whether the version hangs there on one of these days; the caller holds the board's lock."""
    until = posting.remove_on
    other = select(PostingRow.id).where(
        *(P.board_id == posting.board_id, P.document_id == posting.document_id, P.number == posting.number),
        P.taken_down_on.is_(None),
        or_(P.remove_on.is_(None), P.remove_on >= posting.posted_on),
        true() if until is None else P.posted_on <= until,
    )
    return await session.scalar(other.limit(1)) is not None


async def add_posting(session: AsyncSession, posting: Posting) -> None:
    await session.execute(insert(PostingRow).values(asdict(posting)))


async def lock_posting(session: AsyncSession, posting_id: UUID) -> Posting | None:
    row = await session.scalar(select(PostingRow).where(PostingRow.id == posting_id).with_for_update())
    return Posting(**{each.name: getattr(row, each.name) for each in fields(Posting)}) if row else None


async def save_posting(session: AsyncSession, posting: Posting) -> None:
    await session.execute(update(PostingRow).where(PostingRow.id == posting.id).values(asdict(posting)))


_TODAY: Final = bindparam("today", type_=Date)
_STATE: Final = case(
    (P.taken_down_on.is_not(None), PostingState.TAKEN_DOWN.value),
    (P.posted_on > _TODAY, PostingState.PLANNED.value),
    (P.remove_on < _TODAY, PostingState.OVER.value),
    else_=PostingState.HANGING.value,
)
_BOARD: Final = (B.id, B.code, B.unit_id, B.title, B.operator, B.operator_ico, B.page, B.version)
BOARDS: Final = Query(select(*_BOARD), keys=(B.code,))
BOARD: Final = Query(select(*_BOARD).where(B.id == bindparam("id", type_=Uuid)), version="version")
_POSTING: Final = (
    *(P.id, P.board_id, P.document_id, P.number, D.title, P.posted_on, P.remove_on, P.taken_down_on),
    *(P.reason, P.version, _STATE.label("state"), IS_PUBLIC.label("is_public")),
)
_POSTED: Final = (
    select(*_POSTING).join_from(PostingRow, VersionRow, _OWN_VERSION).join(DocumentRow, D.id == P.document_id)
)
POSTING: Final = Query(_POSTED.where(P.id == bindparam("id", type_=Uuid)), version="version", moves_on=True)


@cache
def postings(*, by_state: bool) -> Query:
    """Return the query for postings of a board, the latest first; of what was withdrawn the title stays."""
    state = [bindparam("state", type_=Text) == _STATE] if by_state else []
    return Query(
        _POSTED.where(P.board_id == bindparam("board_id", type_=Uuid), *state),
        keys=(P.posted_on, P.id),
        descending=True,
    )


HANGING: Final = Query(
    select(
        *(P.id, P.document_id, P.number, D.title, D.reference_number, D.file_mark, V.file_name),
        *(D.approved_on, P.posted_on, P.remove_on),
    )
    .join_from(PostingRow, BoardRow, P.board_id == B.id)
    .join(VersionRow, _OWN_VERSION)
    .join(DocumentRow, D.id == P.document_id)
    .where(
        B.code == bindparam("code", type_=Text),
        P.taken_down_on.is_(None),
        P.posted_on <= _TODAY,
        or_(P.remove_on.is_(None), P.remove_on >= _TODAY),
        IS_PUBLIC,
    )
    .order_by(P.posted_on.desc(), P.id)
)
BY_CODE: Final = Query(select(*_BOARD).where(B.code == bindparam("code", type_=Text)))


@cache
def newest(*filters: str) -> Query:
    """Return the query for the versions that were published last, of a unit or a kind where asked."""
    by: dict[str, ColumnElement[bool]] = {
        "kind": D.kind == bindparam("kind", type_=Text),
        "unit": D.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
    }
    return Query(
        select(
            *(V.document_id, V.number, D.title, D.kind, V.label, V.media_type, V.size_bytes, V.published_at)
        )
        .join_from(VersionRow, DocumentRow, V.document_id == D.id)
        .where(IS_PUBLIC, *(by[name] for name in filters))
        .order_by(V.published_at.desc(), V.document_id, V.number.desc())
        .limit(bindparam("most", type_=Integer))
    )
