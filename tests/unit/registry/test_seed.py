"""The units that a new registry begins with."""

from collections import Counter

import pytest

from registry.seed import _rows, registrations
from registry.units.codes import unit_id
from registry.units.domain import Unit
from shared.contracts.registry import UnitKind


@pytest.fixture(scope="module")
def seeded() -> list[Unit]:
    return [unit for unit, _ in registrations(_rows())]


def test_the_seed_has_the_state_14_regions_77_districts_and_38_municipalities(seeded: list[Unit]) -> None:
    assert Counter(unit.kind for unit in seeded) == {
        UnitKind.STATE: 1,
        UnitKind.REGION: 14,
        UnitKind.DISTRICT: 77,
        UnitKind.MUNICIPALITY: 38,
    }
    assert len({unit.id for unit in seeded}) == 130


def test_all_but_the_state_have_a_parent_in_the_seed(seeded: list[Unit]) -> None:
    ids = {unit.id for unit in seeded}
    assert {unit.kind for unit in seeded if unit.details.parent_id is None} == {UnitKind.STATE}
    assert {unit.details.parent_id for unit in seeded} - {None} <= ids


def test_regions_have_both_their_numbers_and_districts_the_one_of_ruian(seeded: list[Unit]) -> None:
    numbers = {unit.details.code: (unit.details.csu_code, unit.details.ruian_code) for unit in seeded}
    assert numbers["CZ072"] == ("3131", "141")
    assert numbers["CZ080"] == ("3140", "132")
    assert numbers["CZ0425"] == (None, "3508")


@pytest.mark.parametrize(
    ("municipality", "district"),
    [
        ("567337", "CZ0425"),
        ("553697", "CZ0427"),
        ("554782", "CZ0100"),
        ("539597", "CZ020A"),
        ("555177", "CZ0412"),
    ],
)
def test_municipalities_stand_in_their_districts(
    seeded: list[Unit], municipality: str, district: str
) -> None:
    unit = next(unit for unit in seeded if unit.details.code == municipality)
    assert unit.details.parent_id == unit_id(UnitKind.DISTRICT, district)


def test_a_row_before_its_parent_is_refused() -> None:
    rows = [row for row in _rows() if row["kind"] == "district"]
    with pytest.raises(KeyError):
        list(registrations(rows))
