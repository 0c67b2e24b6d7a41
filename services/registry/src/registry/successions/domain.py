"""Merging and splitting of units: what each act needs, and who follows whom from which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from registry.units.domain import Unit
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, RuleBroken


class Manner(StrEnum):
    MERGE = "merge"  # slučování, připojení
    SPLIT = "split"  # rozdělení, oddělení části


class PredecessorUnknown(Invalid):
    cs = "Předchůdce v registru není."
    en = "The predecessor is not in the registry."


class SuccessorUnknown(Invalid):
    cs = "Nástupce v registru není."
    en = "The successor is not in the registry."


class NothingToMerge(Invalid):
    cs = "Slučují se aspoň dva celky v jeden: buď dva a více v nový, nebo jeden a více v ten, který trvá."
    en = "At least two units merge into one: two or more into a new one, or one or more into one that lasts."


class NothingToSplit(Invalid):
    cs = "Dělí se jeden celek: zaniká-li, následují ho aspoň dva; trvá-li dál, odděluje se aspoň jeden."
    en = "One unit is split: if it ends, at least two follow; if it lasts, at least one is taken out of it."


class NamedTwice(Invalid):
    cs = "Týž celek je uveden dvakrát."
    en = "The same unit is named twice."


class KindsDiffer(Invalid):
    cs = "Celky musí být téhož druhu; jsou tu {kinds}."
    en = "The units must be of one kind; these are {kinds}."


class PredecessorDoesNotExistThen(RuleBroken):
    cs = "Předchůdce den před {happened_on} neexistuje (platí od {unit_from} do {unit_until})."
    en = "The predecessor does not exist on the day before {happened_on} ({unit_from} – {unit_until})."


class SuccessorDoesNotExistThen(RuleBroken):
    cs = "Nástupce {happened_on} neexistuje (platí od {unit_from} do {unit_until})."
    en = "The successor does not exist on {happened_on} (it is valid from {unit_from} until {unit_until})."


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """On the day `happened_on` the successor took over the predecessor, or a part of it."""

    predecessor_id: UUID
    successor_id: UUID
    happened_on: date
    manner: Manner
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is decided: `happened_on` is the first day of the new state.

    `lasts`: the one that is split goes on to exist. `new` counts the successors yet to be registered.
    """

    manner: Manner
    happened_on: date
    predecessor_ids: Sequence[UUID]
    successor_ids: Sequence[UUID]
    new: int
    lasts: bool
    note: str

    @property
    def last_day(self) -> date:
        """Return the last day of those that end."""
        return self.happened_on - timedelta(days=1)


def expect_sense(act: Act) -> None:
    """Raise unless the act names as many on both sides as it needs, nobody twice."""
    named = [*act.predecessor_ids, *act.successor_ids]
    if len(set(named)) < len(named):
        raise NamedTwice(pointer="/predecessors")
    before, after = len(act.predecessor_ids), len(act.successor_ids) + act.new
    if act.manner is Manner.MERGE and (act.lasts or after != 1 or before < 1 + act.new):
        raise NothingToMerge(pointer="/predecessors")
    if act.manner is Manner.SPLIT and (before != 1 or after < (1 if act.lasts else 2)):
        raise NothingToSplit(pointer="/successors")


def expect_fit(act: Act, predecessors: Sequence[Unit], successors: Sequence[Unit]) -> UnitKind:
    """Return the kind of all; raises KindsDiffer, and where one does not exist when it should."""
    kinds = {unit.kind for unit in [*predecessors, *successors]}
    if len(kinds) > 1:
        raise KindsDiffer(pointer="/successors", kinds=", ".join(sorted(kind.value for kind in kinds)))
    for unit in predecessors:
        if unit.valid_from >= act.happened_on or not unit.place.exists_between(act.last_day, act.last_day):
            raise PredecessorDoesNotExistThen(
                pointer="/predecessors",
                happened_on=act.happened_on,
                unit_from=unit.valid_from,
                unit_until=unit.valid_until or "–",
            )
    for unit in successors:
        if not unit.place.exists_between(act.happened_on, act.happened_on):
            raise SuccessorDoesNotExistThen(
                pointer="/successors",
                happened_on=act.happened_on,
                unit_from=unit.valid_from,
                unit_until=unit.valid_until or "–",
            )
    return kinds.pop()


def successions(act: Act, successor_ids: Sequence[UUID]) -> list[Succession]:
    """Return who follows whom; `successor_ids` are all of them, the new ones too."""
    return [
        Succession(
            predecessor_id=predecessor,
            successor_id=successor,
            happened_on=act.happened_on,
            manner=act.manner,
            note=act.note,
        )
        for predecessor in act.predecessor_ids
        for successor in successor_ids
    ]
