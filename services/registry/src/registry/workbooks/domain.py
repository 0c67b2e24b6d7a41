"""What a workbook brought, and its municipalities whose Index is computed otherwise than published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from uuid import UUID

from registry.exclusion.comparison import Comparison, Difference, Giver
from registry.exclusion.frame import Inputs, Way
from shared.errors import RuleBroken

_WHOLE_PERCENT = 99


class WorkbookNamesTooFew(RuleBroken):
    cs = (
        "Sešit uvádí {rows} obcí, platné vydání indexu za rok {year} jich má {in_force}. "
        "Sešit platí za celý rok: ostatní obce by z indexu zmizely. Pošlete jej celý."
    )
    en = (
        "The workbook names {rows} municipalities, the edition of {year} in force has {in_force}. "
        "A workbook stands for the whole year: the others would vanish from the Index. Send all of it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedGiver:
    """`index` is what the Index would be with the points of this municipality."""

    unit_id: UUID
    code: str
    name: str
    distance_m: str | None
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDifference:
    unit_id: UUID
    code: str
    name: str
    published: int
    computed: int
    way: Way
    donor: NamedGiver | None
    second_nearest: NamedGiver | None


def expect_whole(rows: int, *, in_force: int, year: int) -> None:
    """Raise WorkbookNamesTooFew; one municipality in a hundred may be missing: they merge."""
    if rows * 100 < in_force * _WHOLE_PERCENT:
        raise WorkbookNamesTooFew(rows=rows, in_force=in_force, year=year)


def units_of(differences: Sequence[Difference], inputs: Inputs) -> set[UUID]:
    """Return the municipalities that the differences speak of."""
    return {inputs.unit_ids[position] for each in differences for position in _positions(each)}


def named(comparison: Comparison, inputs: Inputs, names: Mapping[UUID, str]) -> list[NamedDifference]:
    """Say who the differing municipalities and their donors are."""

    def giver(found: Giver | None) -> NamedGiver | None:
        if found is None:
            return None
        id_ = inputs.unit_ids[found.position]
        metres = found.distance_m
        return NamedGiver(
            unit_id=id_,
            code=inputs.codes[found.position],
            name=names.get(id_, ""),
            distance_m=None if isnan(metres) else f"{metres:.2f}",
            index=found.index,
        )

    return [
        NamedDifference(
            unit_id=inputs.unit_ids[each.position],
            code=inputs.codes[each.position],
            name=names.get(inputs.unit_ids[each.position], ""),
            published=each.published,
            computed=each.computed,
            way=each.way,
            donor=giver(each.donor),
            second_nearest=giver(each.second_nearest),
        )
        for each in comparison.differences
    ]


def _positions(difference: Difference) -> Iterator[int]:
    yield difference.position
    for giver in (difference.donor, difference.second_nearest):
        if giver is not None:
            yield giver.position
