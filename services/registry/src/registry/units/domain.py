"""A territorial unit: its states one after another, its place in the hierarchy, its end."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from registry.units.codes import (
    ASSOCIATIONS,
    MunicipalityStatus,
    checked_code,
    checked_csu_code,
    checked_data_box,
    checked_ico,
    checked_ruian_code,
    unit_id,
)
from registry.units.places import Place, expect_place
from shared.contracts.registry import UnitChanged, UnitClosed, UnitKind, UnitRegistered
from shared.errors import Invalid, NotFound, RuleBroken


class UnitUnknown(NotFound):
    cs = "Územní celek v registru není, nebo k danému dni neexistoval."
    en = "There is no such unit, or it did not exist on that day."


class UnitAlreadyRegistered(RuleBroken):
    cs = "Územní celek tohoto druhu s kódem „{unit_code}“ už v registru je."
    en = "A unit of this kind with the code “{unit_code}” is already registered."


class IdentifierTaken(RuleBroken):
    cs = "Kód nebo IČO už v téže době patří jinému celku téhož druhu."
    en = "The code or the IČO belongs to another unit of the same kind at the same time."


class IcoDiffersFromCode(Invalid):
    cs = "Kódem sdružení je jeho IČO; uvedené hodnoty „{unit_code}“ a „{ico}“ se liší."
    en = "The code of an association is its IČO; “{unit_code}” and “{ico}” differ."


class StatusOfMunicipalityOnly(Invalid):
    cs = "Status (obec, městys, město…) má jen obec."
    en = "Only a municipality has a status (village, market town, town…)."


class EndsBeforeItBegins(Invalid):
    cs = "Konec {ends_on} předchází začátku {starts_on}."
    en = "The end {ends_on} comes before the beginning {starts_on}."


class LaterStateKnown(RuleBroken):
    cs = "K {changes_on} nelze měnit: novější stav platí už od {known_from}."
    en = "It cannot change on {changes_on}: a newer state holds from {known_from} already."


class UnitAlreadyClosed(RuleBroken):
    cs = "Územní celek zanikl ke dni {closed_on}."
    en = "The unit was closed on {closed_on}."


class UnitHasParts(RuleBroken):
    cs = "Celek nemůže zaniknout, dokud do něj patří jiné (počet: {parts})."
    en = "The unit cannot be closed while others belong to it ({parts})."


class UnitCooperates(RuleBroken):
    cs = "Celek nemůže zaniknout {closed_on}: trvá jeho spolupráce s Agenturou. Nejprve ji ukončete."
    en = "The unit cannot be closed on {closed_on}: its cooperation with the Agency lasts. End it first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What may change in a unit from one day to the next."""

    name: str
    code: str | None
    parent_id: UUID | None = None
    csu_code: str | None = None
    ruian_code: str | None = None
    ico: str | None = None
    data_box: str | None = None
    status: MunicipalityStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit with its latest state, which holds since `state_from`.

    `valid_until` is the last day on which the unit exists.
    """

    id: UUID
    kind: UnitKind
    version: int
    valid_from: date
    valid_until: date | None
    state_from: date
    details: Details

    @property
    def place(self) -> Place:
        return self._place_since(self.valid_from)

    @property
    def latest_place(self) -> Place:
        return self._place_since(self.state_from)

    def _place_since(self, first_day: date) -> Place:
        return Place(kind=self.kind, code=self.details.code, first_day=first_day, last_day=self.valid_until)


def checked(kind: UnitKind, details: Details) -> Details:
    """Return the details with identifiers in their normal form, or raise what is wrong with them."""
    ico = checked_ico(details.ico) if details.ico else None
    code = checked_code(kind, details.code or (ico if kind in ASSOCIATIONS else None))
    if kind in ASSOCIATIONS:
        if ico and code != ico:
            raise IcoDiffersFromCode(pointer="/ico", unit_code=code, ico=ico)
        ico = code
    is_municipality = kind is UnitKind.MUNICIPALITY
    if details.status and not is_municipality:
        raise StatusOfMunicipalityOnly(pointer="/status")
    csu_code = code if is_municipality else details.csu_code
    ruian_code = code if is_municipality else details.ruian_code
    return replace(
        details,
        code=code,
        ico=ico,
        csu_code=checked_csu_code(kind, csu_code) if csu_code else None,
        ruian_code=checked_ruian_code(kind, ruian_code) if ruian_code else None,
        data_box=checked_data_box(details.data_box) if details.data_box else None,
    )


def register(
    *,
    kind: UnitKind,
    details: Details,
    valid_from: date,
    valid_until: date | None,
    parent: Place | None,
    new_id: UUID,
) -> tuple[Unit, UnitRegistered]:
    """Bring a unit into the registry; its id follows from its code, and is `new_id` only without one."""
    _expect_order(valid_from, valid_until)
    fit = checked(kind, details)
    unit = Unit(
        id=unit_id(kind, fit.code) if fit.code else new_id,
        kind=kind,
        version=1,
        valid_from=valid_from,
        valid_until=valid_until,
        state_from=valid_from,
        details=fit,
    )
    if parent is not None:
        expect_place(unit.latest_place, parent)
    return unit, UnitRegistered(
        unit_id=unit.id,
        version=unit.version,
        kind=kind,
        code=fit.code,
        name=fit.name,
        parent_id=fit.parent_id,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def change(unit: Unit, details: Details, *, on: date, parent: Place | None) -> Unit:
    """Return the unit as it is from the day `on`; the same day as before corrects that state.

    Raises LaterStateKnown for a day before the latest state, UnitAlreadyClosed for one after the end.
    """
    if on < unit.state_from:
        raise LaterStateKnown(pointer="/changes_on", changes_on=on, known_from=unit.state_from)
    if unit.valid_until is not None and on > unit.valid_until:
        raise UnitAlreadyClosed(pointer="/changes_on", closed_on=unit.valid_until)
    changed = replace(unit, version=unit.version + 1, state_from=on, details=checked(unit.kind, details))
    if parent is not None:
        expect_place(changed.latest_place, parent)
    return changed


def tell_change(unit: Unit) -> UnitChanged:
    """Tell the latest state, on the day when it begins; the validity is that of the whole unit."""
    return UnitChanged(
        unit_id=unit.id,
        version=unit.version,
        kind=unit.kind,
        code=unit.details.code,
        name=unit.details.name,
        parent_id=unit.details.parent_id,
        valid_from=unit.valid_from,
        valid_until=unit.valid_until,
    )


def close(
    unit: Unit, *, told: Details, last_day: date, lasting_parts: int, cooperates: bool
) -> tuple[Unit, UnitClosed]:
    """End the unit after `last_day`. Nothing may belong to it, and no cooperation last, after that day.

    `told` is what others know of it: a state yet to begin is told when it begins, not with the end.
    """
    if unit.valid_until is not None:
        raise UnitAlreadyClosed(closed_on=unit.valid_until)
    if last_day < unit.state_from:
        raise LaterStateKnown(pointer="/valid_until", changes_on=last_day, known_from=unit.state_from)
    if lasting_parts:
        raise UnitHasParts(parts=lasting_parts)
    if cooperates:
        raise UnitCooperates(closed_on=last_day)
    closed = replace(unit, version=unit.version + 1, valid_until=last_day)
    return closed, UnitClosed(
        unit_id=unit.id,
        version=closed.version,
        kind=unit.kind,
        code=told.code,
        name=told.name,
        parent_id=told.parent_id,
        valid_from=unit.valid_from,
        valid_until=last_day,
    )


def _expect_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise EndsBeforeItBegins(pointer="/valid_until", starts_on=first, ends_on=last)
