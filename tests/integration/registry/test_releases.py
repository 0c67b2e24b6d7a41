"""Releases over HTTP: policies, what was released, sums that somebody asks for, tables to be protected."""

import asyncio
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from registry.disclosure.release_repository import hold, hold_to_read
from registry.disclosure.repository import mark_of_figure
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.statistics.tables import FigureRow
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.disclosure import SERIES, TOWNS, brought, released_figures, some_towns, town
from tests.support.geography import FIRST_DAY
from tests.support.interleaving import somebody_waits
from tests.support.registry import COORDINATOR, code_of
from tests.support.service import ServiceUnderTest

POU = unit_id(UnitKind.POU, "42091")
SEXES = {
    "name": "pohlaví",
    "leaves": ["muži", "ženy"],
    "groups": [{"name": "celkem", "leaves": ["muži", "ženy"]}],
}
PLACES = {
    "name": "obec",
    "leaves": ["Most", "Obrnice"],
    "groups": [{"name": "POÚ", "leaves": ["Most", "Obrnice"]}],
}


async def released_pou(service: ServiceUnderTest) -> int:
    await some_towns(service)
    async with service.transaction() as tx:
        told = [MembershipTold(town(number), POU, FIRST_DAY) for number in range(4)]
        await set_memberships(tx, told, source="test")
    return await released_figures(service, dict(zip(TOWNS, (3, 40, 90, 60), strict=False)))


async def asked(service: ServiceUnderTest, *units: UUID, period: str = "2024-01-01") -> httpx.Response:
    body = {"series": SERIES, "period": period, "unit_ids": [str(unit) for unit in units]}
    async with service.client(COORDINATOR) as client:
        return await client.post("/disclosure/sums", json=body)


async def protected(service: ServiceUnderTest, **changes: object) -> httpx.Response:
    body = {"dimensions": [PLACES, SEXES], "counts": [40, 30, 2, 60], **changes}
    async with service.client(COORDINATOR) as client:
        return await client.post("/disclosure/protection", json=body)


async def test_everybody_sees_by_which_rule_figures_are_hidden(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    async with registry.client() as anybody:
        answer = await anybody.get("/disclosure/policies")
    found = {item["source"]: item["suppress_below"] for item in answer.json()["items"]}
    assert (found["COLLECTED"], found["ISV-WORKBOOK"]) == (5, None)


async def test_releases_are_listed_with_how_much_they_hide_in_one_statement(
    registry: ServiceUnderTest,
) -> None:
    vintage = await released_pou(registry)
    async with registry.client(COORDINATOR) as client:
        none = await client.get("/disclosure/releases", params={"filter[period]": "2023-01-01"})
        with registry.counted_statements() as statements:
            answer = await client.get(
                "/disclosure/releases", params={"filter[series]": SERIES, "filter[vintage]": str(vintage)}
            )
    assert len(statements) == 1
    (release,) = answer.json()["items"]
    assert (release["cells"], release["small"], release["complementary"]) == (5, 1, 1)
    assert (release["suppress_below"], release["exposed"]) == (5, 0)
    assert none.json()["items"] == []


async def test_a_sum_is_told_where_it_follows_from_what_was_published(registry: ServiceUnderTest) -> None:
    await released_pou(registry)
    shown = await asked(registry, town(2), town(3))
    whole = await asked(registry, *(town(number) for number in range(4)))
    assert (shown.json()["value"], shown.json()["status"]) == (150, "given")
    assert whole.json()["value"] == 193


async def test_a_sum_that_leaves_a_small_count_over_is_not_told(registry: ServiceUnderTest) -> None:
    await released_pou(registry)
    answer = (await asked(registry, town(1), town(2), town(3))).json()
    assert (answer["value"], answer["status"], answer["shown"]) == (None, "suppressed", "i. d.")
    assert "dopočítat" in answer["reason"]["cs"]


async def test_sums_of_figures_that_are_not_there_are_refused(registry: ServiceUnderTest) -> None:
    await released_pou(registry)
    missing = await asked(registry, town(1), town(9))
    other = await asked(registry, town(1), period="2019-01-01")
    assert (missing.status_code, code_of(missing)) == (422, "figure-missing")
    assert (other.status_code, code_of(other)) == (404, "nothing-released")


async def test_a_figure_nobody_has_decided_on_is_hidden(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    vintage = await brought(registry, {TOWNS[0]: 800})
    async with registry.transaction() as tx:
        statement = select(mark_of_figure()).select_from(FigureRow).where(FigureRow.vintage_id == vintage)
        before = (await tx.session.scalars(statement)).all()
    assert before in (["hidden"], [None])


async def test_a_table_is_protected_for_others(registry: ServiceUnderTest) -> None:
    answer = await protected(registry)
    assert answer.status_code == 200, answer.text
    cells = {"/".join(cell["at"]): cell for cell in answer.json()["cells"]}
    assert cells["Obrnice/muži"] == {
        "at": ["Obrnice", "muži"],
        "value": None,
        "status": "suppressed",
        "mark": "below",
        "shown": "< 5",
    }
    assert cells["POÚ/celkem"]["value"] == 132
    assert sum(cell["value"] is None for cell in cells.values()) == 4


async def test_an_earlier_table_is_protected_together_with_the_next(registry: ServiceUnderTest) -> None:
    first = (await protected(registry)).json()
    marks = [cell["mark"] for cell in first["cells"]]
    earlier = {
        "dimensions": [PLACES, SEXES],
        "counts": [40, 30, 2, 60],
        "suppress_below": 5,
        "marks": marks,
    }
    again = (await protected(registry, earlier=[earlier])).json()
    assert [cell["mark"] for cell in again["cells"]] == marks
    shown = {**earlier, "marks": ["published"] * 9}
    assert (await protected(registry, earlier=[shown])).json()["exposed"] == [["Obrnice", "muži"]]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"counts": [1, 2, 3]}, "counts-do-not-fit"),
        ({"dimensions": [{**PLACES, "leaves": ["Most", "Most"]}, SEXES]}, "name-twice"),
        ({"dimensions": [{**PLACES, "leaves": ["Most", "Trmice"]}, SEXES]}, "leaf-unknown"),
        (
            {"dimensions": [{"name": n, "leaves": [str(i) for i in range(60)]} for n in "ab"]},
            "table-too-large",
        ),
        (
            {"earlier": [{"dimensions": [SEXES], "counts": [1, 2], "suppress_below": 5, "marks": ["below"]}]},
            "marks-do-not-fit",
        ),
    ],
)
async def test_a_table_that_does_not_fit_is_refused(
    registry: ServiceUnderTest, changes: dict[str, object], code: str
) -> None:
    answer = await protected(registry, **changes)
    assert (answer.status_code, code_of(answer)) == (422, code)


async def test_protection_is_for_those_who_log_in(registry: ServiceUnderTest) -> None:
    async with registry.client() as anybody:
        answer = await anybody.post("/disclosure/protection", json={})
    assert answer.status_code == 401


async def test_a_sum_waits_for_those_that_release_and_no_sum_for_another(registry: ServiceUnderTest) -> None:
    await released_pou(registry)
    async with registry.transaction() as reading:
        await hold_to_read(reading.session)
        assert (await asked(registry, town(2), town(3))).json()["value"] == 150
    async with registry.transaction() as releasing:
        await hold(releasing.session)
        waiting = asyncio.create_task(asked(registry, town(2), town(3)))
        await somebody_waits(registry)
        assert not waiting.done()
    assert (await waiting).json()["value"] == 150
