"""Values taken from the statistics of a real registry, with the vintage that they came from."""

from dataclasses import replace
from datetime import date

from evaluation.monitoring.calendar import obligation_id
from tests.support.definitions import define, link
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    a_plan_approved,
    an_indicator,
    decide,
    indicator_id,
)
from tests.support.evidence import OBRNICE, asked, published
from tests.support.service import ServiceUnderTest
from tests.support.statistics import OBRNICE_ROW, TOWNS, seeded

OF_2022 = obligation_id(indicator_id(1), "2022")
OF_2023 = obligation_id(indicator_id(1), "2023")


async def test_a_value_is_taken_from_the_registry_with_its_vintage(
    evaluation: ServiceUnderTest, registry: ServiceUnderTest
) -> None:
    await seeded(registry)
    await published(registry, *TOWNS, year=2022)
    planned = an_indicator(1, unit="osoby", baseline_on=date(2021, 12, 31))
    await evaluation.hear(
        a_plan_approved(unit_ids=[OBRNICE], indicators=[planned], valid_from=date(2022, 3, 1))
    )
    by_hand = await decide(evaluation, OF_2022, "figure", actor=COORDINATOR, body={})
    assert by_hand.json()["type"].endswith("nothing-in-statistics")
    await define(evaluation, "X_E", unit="osoby", value_source="table", series="EXE")
    assert (await link(evaluation, 1, "X_E")).status_code == 200
    silent = await decide(evaluation, OF_2022, "figure", actor=COORDINATOR, body={})
    assert (silent.status_code, silent.json()["type"].rpartition(":")[2]) == (409, "registry-out-of-reach")
    async with asked(evaluation, registry):
        missing = await decide(evaluation, OF_2023, "figure", actor=COORDINATOR, body={})
        assert (missing.status_code, missing.json()["units"]) == (409, 1)
        done = await decide(evaluation, OF_2022, "figure", actor=COORDINATOR, body={})
        assert (done.status_code, done.json()["value"]) == (200, str(OBRNICE_ROW.exe)), done.text
        await decide(evaluation, OF_2022, "return", actor=CONSULTANT, body={"reason": "Vyšla oprava"})
        await published(registry, replace(OBRNICE_ROW, exe=400), *TOWNS[1:], year=2022)
        again = await decide(evaluation, OF_2022, "figure", actor=COORDINATOR, body={})
    assert again.json()["value"] == "400"
    async with evaluation.client(CONSULTANT) as client:
        acts = (await client.get(f"/obligations/{OF_2022}")).json()["acts"]
        prov = (await client.get(f"/obligations/{OF_2022}/provenance")).json()
    first, _, second = acts
    figures = [act["derivation"]["figures"] for act in (first, second)]
    assert [[each["value"] for each in told] for told in figures] == [["750"], ["400"]]
    assert figures[0][0]["vintage"] < figures[1][0]["vintage"]
    assert len(figures[0][0]["digest"]) == 64
    assert sum(key.startswith("pospolu:figure/EXE/") for key in prov["entity"]) == 2
