"""Which unit may belong to which: the kinds, their time, their codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry.units.codes import ASSOCIATIONS
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, RuleBroken

MAY_BELONG_TO: Mapping[UnitKind, frozenset[UnitKind]] = {
    UnitKind.STATE: frozenset(),
    UnitKind.REGION: frozenset({UnitKind.STATE}),
    UnitKind.DISTRICT: frozenset({UnitKind.REGION}),
    UnitKind.ORP: frozenset({UnitKind.REGION}),
    UnitKind.POU: frozenset({UnitKind.ORP}),
    UnitKind.MUNICIPALITY: frozenset({UnitKind.DISTRICT}),
    UnitKind.CITY_PART: frozenset({UnitKind.MUNICIPALITY}),
    UnitKind.MUNICIPALITY_PART: frozenset({UnitKind.MUNICIPALITY}),
    **dict.fromkeys(
        ASSOCIATIONS, frozenset({UnitKind.STATE, UnitKind.REGION, UnitKind.DISTRICT, UnitKind.ORP})
    ),
}
_CODE_BEGINS_AS_PARENT = frozenset({UnitKind.REGION, UnitKind.DISTRICT, UnitKind.POU})


class ParentUnknown(Invalid):
    cs = "Nadřazený celek v registru není."
    en = "The parent is not in the registry."


class ParentOfWrongKind(Invalid):
    cs = "Celek druhu {kind} nemůže patřit pod celek druhu {parent_kind}; přípustné: {allowed}."
    en = "A {kind} cannot belong to a {parent_kind}; allowed: {allowed}."


class ParentDoesNotLast(RuleBroken):
    cs = "Nadřazený celek po celou tu dobu neexistuje (platí od {parent_from} do {parent_until})."
    en = "The parent does not exist all that time (it is valid from {parent_from} until {parent_until})."


class CodeOutsideParent(Invalid):
    cs = "Kód „{unit_code}“ musí začínat kódem nadřazeného celku „{parent_code}“."
    en = "The code “{unit_code}” must begin with the parent's code “{parent_code}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the hierarchy needs to know of a unit; `last_day` None means that it lasts."""

    kind: UnitKind
    code: str | None
    first_day: date
    last_day: date | None

    def exists_between(self, first: date, last: date | None) -> bool:
        """Whether the unit exists on every day from `first` to `last` (None: for ever)."""
        outlasts = self.last_day is None or (last is not None and last <= self.last_day)
        return self.first_day <= first and outlasts


def expect_place(child: Place, parent: Place) -> None:
    """Raise unless `child` may belong to `parent` from its first day to its last."""
    allowed = MAY_BELONG_TO[child.kind]
    if parent.kind not in allowed:
        raise ParentOfWrongKind(
            pointer="/parent_id",
            kind=child.kind.value,
            parent_kind=parent.kind.value,
            allowed=", ".join(sorted(kind.value for kind in allowed)) or "–",
        )
    if not parent.exists_between(child.first_day, child.last_day):
        raise ParentDoesNotLast(
            pointer="/parent_id", parent_from=parent.first_day, parent_until=parent.last_day or "–"
        )
    if child.kind in _CODE_BEGINS_AS_PARENT and not (child.code or "").startswith(parent.code or ""):
        raise CodeOutsideParent(pointer="/code", unit_code=child.code, parent_code=parent.code)
