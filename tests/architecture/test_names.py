"""What the guards of names let pass, and what they still find right beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest

from shared.contracts.base import Event
from shared.errors import RuleBroken
from tests.architecture.guards import names
from tests.architecture.guards.planted import a_checkout


class StandsSomewhere(RuleBroken):
    """A base of refusals, as the procedures have: no title, no refusal by itself."""


class PlanStands(StandsSomewhere):
    cs = "Plán stojí."
    en = "The plan stands."


class PlanStandsStill(PlanStands):
    """Tells the title of the refusal that it narrows."""


class PlanStandsBare(StandsSomewhere): ...


def test_a_title_may_come_from_a_narrower_refusal_but_not_from_the_base_of_all() -> None:
    assert list(names.careless_refusals([PlanStands, PlanStandsStill])) == []
    assert any("no title of its own" in each for each in names.careless_refusals([PlanStandsBare]))


def test_a_base_of_refusals_is_none_itself_and_hides_none() -> None:
    found = set(names.all_refusals())
    assert StandsSomewhere not in found
    assert found > {PlanStands, PlanStandsStill, PlanStandsBare}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHung(Event):
    """Somebody waits for the notice."""

    type: ClassVar[str] = "planning.notice.hung.v1"
    identity: ClassVar[str] = "notice_id"

    notice_id: UUID


@pytest.mark.parametrize(
    ("module", "is_found"),
    [("planning", False), ("consultation", False), ("intake", True), ("registry", True)],
)
def test_a_module_of_contracts_belongs_to_one_service(
    monkeypatch: pytest.MonkeyPatch, module: str, *, is_found: bool
) -> None:
    monkeypatch.setattr(NoticeHung, "__module__", f"shared.contracts.{module}")
    assert any("another service" in each for each in names.careless_events([NoticeHung])) is is_found


@pytest.mark.parametrize(
    "name", ["held_on", "valid_from", "open_until", "last_day", "on_or_before", "as_of", "period"]
)
def test_a_day_may_be_named_as_the_field_says_it(tmp_path: Path, name: str) -> None:
    root = a_checkout(tmp_path, planning__plans__domain=f"class Plan:\n {name}: date")
    assert list(names.misnamed_times(root)) == []


@pytest.mark.parametrize(
    "name", ["held", "onward", "from_", "until_then", "today_or_so", "held_at", "periods"]
)
def test_a_day_with_another_name_is_found(tmp_path: Path, name: str) -> None:
    root = a_checkout(tmp_path, planning__plans__domain=f"class Plan:\n {name}: date")
    assert list(names.misnamed_times(root)) == [f"planning/plans/domain.py: Plan.{name} is a day"]
