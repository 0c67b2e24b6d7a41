"""What public registers say, row by row, and the units that are known already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.units.places import Place
from registry.units.timeline import History, Statement
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, Refusal, RuleBroken

KEPT_FROM = date(2000, 1, 1)
"""The first day of the present regions: what was before is not kept."""
LONGEST_NAME = 200
_NAMES = ("code", "csu_code", "ruian_code", "name")


class DaysOverlap(Invalid):
    cs = "Údaje o témže celku se časově překrývají s řádkem {other}."
    en = "What is said of this unit overlaps in time with row {other}."


class DaysBackwards(Invalid):
    cs = "Konec platnosti {last} předchází začátku {first}."
    en = "The end of validity {last} comes before its beginning {first}."


class NameTooLong(Invalid):
    cs = "Název má víc než {longest} znaků."
    en = "The name has more than {longest} characters."


class ToldTwice(Invalid):
    cs = "O tomtéž celku mluví pod jiným kódem i řádek {other}."
    en = "Row {other} speaks of the same unit under another code."


class GoesOnUnderAnotherCode(RuleBroken):
    cs = "Celek trvá pod kódem „{unit_code}“; konec platnosti kódu není jeho koncem."
    en = "The unit goes on under the code “{unit_code}”; the end of a code is not its end."


class NameMissing(Invalid):
    cs = "Celek v registru není a řádek neříká, jak se jmenuje."
    en = "The unit is not in the registry and the row does not say its name."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a row is refused."""

    row: int
    column: str | None
    value: str | None
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one row says of a unit; `column` is where its code stands.

    `number` is that of the statistical office where it, not the code, tells units apart: the code of a
    region or a district has changed, its number has not.
    `born_on` is the first day of a unit that is not known yet, else its statement begins it. The parent is
    in force from the parent's own first day on.
    """

    row: int
    column: str
    kind: UnitKind
    code: str
    statement: Statement
    number: str | None = None
    parent_id: UUID | None = None
    born_on: date | None = None

    def fault(self, refusal: Refusal) -> Fault:
        return Fault(row=self.row, column=self.column, value=self.code, refusal=refusal)


class Known:
    """The units of a registry by id, and by every code and name that they have or had."""

    def __init__(self, histories: Iterable[History]) -> None:
        self.by_id = {history.id: history for history in histories}
        self._by: dict[tuple[UnitKind, str, str | None], dict[UUID, History]] = defaultdict(dict)
        for history in self.by_id.values():
            for details in {state.details for state in history.states}:
                for name in _NAMES:
                    self._by[history.kind, name, getattr(details, name)][history.id] = history

    def find(self, kind: UnitKind, name: str, value: str, day: date) -> History | None:
        """Return the unit whose `code`, `csu_code` or `ruian_code` it is on a day.

        Else the one that had it when it was closed, or will have it when it begins; not one that has
        given it up and goes on under another.
        """
        bearers = self._by.get((kind, name, value), {}).values()
        seen = [each for each in bearers if getattr(each.seen_on(day).details, name) == value]
        holding = [each for each in seen if each.seen_on(day).holds_on(day)]
        return max(holding or seen, key=lambda each: each.valid_from, default=None)

    def the_only(self, kind: UnitKind, name: str) -> History | None:
        """Return the unit of that name where there never was another one of the kind."""
        bearers = list(self._by.get((kind, "name", name), {}).values())
        return bearers[0] if len(bearers) == 1 else None

    def place_of(self, id_: UUID, day: date) -> Place:
        """Return when a unit exists, with the code that it has on the day."""
        history = self.by_id[id_]
        return Place(
            kind=history.kind,
            code=history.seen_on(day).details.code,
            first_day=history.valid_from,
            last_day=history.valid_until,
        )
