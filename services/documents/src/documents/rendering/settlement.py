"""A published settlement of comments (vypořádání připomínek) as planning froze it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from shared.errors import Invalid

Value: TypeAlias = "str | int | bool | list[str] | None"


class NotASettlement(Invalid):
    cs = "Vypořádání projednání {consultation_id} není ve znění, které umíme číst."
    en = "The settlement of the consultation {consultation_id} is not in a wording that we can read."


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMade:
    number: str
    title: str
    how: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    accepted: int = 0
    partly: int = 0
    rejected: int = 0
    noted: int = 0
    withdrawn: int = 0
    unsettled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment and what became of it; of one that was withdrawn only the number and the place are left."""

    number: int
    submitter_kind: str
    kind: str | None = None
    is_timely: bool
    is_withdrawn: bool
    same_as: int | None = None
    node_number: str = ""
    node_title: str = ""
    text: str = ""
    proposed_wording: str = ""
    reasons: str = ""
    result: str | None = None
    justification: str = ""
    settled_by: str = ""
    settled_on: date | None = None
    change: ChangeMade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The table of all comments of one consultation."""

    schema: Literal["pospolu.settlement/1"]
    consultation_id: UUID
    plan_id: UUID
    revision: int
    title: str
    draft_digest: str | None = None
    first_day: date
    last_day: date
    approved_by: str
    approved_on: date
    published_on: date
    counts: Counts
    comments: tuple[Comment, ...]
