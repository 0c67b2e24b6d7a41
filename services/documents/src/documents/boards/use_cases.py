"""Boards are set up; published documents are posted on them and taken down."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from documents.boards import domain, repository
from documents.boards.domain import Board, Posting
from documents.files.refusals import UnitUnknown
from documents.units.repository import known_units
from shared.errors import expect_version
from shared.transaction import Transaction


async def set_up_board(tx: Transaction, board: Board) -> Board:
    """Set up the board of a unit or of the Agency; raises `BoardTaken`, `IcoInvalid`, `UnitUnknown`."""
    domain.check_ico(board.operator_ico)
    if board.unit_id is not None and not await known_units(tx.session, [board.unit_id]):
        raise UnitUnknown(pointer="/unit_id", unit_id=board.unit_id)
    if not await repository.add_board(tx.session, board):
        raise domain.BoardTaken(code=board.code)
    return board


async def change_board(tx: Transaction, changed: Board, *, expected: int) -> Board:
    """Change what a board says of itself; its code and unit stay, addresses live by them."""
    domain.check_ico(changed.operator_ico)
    board = await _board(tx, changed.id)
    expect_version(expected, board.version)
    saved = replace(changed, code=board.code, unit_id=board.unit_id, version=board.version + 1)
    await repository.save_board(tx.session, saved)
    return saved


async def post(
    tx: Transaction,
    board_id: UUID,
    document_id: UUID,
    number: int,
    *,
    posted_on: date | None,
    remove_on: date | None,
) -> Posting:
    """Post a published version from a day on, today unless told; raises what `domain` refuses."""
    board = await _board(tx, board_id)
    _check_own(tx, board)
    posting = Posting(
        id=tx.new_id(),
        board_id=board.id,
        document_id=document_id,
        number=number,
        posted_on=posted_on or tx.today,
        remove_on=remove_on,
        created_at=tx.now,
        created_by=tx.actor.id,
    )
    domain.check_posting(posting, today=tx.today)
    if not await repository.is_public(tx.session, document_id, number):
        raise domain.VersionNotPublic(number=number)
    if await repository.hangs_meanwhile(tx.session, posting):
        raise domain.AlreadyPosted
    await repository.add_posting(tx.session, posting)
    return posting


async def take_down(tx: Transaction, posting_id: UUID, *, reason: str, expected: int) -> Posting:
    """Take a posting down before its time; raises `NotHanging`, `PostingUnknown`."""
    posting = await repository.lock_posting(tx.session, posting_id)
    if posting is None:
        raise domain.PostingUnknown
    _check_own(tx, await _board(tx, posting.board_id))
    expect_version(expected, posting.version)
    taken = domain.take_down(posting, reason=reason, today=tx.today)
    await repository.save_posting(tx.session, taken)
    return taken


async def _board(tx: Transaction, board_id: UUID) -> Board:
    board = await repository.lock_board(tx.session, board_id)
    if board is None:
        raise domain.BoardUnknown
    return board


def _check_own(tx: Transaction, board: Board) -> None:
    """Raise `BoardNotYours`; a board without a unit is the Agency's."""
    if not (tx.actor.is_agency or board.unit_id in tx.actor.units):
        raise domain.BoardNotYours
