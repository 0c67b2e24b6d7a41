"""The life of a unit: registered, changed, closed."""

from datetime import date
from uuid import UUID

import pytest

from registry.units.codes import CheckDigitWrong, CodeMissing
from registry.units.domain import (
    Details,
    EndsBeforeItBegins,
    IcoDiffersFromCode,
    LaterStateKnown,
    Unit,
    UnitAlreadyClosed,
    UnitCooperates,
    UnitHasParts,
    change,
    checked,
    close,
    register,
    tell_change,
)
from registry.units.places import ParentOfWrongKind, Place
from shared.contracts.registry import UnitChanged, UnitClosed, UnitKind, UnitRegistered
from tests.support.registry import MOST_DISTRICT, OBRNICE, a_place, a_unit, some_details

NEW_ID = UUID(int=7)


def _registered(
    details: Details,
    kind: UnitKind = UnitKind.MUNICIPALITY,
    valid_until: date | None = None,
    parent: Place | None = None,
) -> tuple[Unit, UnitRegistered]:
    return register(
        kind=kind,
        details=details,
        valid_from=date(2000, 1, 1),
        valid_until=valid_until,
        parent=parent,
        new_id=NEW_ID,
    )


def test_a_registered_unit_is_told_of_with_the_id_of_its_code() -> None:
    unit, event = _registered(some_details(parent_id=MOST_DISTRICT), parent=a_place())
    assert unit.id == OBRNICE
    assert event == UnitRegistered(
        unit_id=OBRNICE,
        version=1,
        kind=UnitKind.MUNICIPALITY,
        code="567337",
        name="Obrnice",
        parent_id=MOST_DISTRICT,
        valid_from=date(2000, 1, 1),
        valid_until=None,
    )


def test_a_unit_without_a_code_gets_the_new_id() -> None:
    unit, event = _registered(some_details(code=None, name="Iniciativa"), UnitKind.OTHER_ASSOCIATION)
    assert unit.id == event.unit_id == NEW_ID


def test_a_unit_cannot_end_before_it_begins() -> None:
    with pytest.raises(EndsBeforeItBegins):
        _registered(some_details(), valid_until=date(1999, 12, 31))


def test_a_unit_may_exist_for_one_day() -> None:
    unit, _ = _registered(some_details(), valid_until=date(2000, 1, 1))
    assert unit.valid_until == unit.valid_from


def test_a_unit_is_not_registered_under_a_parent_of_the_wrong_kind() -> None:
    with pytest.raises(ParentOfWrongKind):
        _registered(some_details(), parent=a_place(UnitKind.REGION, "CZ042"))


def test_a_municipality_has_one_code_in_all_registers() -> None:
    details = checked(UnitKind.MUNICIPALITY, some_details(csu_code="1", ruian_code=None))
    assert (details.code, details.csu_code, details.ruian_code) == ("567337", "567337", "567337")


def test_a_region_keeps_its_other_numbers() -> None:
    region = some_details(name="Ústecký kraj", code="CZ042", csu_code="3069", ruian_code="60")
    assert checked(UnitKind.REGION, region) == region


def test_wrong_numbers_are_refused_wherever_they_stand() -> None:
    with pytest.raises(CheckDigitWrong):
        checked(UnitKind.MUNICIPALITY, some_details(ico="00266095"))
    with pytest.raises(CheckDigitWrong):
        checked(UnitKind.REGION, some_details(code="CZ042", csu_code="3068"))


def test_the_ico_of_an_association_is_its_code_whichever_was_given() -> None:
    for given in (some_details(code="6599"), some_details(code=None, ico="6599")):
        details = checked(UnitKind.LOCAL_ACTION_GROUP, given)
        assert details.code == details.ico == "00006599"


def test_the_code_and_the_ico_of_an_association_cannot_differ() -> None:
    with pytest.raises(IcoDiffersFromCode):
        checked(UnitKind.LOCAL_ACTION_GROUP, some_details(code="00006599", ico="00551023"))


def test_a_municipality_does_not_take_its_ico_for_a_code() -> None:
    with pytest.raises(CodeMissing):
        checked(UnitKind.MUNICIPALITY, some_details(code=None, ico="00266094"))


