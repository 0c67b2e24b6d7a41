"""What statements stand on: looked up anew each time, frozen when drafted and issued."""

from datetime import date

import pytest

from registry.memberships.use_cases import MembershipTold, set_memberships
from shared.contracts.registry import CooperationRegime, UnitKind
from tests.support.comparisons import OBRNICE, SLUKNOV, TRMICE, an_edition, id_of, some_municipalities
from tests.support.geography import an_association, register_all
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.statements import (
    DIRECTOR,
    DRAFTER,
    Json,
    a_memorandum,
    a_recommendation,
    a_running_cooperation,
    all_that_it_takes,
    an_approved_plan,
    decide,
    decided,
    drafted,
    filed,
)

YEARS = (2020, 2021, 2022)


@pytest.fixture
async def ready(registry: ServiceUnderTest) -> ServiceUnderTest:
    await some_municipalities(registry)
    return registry


async def published(service: ServiceUnderTest, **index: int | None) -> None:
    codes = {"obrnice": OBRNICE, "trmice": TRMICE, "sluknov": SLUKNOV}
    for year in YEARS:
        await an_edition(service, {codes[name]: (value, 1000) for name, value in index.items()}, year=year)


async def found(service: ServiceUnderTest, statement: Json, **params: str) -> Json:
    async with service.client(DRAFTER) as client:
        answer = await client.get(f"/statements/{statement['id']}/preconditions", params=params)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


def met(findings: Json) -> dict[str, bool]:
    return {each["code"]: each["is_met"] for each in findings["preconditions"]}


