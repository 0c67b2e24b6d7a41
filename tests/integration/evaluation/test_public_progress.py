"""What the public learns of the people of a project: nothing that would tell of one of them."""

from datetime import date
from uuid import UUID

import pytest

from shared.auth import Actor
from tests.support.evaluation import NEIGHBOUR
from tests.support.participants import registered, supported
from tests.support.planning import Json
from tests.support.programmes import ANALYST, OWNER, entered, ostrava, progress_of
from tests.support.service import ServiceUnderTest


async def test_fewer_than_ten_people_are_hidden_from_all_but_who_keeps_the_project(
    evaluation: ServiceUnderTest,
) -> None:
    project = await entered(evaluation, ostrava())
    for number in range(9):
        person = await registered(evaluation, project, f"klic{number:08}")
        await supported(evaluation, project, person, 1200, 1260, first=date(2018, 3, 1))
    day = "2018-04-30"
    hidden = await progress_of(evaluation, project, day, actor=None)
    assert hidden["people"] == {"registered": None, "supported": None, "counted": None, "hours": None}
    told = hidden["indicators"][1]["progress"]  # type: ignore[index]
    assert (told["actual"], told["missing"], told["forecast"], told["fulfilled"]) == (None,) * 4
    for actor in (OWNER, ANALYST):
        whole = await progress_of(evaluation, project, day, actor=actor)
        assert whole["people"] == {"registered": 9, "supported": 9, "counted": 9, "hours": "369:00"}
    tenth = await registered(evaluation, project, "klic00000010")
    await supported(evaluation, project, tenth, 1200, 1260, first=date(2018, 4, 2))
    same_month = await progress_of(evaluation, project, day, actor=None)
    assert same_month["people"] == hidden["people"] | {"registered": 10}
    frozen = await _frozen(evaluation, project, day)
    assert frozen["people"] == same_month["people"]
    after = await progress_of(evaluation, project, "2018-05-31", actor=None)
    assert after["people"] == {"registered": 10, "supported": 10, "counted": 10, "hours": "410:00"}
    assert after["indicators"][1]["progress"]["actual"] == 10  # type: ignore[index]


async def _frozen(evaluation: ServiceUnderTest, project: UUID, day: str) -> Json:
    """Freeze what a stranger with a login sees, and read it as everybody may."""
    body = {"kind": "programme-report", "subject_id": str(project), "as_of": day}
    async with evaluation.client(NEIGHBOUR) as client:
        made = await client.post("/frozen-pages", json=body)
    assert made.status_code == 201, made.text
    async with evaluation.client() as client:
        found: Json = (await client.get(made.headers["Location"])).json()["content"]
    return found


@pytest.mark.parametrize("actor", [None, ANALYST])
async def test_a_project_had_nobody_at_the_beginning_of_time_and_keeps_them_to_its_end(
    evaluation: ServiceUnderTest, actor: Actor | None
) -> None:
    project = await entered(evaluation, ostrava())
    for number in range(10):
        person = await registered(evaluation, project, f"klic{number:08}")
        await supported(evaluation, project, person, 1200, 1260, first=date(2018, 3, 1))
    first = await progress_of(evaluation, project, "0001-01-01", actor=actor)
    last = await progress_of(evaluation, project, "9999-12-31", actor=actor)
    supported_then = [found["people"]["supported"] for found in (first, last)]  # type: ignore[index]
    assert supported_then == [0, 10]
