"""What changed from one revision of a plan to another, as planning tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias
from uuid import UUID

from shared.errors import Invalid

Value: TypeAlias = "str | int | bool | list[str] | None"


class NotADifference(Invalid):
    cs = "Rozdíl revizí plánu {plan_id} není ve znění, které umíme číst."
    en = "The difference of revisions of the plan {plan_id} is not in a wording that we can read."


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    kind: str
    number: str
    title: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    kind: str
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    kind: str
    title: str
    number_before: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    kind: str
    title: str
    number_before: str
    number: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    funding_source: str | None
    before: Decimal
    after: Decimal
    delta: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`since` and `until` are the revisions compared."""

    schema: Literal["pospolu.plan-diff/1"]
    plan_id: UUID
    since: int
    until: int
    head: tuple[FieldChange, ...]
    added: tuple[Added, ...]
    removed: tuple[Removed, ...]
    moved: tuple[Moved, ...]
    changed: tuple[Changed, ...]
    total: Cost
    costs: tuple[Cost, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.head or self.added or self.removed or self.moved or self.changed)