async def test_a_favourable_statement_names_all_that_is_unmet(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        request = await filed(client, **a_recommendation())
        refused = await decide(client, request, "draft", outcome="favourable")
        unfavourable = await drafted(
            client, request, outcome="unfavourable", reasons="Obec nespolupracuje.", has_capacity=None
        )
        issued = await decided(director, unfavourable, "issue")
    unmet = ["memorandum-in-force", "plan-approved", "cooperation-active", "group-of-kpsvl"]
    assert (refused.status_code, code_of(refused)) == (409, "preconditions-unmet")
    assert refused.json()["unmet"] == unmet
    assert [each["code"] for each in refused.json()["errors"]] == unmet
    assert refused.json()["errors"][0]["detail"] == "platné memorandum o spolupráci: nemá Obrnice"
    assert (issued["draft"]["unmet"], issued["status"]) == (unmet, "issued")


@pytest.mark.parametrize(
    ("regime", "starts_on", "form", "plan", "group"),
    [
        (CooperationRegime.IKP, date(2017, 12, 31), None, "SPSZ", "A"),
        (CooperationRegime.IKP, date(2018, 1, 1), None, "SPSZ", "B"),
        (CooperationRegime.VIP, date(2019, 6, 30), None, "SPSZ", "B"),
        (CooperationRegime.VDP, date(2019, 9, 1), "pre-entry", "TAP", "C"),
        (CooperationRegime.VEX, date(2019, 9, 1), None, "TAP", "D"),
    ],
)
async def test_each_group_has_its_plan(
    ready: ServiceUnderTest,
    regime: CooperationRegime,
    starts_on: date,
    form: str | None,
    plan: str,
    group: str,
) -> None:
    unit = id_of(OBRNICE)
    await a_memorandum(ready, unit)
    await a_running_cooperation(ready, unit, regime, starts_on, form=form)
    await an_approved_plan(ready, unit, kind="TAP" if plan == "SPSZ" else "SPSZ")
    async with ready.client(DRAFTER) as client:
        request = await filed(client, **a_recommendation())
        without = await decide(client, request, "draft", outcome="favourable")
        await an_approved_plan(ready, unit, kind=plan)
        proposed = await drafted(client, request, has_capacity=None)
    frozen = (await found(ready, request))["at_draft"]
    assert without.json()["unmet"] == ["plan-approved"]
    assert (proposed["draft"]["unmet"], frozen["units"][0]["group"]) == ([], group)
    assert frozen["units"][0]["plan"]["resolution_number"] == "97/18-ZM"


async def test_a_joint_plan_counts_for_each_of_its_units(ready: ServiceUnderTest) -> None:
    units = [id_of(OBRNICE), id_of(TRMICE)]
    for unit in units:
        await a_memorandum(ready, unit)
        await a_running_cooperation(ready, unit, CooperationRegime.IKP, date(2016, 1, 1))
    await an_approved_plan(ready, *units)
    async with ready.client(DRAFTER) as client:
        request = await filed(client, **a_recommendation(unit_ids=[str(unit) for unit in units]))
    assert all(met((await found(ready, request))["now"]).values())


async def test_what_holds_on_the_day_counts_and_not_what_holds_today(ready: ServiceUnderTest) -> None:
    unit = id_of(OBRNICE)
    await a_memorandum(ready, unit, date(2015, 1, 28), date(2019, 12, 31))
    await a_running_cooperation(ready, unit, CooperationRegime.IKP, date(2016, 1, 1), date(2018, 12, 31))
    await an_approved_plan(ready, unit, valid_until=date(2018, 6, 30))
    async with ready.client(DRAFTER) as client:
        request = await filed(client, **a_recommendation(received_on="2018-05-02"))
        favourable = await drafted(client, request, on="2018-06-30", has_capacity=None)
        async with ready.client(DIRECTOR) as director:
            late = await decide(director, favourable, "issue", on="2018-07-01")
            issued = await decided(director, favourable, "issue", on="2018-06-30")
    assert late.json()["unmet"] == ["plan-approved"]
    assert issued["issue"]["number"] == "1/2018"
    names = ("memorandum-in-force", "plan-approved", "cooperation-active")
    for day, expected in (("2018-06-30", [True] * 3), ("2018-12-31", [True, False, True])):
        now = met((await found(ready, request, on=day))["now"])
        assert [now[name] for name in names] == expected


@pytest.mark.parametrize(
    ("obrnice", "trmice", "priority", "rounded"),
    [(8, 8, "priority", "8.00"), (9, 7, "priority", "8.00"), (9, 6, "by-capacity", "7.50")],
)
async def test_the_average_index_gives_priority_from_eight(
    ready: ServiceUnderTest, obrnice: int, trmice: int, priority: str, rounded: str
) -> None:
    await all_that_it_takes(ready)
    await published(ready, obrnice=obrnice, trmice=trmice)
    both = [str(id_of(OBRNICE)), str(id_of(TRMICE))]
    async with ready.client(DRAFTER) as client:
        request = await filed(client, unit_ids=both)
        without = await decide(client, request, "draft", outcome="favourable")
    now = (await found(ready, request))["now"] if without.status_code == 409 else None
    report = (now or (await found(ready, request))["at_draft"])["index"]["report"]
    assert (report["rounded"], report["years"]) == (rounded, list(YEARS))
    assert without.status_code == (200 if priority == "priority" else 409)
    if now is not None:
        assert (now["priority"], without.json()["unmet"]) == (priority, ["average-index-or-capacity"])
        async with ready.client(DRAFTER) as client:
            assert (await drafted(client, request, has_capacity=True))["draft"]["unmet"] == []


async def test_an_action_group_is_averaged_over_its_members_on_the_day(ready: ServiceUnderTest) -> None:
    group = an_association(kind=UnitKind.LOCAL_ACTION_GROUP, name="MAS Sever")
    group_id = group[0].id
    await register_all(ready, [group])
    async with ready.transaction() as tx:
        rows = [
            MembershipTold(id_of(OBRNICE), group_id, date(2020, 1, 1), date(2025, 12, 31)),
            MembershipTold(id_of(TRMICE), group_id, date(2020, 1, 1)),
            MembershipTold(id_of(SLUKNOV), group_id, date(2026, 1, 1)),
        ]
        done = await set_memberships(tx, rows, source="by-hand")
        assert done.begun == 3
    await a_memorandum(ready, group_id)
    await a_running_cooperation(ready, group_id)
    await published(ready, obrnice=12, trmice=6, sluknov=None)
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        request = await filed(client, unit_ids=[str(group_id)], received_on="2025-12-01")
        proposed = await drafted(client, request, on="2025-12-01")
        issued = await decided(director, proposed, "issue", on="2026-02-01")
        document = (await client.get(f"/statements/{issued['id']}/document")).json()
    told = await found(ready, request)
    at_draft, at_issue = told["at_draft"]["index"]["report"], told["at_issue"]["index"]["report"]
    assert [each["name"] for each in at_draft["municipalities"]] == ["Obrnice", "Trmice"]
    assert (at_draft["rounded"], told["at_draft"]["priority"]) == ("9.00", "priority")
    assert [each["name"] for each in at_issue["municipalities"]] == ["Trmice", "Šluknov"]
    assert (at_issue["rounded"], len(at_issue["left_out"])) == ("6.00", 3)
    assert document["content"]["findings"] == told["at_issue"]
    assert "činí 6,00" in document["text_cs"]
    assert "vynechaných hodnot: 3" in document["text_cs"]


async def test_later_editions_and_members_do_not_touch_what_was_issued(ready: ServiceUnderTest) -> None:
    await all_that_it_takes(ready)
    await published(ready, obrnice=9)
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        issued = await decided(director, await drafted(client, await filed(client)), "issue")
        before = (await client.get(f"/statements/{issued['id']}/document")).json()
        for year in YEARS:
            await an_edition(ready, {OBRNICE: (2, 1000)}, year=year, version=2)
        after = (await client.get(f"/statements/{issued['id']}/document")).json()
    told = await found(ready, issued)
    assert after == before
    assert (told["at_issue"]["priority"], told["now"]["priority"]) == ("priority", "by-capacity")


async def test_a_draft_that_lost_its_ground_is_not_signed(ready: ServiceUnderTest) -> None:
    unit = id_of(OBRNICE)
    await a_memorandum(ready, unit, date(2014, 1, 28), date(2026, 3, 31))
    await a_running_cooperation(ready, unit)
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        request = await filed(client, received_on="2026-03-20")
        proposed = await drafted(client, request, on="2026-03-25")
        refused = await decide(director, proposed, "issue", on="2026-04-01")
        returned = await decided(director, proposed, "draft-return", reason="Memorandum skončilo.")
    assert (refused.status_code, refused.json()["unmet"]) == (409, ["memorandum-in-force"])
    assert refused.json()["allowed_moves"] == ["return-draft", "issue", "withdraw"]
    assert (returned["status"], returned["draft"]) == ("received", None)


async def test_a_suspended_cooperation_is_not_active(ready: ServiceUnderTest) -> None:
    await a_memorandum(ready, id_of(OBRNICE))
    await a_running_cooperation(ready, id_of(OBRNICE), ends_on=date(2025, 12, 31))
    async with ready.client(DRAFTER) as client:
        request = await filed(client)
    now, then = (await found(ready, request))["now"], (await found(ready, request, on="2025-12-31"))["now"]
    assert (met(now)["cooperation-active"], met(then)["cooperation-active"]) == (False, True)


async def test_an_index_that_is_not_published_is_told_as_unknown(ready: ServiceUnderTest) -> None:
    await all_that_it_takes(ready)
    async with ready.client(DRAFTER) as client:
        request = await filed(client)
    now = (await found(ready, request))["now"]
    assert (now["priority"], now["index"]["report"]) == ("unknown", None)
    assert "2020, 2021, 2022" in now["index"]["unknown_cs"]
