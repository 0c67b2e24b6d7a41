"""What the event of an approval tells of measures: who owns each, and until when there is money."""

from planning.plans.tree import Measure, Placed, Problem, walk
from shared.contracts.measures import PlannedMeasure


def planned_measures(problems: tuple[Problem, ...]) -> tuple[PlannedMeasure, ...]:
    """Return the measures of a plan in the order of reading."""
    return tuple(
        _planned(placed, placed.node) for placed in walk(problems) if isinstance(placed.node, Measure)
    )


def _planned(placed: Placed, measure: Measure) -> PlannedMeasure:
    funded = [line for line in measure.budget if line.amount_czk > 0]
    return PlannedMeasure(
        measure_id=measure.id,
        number=placed.number,
        name=measure.title,
        owner=measure.owner,
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
        funded_until=max((line.year for line in funded), default=None),
        funders=tuple(sorted({line.funder.value for line in funded})),
    )
