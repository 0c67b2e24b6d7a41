"""HTTP of official boards: what hangs is open data, what is published comes as feeds."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from documents.answering import JsonLd, base_of, conditional
from documents.boards import ofn, repository, syndication, use_cases
from documents.boards.domain import Board, BoardUnknown, PostingState, PostingUnknown
from documents.boards.schemas import (
    BoardChangeIn,
    BoardIn,
    BoardList,
    BoardOut,
    Code,
    PostingIn,
    PostingList,
    PostingMade,
    PostingOut,
    RemovalIn,
)
from documents.files.kinds import KINDS
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind
from shared.http import ExpectedVersion, Page, Reads, Row, Tx, allow, etag, public, router, today

boards = router("/boards", tag="official boards")
postings = router("/postings", tag="official boards")
feeds = router("/feeds", tag="feeds")

_SET_UP: Final = allow(Role.ADMINISTRATOR)
_POST: Final = allow(Role.COORDINATOR, Role.CONSULTANT, Role.ADMINISTRATOR)
NEWEST: Final = 50
_TITLE: Final = "Pospolu – zveřejněné dokumenty"


class Rss(Response):
    media_type = "application/rss+xml"


class Atom(Response):
    media_type = "application/atom+xml"


@boards.post("", status_code=201, dependencies=[_SET_UP])
async def set_up_board(tx: Tx, body: BoardIn, request: Request, response: Response) -> BoardOut:
    board = await use_cases.set_up_board(tx, body.board(tx.new_id()))
    response.headers["Location"] = f"{request.url.path}/{board.id}"
    return _told(board, response)


@boards.put("/{board_id}", dependencies=[_SET_UP])
async def change_board(
    board_id: UUID, tx: Tx, expected: ExpectedVersion, body: BoardChangeIn, response: Response
) -> BoardOut:
    """Change what the board says of itself; its code and its unit stay."""
    changed = Board(id=board_id, code="", unit_id=None, **body.model_dump())
    return _told(await use_cases.change_board(tx, changed, expected=expected), response)


@boards.get("", response_model=BoardList, dependencies=[public()])
async def list_boards(reads: Reads, page: Page) -> Response:
    return await reads.page(repository.BOARDS, page)


@boards.get("/{board_id}", response_model=BoardOut, dependencies=[public()])
async def get_board(reads: Reads, board_id: UUID) -> Response:
    found = await reads.one(repository.BOARD, id=board_id)
    if found is None:
        raise BoardUnknown
    return found


@boards.get("/{code}/board.jsonld", response_class=JsonLd, response_model=None, dependencies=[public()])
async def get_board_as_open_data(reads: Reads, request: Request, code: Code) -> Response:
    """Give what hangs today by the open formal norm of official boards (2021-07-20)."""
    row = await reads.row(repository.BY_CODE, code=code)
    if row is None:
        raise BoardUnknown
    rows = await reads.rows(repository.HANGING, code=code, today=today())
    told = ofn.board_of(Board(**row), [ofn.Hanging(**each) for each in rows], base=base_of(request))
    return conditional(request, JsonLd(told))


@boards.post("/{board_id}/postings", status_code=201, dependencies=[_POST])
async def post_document(
    board_id: UUID, tx: Tx, body: PostingIn, request: Request, response: Response
) -> PostingMade:
    """Post a published version of a document on the board of one's own unit."""
    made = await use_cases.post(
        tx, board_id, body.document_id, body.number, posted_on=body.posted_on, remove_on=body.remove_on
    )
    root = request.url.path.partition("/boards/")[0]
    response.headers["Location"] = f"{root}/postings/{made.id}"
    response.headers.update(etag(made.version))
    return PostingMade.of(made, tx.today)


@boards.get("/{board_id}/postings", response_model=PostingList, dependencies=[public()])
async def list_postings(
    reads: Reads,
    page: Page,
    board_id: UUID,
    state: Annotated[PostingState | None, Query(alias="filter[state]")] = None,
) -> Response:
    """List what hangs, hung and is to hang, the latest first."""
    query = repository.postings(by_state=state is not None)
    told = {"board_id": board_id, "today": today(), "state": state.value if state else None}
    return await reads.page(query, page, **told)


@postings.get("/{posting_id}", response_model=PostingOut, dependencies=[public()])
async def get_posting(reads: Reads, posting_id: UUID) -> Response:
    found = await reads.one(repository.POSTING, id=posting_id, today=today())
    if found is None:
        raise PostingUnknown
    return found


@postings.post("/{posting_id}/removal", dependencies=[_POST])
async def take_down_posting(
    posting_id: UUID, tx: Tx, expected: ExpectedVersion, body: RemovalIn, response: Response
) -> PostingMade:
    """Take a posting down before its time."""
    taken = await use_cases.take_down(tx, posting_id, reason=body.reason, expected=expected)
    response.headers.update(etag(taken.version))
    return PostingMade.of(taken, tx.today)


KindAsked = Annotated[DocumentKind | None, Query(alias="filter[kind]")]
UnitAsked = Annotated[UUID | None, Query(alias="filter[unit]")]


@feeds.get("/documents.rss", response_class=Rss, response_model=None, dependencies=[public()])
async def get_rss(reads: Reads, request: Request, kind: KindAsked = None, unit: UnitAsked = None) -> Response:
    """Give the versions published last as RSS 2.0."""
    return conditional(request, Rss(syndication.rss_of(await _feed(reads, request, kind, unit))))


@feeds.get("/documents.atom", response_class=Atom, response_model=None, dependencies=[public()])
async def get_atom(
    reads: Reads, request: Request, kind: KindAsked = None, unit: UnitAsked = None
) -> Response:
    """Give the versions published last as Atom."""
    return conditional(request, Atom(syndication.atom_of(await _feed(reads, request, kind, unit))))


async def _feed(
    reads: Reads, request: Request, kind: DocumentKind | None, unit: UUID | None
) -> syndication.Feed:
    given = {"kind": kind.value if kind else None, "unit": unit}
    query = repository.newest(*(name for name, value in given.items() if value is not None))
    rows = await reads.rows(query, **given, most=NEWEST)
    about = f"{_TITLE}: {KINDS[kind].cs}" if kind else _TITLE
    query_text = f"?{request.url.query}" if request.url.query else ""
    return syndication.Feed(
        title=about,
        address=f"{base_of(request)}/feeds/{request.url.path.rpartition('/')[2]}{query_text}",
        base=base_of(request),
        entries=[_entry(row) for row in rows],
    )


def _entry(row: Row) -> syndication.Entry:
    return syndication.Entry(**{**row, "kind": KINDS[DocumentKind(row["kind"])].cs})


def _told(board: Board, response: Response) -> BoardOut:
    response.headers.update(etag(board.version))
    return BoardOut.model_validate(board)
