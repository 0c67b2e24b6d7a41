"""Values that are computed of others: from what, by which formula, under which words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from evaluation.definitions.formula import FormulaHasNoValue, codes_in, value_of
from evaluation.values.domain import Obligation, Report
from evaluation.values.refusals import (
    ComputationHasNoValue,
    InputsAmbiguous,
    InputsMissing,
    NothingToCompute,
)
from shared.canonical import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An approved value that a formula counts with, in the version in which it was read."""

    code: str
    obligation_id: UUID
    version: int
    value: Decimal
    measured_on: date


def formula_of(obligation: Obligation) -> str:
    """Raise NothingToCompute (409) where the definition has no formula at the end of the period."""
    content = obligation.content_on(obligation.ends_on)
    if content is None or content.formula is None:
        raise NothingToCompute
    return content.formula


def inputs_needed(obligation: Obligation) -> frozenset[str]:
    return codes_in(formula_of(obligation))


def computed(obligation: Obligation, inputs: Sequence[Input]) -> Report:
    """Return the report with its derivation; it is measured when the last of its inputs was.

    Raises InputsMissing, InputsAmbiguous, ComputationHasNoValue (409).
    """
    formula = formula_of(obligation)
    counted = Counter(each.code for each in inputs)
    missing = sorted(codes_in(formula) - counted.keys())
    if missing:
        raise InputsMissing(period=obligation.period, codes=", ".join(missing))
    several = sorted(code for code, count in counted.items() if count > 1)
    if several:
        raise InputsAmbiguous(codes=", ".join(several))
    try:
        value = value_of(formula, {each.code: each.value for each in inputs})
    except FormulaHasNoValue as error:
        raise ComputationHasNoValue(formula=formula) from error
    return Report(
        value=value,
        measured_on=max((each.measured_on for each in inputs), default=obligation.ends_on),
        source=formula,
        note="",
        derivation={"kind": "formula", "formula": formula, "inputs": plain(tuple(inputs))},
    )
