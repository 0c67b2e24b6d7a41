"""JSON of the change between two years, and of the whole explanation."""

from fractions import Fraction
from uuid import UUID

from pydantic import Field

from registry.explanation import change_sentences
from registry.explanation.causes import FACTORS, Cause, Effect, sides_of
from registry.explanation.decomposition import REFERENCE, Change, Factor, IndicatorChange
from registry.explanation.domain import Explained
from registry.explanation.effect_sentences import effects
from registry.explanation.standing_schemas import (
    SaidOut,
    StandingBandOut,
    StandingMethodOut,
    StandingOut,
    band_of,
    method_of,
)
from registry.explanation.wording import decimal_text
from shared.http import ApiModel

POINTS = Field(
    description="Rounded to hundredths so that the rounded effects sum to the difference", examples=["-0.67"]
)
EXACT = Field(description="The exact number: an integer or a fraction", examples=["-2/3"])


class PartOut(ApiModel):
    """A part of an effect, exactly: of the reference those of state and region, of a donor its figures."""

    factor: Factor
    points_exact: str = EXACT


class EffectOut(ApiModel):
    cause: Cause
    points: str = POINTS
    points_exact: str = EXACT
    parts: list[PartOut]
    said: SaidOut


class IndicatorChangeOut(ApiModel):
    """The effects on one indicator; they sum to `difference`."""

    code: str
    before: int
    after: int
    difference: int
    effects: list[EffectOut]
    said: SaidOut


class TotalOut(ApiModel):
    """What a cause did over all indicators."""

    cause: Cause
    points: str = POINTS
    points_exact: str = EXACT
    said: SaidOut


class ChangeOut(ApiModel):
    """The change of the Index. Each effect is a mean over all orders in which the causes can act."""

    since: int
    until: int
    methods: list[StandingMethodOut]
    before: int
    after: int
    difference: int
    band_before: StandingBandOut | None
    band_after: StandingBandOut | None
    totals: list[TotalOut]
    indicators: list[IndicatorChangeOut]
    said: SaidOut

    @classmethod
    def of(cls, change: Change) -> "ChangeOut":
        old, new = change.before, change.after
        told = [(each, effects(each, sides_of(each.code, old, new))) for each in change.indicators]
        return cls(
            since=old.year,
            until=new.year,
            methods=[method_of(each.method) for each in (old, new)],
            before=old.index or 0,
            after=new.index or 0,
            difference=change.difference,
            band_before=band_of(old.band),
            band_after=band_of(new.band),
            totals=[_total(change, cause, [e for _, found in told for e in found]) for cause in Cause],
            indicators=[_indicator(change, each, found) for each, found in told],
            said=SaidOut.of(change_sentences.of_change(change)),
        )


class ExplanationOut(ApiModel):
    """The Index of a municipality explained; `said` is what can be said aloud."""

    unit_id: UUID
    code: str | None
    name: str
    years: list[int] = Field(description="Years that are computed")
    standing: StandingOut | None
    change: ChangeOut | None
    said: SaidOut

    @classmethod
    def of(cls, explained: Explained) -> "ExplanationOut":
        return cls(
            unit_id=explained.unit_id,
            code=explained.code,
            name=explained.name,
            years=list(explained.years),
            standing=StandingOut.of(explained.standing, explained.size) if explained.standing else None,
            change=ChangeOut.of(explained.change) if explained.change else None,
            said=SaidOut.of(change_sentences.of_explained(explained)),
        )


def _total(change: Change, cause: Cause, found: list[Effect]) -> TotalOut:
    rounded = sum((each.rounded for each in found if each.cause is cause), Fraction(0))
    return TotalOut(
        cause=cause,
        points=decimal_text(rounded, 2),
        points_exact=str(change.total(*FACTORS[cause])),
        said=SaidOut.of(change_sentences.of_total(cause, rounded)),
    )


def _indicator(change: Change, each: IndicatorChange, found: list[Effect]) -> IndicatorChangeOut:
    sides = sides_of(each.code, change.before, change.after)
    return IndicatorChangeOut(
        code=each.code,
        before=each.before,
        after=each.after,
        difference=each.after - each.before,
        effects=[_effect(each, effect) for effect in found],
        said=SaidOut.of(change_sentences.of_indicator(each, sides)),
    )


def _effect(each: IndicatorChange, effect: Effect) -> EffectOut:
    of = {
        Cause.REFERENCE: {factor: each.effects.get(factor, Fraction(0)) for factor in REFERENCE},
        Cause.DONOR: each.donors_own,
    }
    return EffectOut(
        cause=effect.cause,
        points=decimal_text(effect.rounded, 2),
        points_exact=str(effect.exact),
        parts=[PartOut(factor=f, points_exact=str(v)) for f, v in of.get(effect.cause, {}).items()],
        said=SaidOut.of(effect.said),
    )
