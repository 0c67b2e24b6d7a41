"""A question of what-if, the scenario that keeps one, and what is wrong with either."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from registry.exclusion.method import Bounds
from registry.explanation.distances import SubScore
from shared.errors import Invalid, NotFound, RuleBroken


class IndicatorUnknown(Invalid):
    cs = "Ukazatel „{indicator}“ v metodice není."
    en = "The method does not have the indicator “{indicator}”."


class OneAmountExpected(Invalid):
    cs = "Uveďte právě jedno z „factor“, „add“ a „set“."
    en = "Give exactly one of “factor”, “add” and “set”."


class OneAreaExpected(Invalid):
    cs = "Uveďte buď „within“, nebo „municipalities“, nebo nic pro celou zemi."
    en = "Give either “within” or “municipalities”, or neither for the whole country."


class NothingToChange(Invalid):
    cs = "Žádná obec vybraného území tento údaj za daný rok nemá."
    en = "No municipality of that area has this figure in that year."


class MunicipalityWithoutIndex(Invalid):
    cs = "Obec {unit_id} nemá Index za daný rok."
    en = "The municipality {unit_id} has no Index of that year."


class CountBelowZero(Invalid):
    cs = "Změna by dala záporný počet v {municipalities} obcích, například v obci {code}."
    en = "The change would make a count negative in {municipalities} municipalities, for example in {code}."


class CountTooLarge(Invalid):
    cs = "Změna by dala počet větší než miliarda, například v obci {code}."
    en = "The change would make a count larger than a thousand million, for example in {code}."


class ThresholdTwice(Invalid):
    cs = "Mez ukazatele „{indicator}“ ({sub_score}) je v zadání dvakrát."
    en = "The bound of “{indicator}” ({sub_score}) is given twice."


class SupportOutOfScale(Invalid):
    cs = "Hranice podpory {threshold} leží mimo stupnici 0–{highest}."
    en = "The support threshold {threshold} lies outside the scale 0–{highest}."


class NothingAsked(Invalid):
    cs = "Zadání nic nemění: uveďte změnu údajů, mezí, vah nebo jinou metodiku."
    en = "Nothing is changed: give a change of figures, bounds, weights or another method."


class ScenarioUnknown(NotFound):
    cs = "Scénář neexistuje, nebo jej jeho autor nesdílí."
    en = "There is no such scenario, or its author does not share it."


class ScenarioNameTaken(RuleBroken):
    cs = "Scénář „{name}“ už máte; zvolte jiný název."
    en = "You have a scenario “{name}” already; choose another name."


class FigureSide(StrEnum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class Visibility(StrEnum):
    """Who sees a scenario: its owner, or everybody who may keep scenarios."""

    PRIVATE = "private"
    SHARED = "shared"


class Operation(StrEnum):
    FACTOR = "factor"
    ADD = "add"
    SET = "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of figures, in persons or benefits.

    Of all municipalities, of those within a unit at the end of the year, or of those listed. A change
    of a population changes it for every indicator that counts in it.
    """

    indicator: str
    side: FigureSide
    operation: Operation
    amount: Fraction
    within: UUID | None
    municipalities: Sequence[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Bounds put in the place of those of the method."""

    indicator: str
    sub_score: SubScore
    bounds: Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to compute: `method` is the one compared to, `other_method` the one put in its place."""

    year: int
    method: str | None
    other_method: str | None
    changes: Sequence[Change]
    thresholds: Sequence[Threshold]
    state_weight: Fraction | None
    hold_reference: bool
    support: Sequence[int]


def expect_something(question: Question) -> None:
    """Raise NothingAsked."""
    asked = question.changes or question.thresholds or question.other_method
    if not asked and question.state_weight is None:
        raise NothingAsked