def test_a_change_makes_a_new_state_from_its_day() -> None:
    unit = change(a_unit(), some_details(name="Nové Obrnice"), on=date(2026, 1, 1), parent=None)
    assert (unit.version, unit.state_from, unit.details.name) == (2, date(2026, 1, 1), "Nové Obrnice")
    assert unit.valid_from == date(2000, 1, 1)


def test_a_change_on_the_day_of_the_latest_state_corrects_it() -> None:
    unit = change(a_unit(), some_details(name="Obrnice u Mostu"), on=date(2000, 1, 1), parent=None)
    assert (unit.version, unit.state_from) == (2, date(2000, 1, 1))


def test_a_unit_cannot_change_before_its_latest_state() -> None:
    with pytest.raises(LaterStateKnown):
        change(a_unit(state_from=date(2020, 1, 1)), some_details(), on=date(2019, 12, 31), parent=None)


def test_a_closed_unit_cannot_change_after_its_last_day() -> None:
    closed = a_unit(valid_until=date(2020, 6, 30))
    with pytest.raises(UnitAlreadyClosed):
        change(closed, some_details(), on=date(2020, 7, 1), parent=None)
    assert change(closed, some_details(), on=date(2020, 6, 30), parent=None).version == 2


def test_a_change_is_checked_like_a_registration() -> None:
    with pytest.raises(CheckDigitWrong):
        change(a_unit(), some_details(code="567338"), on=date(2026, 1, 1), parent=None)
    with pytest.raises(ParentOfWrongKind):
        change(a_unit(), some_details(), on=date(2026, 1, 1), parent=a_place(UnitKind.STATE, "CZ"))


def test_a_new_parent_must_exist_only_since_the_change() -> None:
    parent = a_place(first_day=date(2021, 1, 1))
    unit = change(a_unit(), some_details(parent_id=MOST_DISTRICT), on=date(2021, 1, 1), parent=parent)
    assert unit.details.parent_id == MOST_DISTRICT


def test_a_change_is_told_with_the_validity_of_the_whole_unit() -> None:
    unit = change(a_unit(), some_details(name="Nové Obrnice"), on=date(2026, 1, 1), parent=None)
    assert tell_change(unit) == UnitChanged(
        unit_id=OBRNICE,
        version=2,
        kind=UnitKind.MUNICIPALITY,
        code="567337",
        name="Nové Obrnice",
        parent_id=None,
        valid_from=date(2000, 1, 1),
        valid_until=None,
    )


def test_a_closed_unit_is_told_of_with_its_last_day_and_what_was_told_of_it_last() -> None:
    unit, event = close(
        a_unit(version=4),
        told=some_details(name="Obrnyce"),
        last_day=date(2026, 12, 31),
        lasting_parts=0,
        cooperates=False,
    )
    assert (unit.valid_until, unit.details.name) == (date(2026, 12, 31), "Obrnice")
    assert event == UnitClosed(
        unit_id=OBRNICE,
        version=5,
        kind=UnitKind.MUNICIPALITY,
        code="567337",
        name="Obrnyce",
        parent_id=None,
        valid_from=date(2000, 1, 1),
        valid_until=date(2026, 12, 31),
    )


def test_a_unit_is_closed_only_once() -> None:
    with pytest.raises(UnitAlreadyClosed):
        _closed(a_unit(valid_until=date(2020, 12, 31)))


def test_a_unit_cannot_be_closed_before_its_latest_state() -> None:
    with pytest.raises(LaterStateKnown):
        _closed(a_unit(state_from=date(2027, 1, 1)))


def test_a_unit_cannot_be_closed_while_others_belong_to_it() -> None:
    with pytest.raises(UnitHasParts) as refused:
        _closed(a_unit(), lasting_parts=26)
    assert "26" in refused.value.title("cs")


def test_a_unit_cannot_be_closed_while_it_cooperates() -> None:
    with pytest.raises(UnitCooperates):
        _closed(a_unit(), cooperates=True)


def _closed(unit: Unit, *, lasting_parts: int = 0, cooperates: bool = False) -> Unit:
    closed, _ = close(
        unit,
        told=unit.details,
        last_day=date(2026, 12, 31),
        lasting_parts=lasting_parts,
        cooperates=cooperates,
    )
    return closed
