"""What changed from one edition of a plan to another, in words for machines; and how to apply it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from planning.plans.edition import Edition, Loose, defaults_of, put_together, take_apart
from planning.plans.tree import NodeKind
from shared.canonical import plain

SCHEMA = "pospolu.plan-diff/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """`values` holds what differs from the defaults of its kind; `position` counts from 1."""

    id: UUID
    kind: NodeKind
    number: str
    title: str
    parent_id: UUID | None
    position: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    id: UUID
    kind: NodeKind
    number: str
    title: str
    parent_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Under another parent, or past its neighbours; who only made room for others did not move."""

    id: UUID
    kind: NodeKind
    title: str
    number_before: str
    number: str
    parent_before: UUID | None
    parent_id: UUID | None
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    id: UUID
    kind: NodeKind
    title: str
    number_before: str
    number: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the measures cost, all together (`funding_source` is None) or from one source.

    A measure with budget lines costs what they make, another one what is said of it.
    """

    funding_source: str | None
    before: Decimal
    after: Decimal
    delta: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The target of an indicator that both editions have; no delta where the unit changed."""

    id: UUID
    number: str
    title: str
    unit: str
    before: Decimal | None
    after: Decimal | None
    delta: Decimal | None
    before_on: date | None
    after_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything in the order of reading; `costs` names the sources that changed, `budget` the funders."""

    head: tuple[Change, ...]
    added: tuple[Added, ...]
    removed: tuple[Removed, ...]
    moved: tuple[Moved, ...]
    changed: tuple[Changed, ...]
    total: Cost
    costs: tuple[Cost, ...]
    budget: tuple[Cost, ...]
    targets: tuple[Target, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.head or self.added or self.removed or self.moved or self.changed)


def apply(change: Difference, edition: Edition) -> Edition:
    """Return what `edition` became; raises `KeyError`, `ValueError` where it is not the one compared."""
    loose, order = take_apart(edition)
    for gone in change.removed:
        order[gone.parent_id, gone.kind].remove(gone.id)
        del loose[gone.id]
    for moved in change.moved:
        order[moved.parent_before, moved.kind].remove(moved.id)
    for added in change.added:
        loose[added.id] = Loose(kind=added.kind, values={**defaults_of(added.kind), **added.values})
    placements: list[Added | Moved] = [*change.added, *change.moved]
    for placed in sorted(placements, key=lambda each: each.position):
        order.setdefault((placed.parent_id, placed.kind), []).insert(placed.position - 1, placed.id)
    for changed in change.changed:
        loose[changed.id].values.update({each.field: each.after for each in changed.changes})
    head: dict[str, object] = {each.field: each.after for each in change.head}
    return replace(put_together(edition, loose, order), **head)  # type: ignore[arg-type]


def as_content(change: Difference, **about: object) -> dict[str, object]:
    """Return the machine-readable form; `about` says of which revisions it is."""
    content = plain(change)
    assert isinstance(content, dict)  # noqa: S101 - a dataclass becomes an object
    return {"schema": SCHEMA, **about, **content}
