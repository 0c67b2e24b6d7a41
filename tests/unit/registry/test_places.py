"""Which unit may belong to which."""

from datetime import date

import pytest

from registry.units.places import (
    MAY_BELONG_TO,
    CodeOutsideParent,
    ParentDoesNotLast,
    ParentOfWrongKind,
    Place,
    expect_place,
)
from shared.contracts.registry import UnitKind
from tests.support.registry import a_place


def test_each_kind_has_its_rule_and_no_kind_belongs_to_itself() -> None:
    assert set(MAY_BELONG_TO) == set(UnitKind)
    assert all(kind not in allowed for kind, allowed in MAY_BELONG_TO.items())


@pytest.mark.parametrize(
    ("kind", "code", "parent_kind", "parent_code"),
    [
        (UnitKind.REGION, "CZ042", UnitKind.STATE, "CZ"),
        (UnitKind.DISTRICT, "CZ0425", UnitKind.REGION, "CZ042"),
        (UnitKind.ORP, "4209", UnitKind.REGION, "CZ042"),
        (UnitKind.POU, "42091", UnitKind.ORP, "4209"),
        (UnitKind.MUNICIPALITY, "567337", UnitKind.DISTRICT, "CZ0425"),
        (UnitKind.CITY_PART, "500054", UnitKind.MUNICIPALITY, "554782"),
        (UnitKind.LOCAL_ACTION_GROUP, "00006599", UnitKind.REGION, "CZ042"),
        (UnitKind.OTHER_ASSOCIATION, None, UnitKind.STATE, "CZ"),
    ],
)
def test_a_unit_may_belong_to_the_one_above(
    kind: UnitKind, code: str | None, parent_kind: UnitKind, parent_code: str
) -> None:
    expect_place(a_place(kind, code), a_place(parent_kind, parent_code))


@pytest.mark.parametrize(
    ("kind", "parent_kind"),
    [
        (UnitKind.STATE, UnitKind.STATE),
        (UnitKind.REGION, UnitKind.DISTRICT),
        (UnitKind.DISTRICT, UnitKind.MUNICIPALITY),
        (UnitKind.MUNICIPALITY, UnitKind.MUNICIPALITY_ASSOCIATION),
        (UnitKind.MUNICIPALITY, UnitKind.CITY_PART),
        (UnitKind.LOCAL_ACTION_GROUP, UnitKind.LOCAL_ACTION_GROUP),
    ],
)
def test_a_unit_may_not_belong_to_another_kind(kind: UnitKind, parent_kind: UnitKind) -> None:
    with pytest.raises(ParentOfWrongKind):
        expect_place(a_place(kind), a_place(parent_kind))


def test_a_district_has_the_code_of_its_region_at_the_beginning() -> None:
    with pytest.raises(CodeOutsideParent):
        expect_place(a_place(UnitKind.DISTRICT, "CZ0425"), a_place(UnitKind.REGION, "CZ041"))


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ((date(2000, 1, 1), None), (date(2000, 1, 1), None)),
        ((date(2010, 1, 1), date(2012, 1, 1)), (date(2000, 1, 1), None)),
        ((date(2010, 1, 1), date(2012, 1, 1)), (date(2010, 1, 1), date(2012, 1, 1))),
    ],
)
def test_the_parent_exists_as_long_as_the_child(
    child: tuple[date, date | None], parent: tuple[date, date | None]
) -> None:
    expect_place(_municipality(*child), a_place(first_day=parent[0], last_day=parent[1]))


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ((date(1999, 12, 31), None), (date(2000, 1, 1), None)),
        ((date(2010, 1, 1), None), (date(2000, 1, 1), date(2099, 1, 1))),
        ((date(2010, 1, 1), date(2012, 1, 2)), (date(2000, 1, 1), date(2012, 1, 1))),
    ],
)
def test_a_parent_that_begins_later_or_ends_sooner_is_refused(
    child: tuple[date, date | None], parent: tuple[date, date | None]
) -> None:
    with pytest.raises(ParentDoesNotLast):
        expect_place(_municipality(*child), a_place(first_day=parent[0], last_day=parent[1]))


def _municipality(first_day: date, last_day: date | None) -> Place:
    return a_place(UnitKind.MUNICIPALITY, "567337", first_day, last_day)
