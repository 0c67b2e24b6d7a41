"""What an indicator of a plan measures: by which definition, and how its values follow each other."""

from dataclasses import dataclass, replace
from uuid import UUID

from evaluation.definitions.domain import Content, is_same_unit
from evaluation.definitions.kinds import SUMMABLE, Accumulation
from evaluation.indicators.refusals import AccumulationUnfit, UnitOfMeasureDiffers, ValuesDefinedAlready
from evaluation.values.breakdown import PartValue, expect_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoredIndicator:
    """An indicator of a plan as people said what it is; `reported` counts its values."""

    plan_id: UUID
    indicator_id: UUID
    version: int
    unit: str
    code: str | None
    edition: int | None
    defined_by: str | None
    accumulation: Accumulation | None
    part_targets: tuple[PartValue, ...]
    reported: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What somebody says of an indicator; `content` is that of the edition that counts from now on."""

    code: str | None
    edition: int | None
    content: Content | None
    accumulation: Accumulation | None
    part_targets: tuple[PartValue, ...]


def give_meaning(indicator: MonitoredIndicator, meaning: Meaning) -> MonitoredIndicator:
    """Say what an indicator measures; once values were reported, only their targets by parts may change.

    Raises UnitOfMeasureDiffers, AccumulationUnfit, ValuesDefinedAlready, and what is wrong with the parts.
    """
    content = meaning.content
    changes = (meaning.code, meaning.accumulation) != (indicator.code, indicator.accumulation)
    if changes and indicator.reported and indicator.code is not None:
        raise ValuesDefinedAlready(reported=indicator.reported)
    if content is not None and not is_same_unit(indicator.unit, content.unit):
        raise UnitOfMeasureDiffers(
            pointer="/code", code=meaning.code, planned=indicator.unit, defined=content.unit
        )
    accumulates = meaning.accumulation not in {None, Accumulation.STATE}
    if accumulates and content is not None and content.kind not in SUMMABLE:
        raise AccumulationUnfit(pointer="/accumulation", kind=content.kind.value)
    expect_parts(meaning.part_targets)
    return replace(
        indicator,
        version=indicator.version + 1,
        code=meaning.code,
        edition=indicator.edition if meaning.code == indicator.code else meaning.edition,
        defined_by="person" if meaning.code else None,
        accumulation=meaning.accumulation,
        part_targets=meaning.part_targets,
    )
