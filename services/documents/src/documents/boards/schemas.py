"""The JSON of official boards and of what is posted on them."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from documents.boards.domain import Board, Posting, PostingState
from shared.http import ApiModel, Count, Day, Reason, Storable, Title

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Ico = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=500), Storable]
Number = Annotated[Count, Field(ge=1, le=2_000_000_000)]


class BoardChangeIn(ApiModel):
    """What a board says of itself; `page` is where people look at it."""

    title: Title
    operator: Title
    operator_ico: Ico
    page: Address | None = None


class BoardIn(BoardChangeIn):
    """A board of a unit, or of the Agency where `unit_id` is left out; `code` stands in its address."""

    code: Code
    unit_id: UUID | None = None

    def board(self, board_id: UUID) -> Board:
        return Board(id=board_id, **self.model_dump())


class BoardOut(ApiModel):
    id: UUID
    code: str
    unit_id: UUID | None
    title: str
    operator: str
    operator_ico: str
    page: str | None
    version: int


class BoardList(ApiModel):
    items: tuple[BoardOut, ...]
    next: str | None


class PostingIn(ApiModel):
    """A published version to hang from `posted_on` (today) until `remove_on`, its last day (not set)."""

    document_id: UUID
    number: Number
    posted_on: Day | None = None
    remove_on: Day | None = None


class RemovalIn(ApiModel):
    reason: Reason


class PostingMade(ApiModel):
    id: UUID
    board_id: UUID
    document_id: UUID
    number: int
    posted_on: date
    remove_on: date | None
    taken_down_on: date | None
    reason: str | None
    version: int
    state: PostingState

    @classmethod
    def of(cls, posting: Posting, today: date) -> Self:
        names = cls.model_fields.keys() - {"state"}
        return cls(**{name: getattr(posting, name) for name in names}, state=posting.state(today))


class PostingOut(PostingMade):
    """`is_public`: false once the version was withdrawn; it hangs in no feed then."""

    title: str
    is_public: bool


class PostingList(ApiModel):
    items: tuple[PostingOut, ...]
    next: str | None
