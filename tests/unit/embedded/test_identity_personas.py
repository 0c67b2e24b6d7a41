"""The people of the demo."""

from collections import Counter

from embedded.identity.pages import ROLES
from embedded.identity.personas import BY_ID, OBRNICE, PERSONAS, TRMICE, municipality
from registry.units.codes import unit_id
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from tests.support import tokens


def test_a_municipality_has_the_id_that_the_registry_gives_it() -> None:
    assert municipality("567337") == unit_id(UnitKind.MUNICIPALITY, "567337")


def test_the_towns_of_the_tests_are_the_towns_of_the_personas() -> None:
    assert (tokens.OBRNICE, tokens.TRMICE) == (OBRNICE, TRMICE)


def test_every_human_role_has_its_persona_and_its_name() -> None:
    human = set(Role) - {Role.SYSTEM}
    assert {persona.role for persona in PERSONAS} == human
    assert set(ROLES) == human


def test_who_decides_with_a_colleague_or_beside_another_town_has_one() -> None:
    several = {role for role, count in Counter(persona.role for persona in PERSONAS).items() if count > 1}
    assert several == {Role.ADMINISTRATOR, Role.COORDINATOR, Role.COMMISSIONER}
    assert BY_ID["coordinator-obrnice"].units != BY_ID["coordinator-trmice"].units


def test_the_consultant_looks_after_five_towns() -> None:
    assert len(set(BY_ID["consultant"].units)) == 5


def test_each_persona_is_told_from_the_others() -> None:
    assert len(BY_ID) == len(PERSONAS)
    assert len({persona.name for persona in PERSONAS}) == len(PERSONAS)
