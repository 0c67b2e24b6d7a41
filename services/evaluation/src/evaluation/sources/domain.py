"""Which values follow a corrected one, what they come to, and what newer figures say of those taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from evaluation.definitions.formula import FormulaHasNoValue, value_of
from evaluation.sources.refusals import DefinitionChanged
from evaluation.values.derivation import Input
from evaluation.values.domain import DefinedAs, Obligation, Report
from evaluation.values.figures import Figure, calendar_start, last_of
from evaluation.values.refusals import ComputationHasNoValue
from shared.canonical import plain

ANSWERED_WITHIN: Final = 10
"""Working days to look at a value whose source changed; no source says, the number is ours."""


class Because(StrEnum):
    """Why somebody should look at a value."""

    NEWER_FIGURES = "newer-figures"  # registr vydal novější údaj
    NOT_RECOMPUTED = "not-recomputed"  # vstup je opraven, výsledek se přepočítat nedal


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How a value was computed, as its derivation keeps it."""

    formula: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A value that stands as its formula gave it, put there in `made_version`."""

    obligation_id: UUID
    made_version: int
    formula: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    obligation_id: UUID
    made_version: int
    because: Because
    told: Mapping[str, object] = field(default_factory=dict)


def following(values: Iterable[Computed], corrected: UUID) -> tuple[list[Computed], list[Computed]]:
    """Return what was computed of a value, and of those again, each after all that it is computed of.

    Beside them those in a circle, and what is computed of these: they have no such order.
    """
    waiting = {each.obligation_id: each for each in values if each.obligation_id != corrected}
    concerned = _reached(waiting.values(), corrected)
    ordered = []
    while free := [key for key in sorted(concerned) if not _inputs(waiting[key]) & concerned]:
        ordered += [waiting[key] for key in free]
        concerned -= set(free)
    return ordered, [waiting[key] for key in sorted(concerned)]


def _reached(values: Iterable[Computed], corrected: UUID) -> set[UUID]:
    known, reached = list(values), {corrected}
    while more := {each.obligation_id for each in known if _inputs(each) & reached} - reached:
        reached |= more
    return reached - {corrected}


def _inputs(value: Computed) -> set[UUID]:
    return {each.obligation_id for each in value.formula.inputs}


def anew(obligation: Obligation, formula: Formula, inputs: Sequence[Input]) -> Report | None:
    """Return what the kept formula gives of the inputs as they are now; None: nothing else than before.

    Raises DefinitionChanged, ComputationHasNoValue: somebody must look at it.
    """
    if _said_by(inputs) == _said_by(formula.inputs):
        return None
    if len(inputs) < len(formula.inputs):
        raise ComputationHasNoValue(formula=formula.formula)
    measured_on = max((each.measured_on for each in inputs), default=obligation.ends_on)
    if obligation.definition is None or obligation.defined_as != DefinedAs.of(
        obligation.definition, measured_on
    ):
        raise DefinitionChanged
    try:
        value = value_of(formula.formula, {each.code: each.value for each in inputs})
    except FormulaHasNoValue as error:
        raise ComputationHasNoValue(formula=formula.formula) from error
    return Report(
        value=value,
        measured_on=measured_on,
        source=formula.formula,
        note="",
        derivation={"kind": "formula", "formula": formula.formula, "inputs": plain(tuple(inputs))},
    )


def _said_by(inputs: Iterable[Input]) -> set[tuple[UUID, Decimal, date]]:
    return {(each.obligation_id, each.value, each.measured_on) for each in inputs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A value as it was taken from statistics: of which figures of which series."""

    obligation_id: UUID
    made_version: int
    period: str
    starts_on: date
    ends_on: date
    value: Decimal
    series: str
    figures: tuple[Figure, ...]

    @property
    def since(self) -> date:
        return calendar_start(self.period, self.starts_on)


def doubt_of(taken: Taken, figures: Iterable[Figure]) -> Doubt | None:
    """Return the doubt where the figures in force say another value; of a missing one the value is None."""
    of_units = {each.unit_id for each in taken.figures}
    last = last_of((each for each in figures if each.unit_id in of_units), taken.since, taken.ends_on)
    values = [each.value for each in last if each.value is not None]
    now = sum(values, Decimal(0)) if len(values) == len(of_units) else None
    if now == taken.value:
        return None
    told = {"series": taken.series, "value": now, "figures": tuple(last)}
    return Doubt(
        obligation_id=taken.obligation_id,
        made_version=taken.made_version,
        because=Because.NEWER_FIGURES,
        told={name: plain(value) for name, value in told.items()},
    )
