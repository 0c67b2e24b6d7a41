"""Evidence of problems against a real registry: a new edition flips exactly the links that it concerns."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import permutations

import pytest

from shared.contracts.registry import FiguresPublished, IndexPublished
from tests.support.evidence import (
    HAVRAN,
    MOST,
    Linked,
    a_citation,
    an_analysis,
    asked,
    linked_plan,
    published,
)
from tests.support.planning import a_draft, a_problem
from tests.support.service import ServiceUnderTest
from tests.support.statistics import OBRNICE_ROW, TOWNS, seeded
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR

IN_2022 = TOWNS
EXE_FELL = (replace(OBRNICE_ROW, exe=400), *TOWNS[1:])


@pytest.fixture
async def towns(planning: ServiceUnderTest, registry: ServiceUnderTest) -> AsyncIterator[ServiceUnderTest]:
    """The registry with the workbook of 2022, and planning that asks it."""
    await seeded(registry)
    await published(registry, *IN_2022, year=2022)
    async with asked(planning, registry):
        yield registry


@pytest.fixture
async def draft(planning: ServiceUnderTest, towns: ServiceUnderTest) -> Linked:  # noqa: ARG001
    return await linked_plan(await a_draft(planning), a_problem(), a_problem(title="Dluhy", area="DLU"))


async def linked_to_three_towns(draft: Linked) -> None:
    """Three towns × two series, and the Index of one."""
    for name, unit, exe, uoz in (
        ("O", None, "750", "62"),
        ("M", MOST, "7000", "2000"),
        ("H", HAVRAN, "200", "30"),
    ):
        of_unit = {} if unit is None else {"unit_id": str(unit)}
        for series, value in (("EXE", exe), ("UOZ", uoz)):
            citation = a_citation(
                title=f"{name} {series}", series=series, value=value, at_least=value, at_most=value, **of_unit
            )
            answer = await draft.link(citation)
            assert (answer.status_code, answer.json()["state"]) == (201, "fresh"), answer.text


async def test_a_new_vintage_flips_exactly_the_links_that_it_concerns(
    planning: ServiceUnderTest, towns: ServiceUnderTest, draft: Linked
) -> None:
    await linked_to_three_towns(draft)
    assert (await draft.link(an_analysis())).json()["state"] == "unknown"
    heard = await planning.hear(*await published(towns, *EXE_FELL, year=2023))
    expected = {
        "O EXE": "amber",
        "Situační analýza Obrnice": "unknown",
        **dict.fromkeys(("M EXE", "H EXE", "O UOZ", "M UOZ", "H UOZ"), "newer"),
    }
    with planning.counted_statements() as statements:
        states = await draft.states()
    assert (states, next(iter(states)), len(statements)) == (expected, "O EXE", 1)
    (amber,) = (await draft.get("?filter[state]=amber")).json()["items"]
    assert amber["reason_cs"] == "Citováno 750 (2022), nově 400 (2023). Tvrzení platí nejméně od 750."
    assert (amber["current_value"], amber["current_from"], amber["version"]) == ("400", "2023-01-01", 2)
    assert (amber["node_number"], amber["unit_name"]) == ("1", "Obrnice")

    await planning.hear_again(heard)
    again = [replace(envelope.event) for envelope in heard]
    await planning.hear(*again)
    assert (await draft.get("?filter[state]=amber")).json()["items"] == [
        {**amber, "checked_at": (await draft.get(f"/{amber['id']}")).json()["checked_at"]}
    ], "a duplicate changes nothing"


async def test_editions_heard_at_once_and_in_any_order_come_to_the_same(
    planning: ServiceUnderTest, towns: ServiceUnderTest, draft: Linked
) -> None:
    await linked_to_three_towns(draft)
    first = await published(towns, *EXE_FELL, year=2023)
    second = await published(towns, *IN_2022, year=2024)
    events = [each for each in (*second, *first) if isinstance(each, FiguresPublished)]
    assert len(events) == 2
    await asyncio.gather(*(planning.hear(event) for event in events))
    settled = await draft.states()
    assert set(settled.values()) == {"newer"}, "2024 brought the number of 2022 back"
    for order in permutations(events):
        await planning.hear(*order)
        assert await draft.states() == settled


async def test_a_link_made_between_two_editions_is_judged_by_the_newer_one(
    planning: ServiceUnderTest, towns: ServiceUnderTest, draft: Linked
) -> None:
    later = await published(towns, *EXE_FELL, year=2023)
    answer = await draft.link(a_citation())
    assert answer.json()["state"] == "amber", "planning asked before the event came"
    await planning.hear(*later)
    (link,) = (await draft.get()).json()["items"]
    assert (link["state"], link["version"]) == ("amber", 1)


async def test_the_index_its_band_and_components_are_cited_and_checked(
    planning: ServiceUnderTest, towns: ServiceUnderTest, draft: Linked
) -> None:
    async with towns.client() as client:
        told = (await client.get(f"/index/units/{OBRNICE_ID}")).json()["items"][0]
    index, band = told["index"], told["band"]
    for measure, series, value in (
        ("index", None, index),
        ("band", None, band),
        ("component", "EXE", told["points"][0]),
    ):
        citation = a_citation(
            title=measure, measure=measure, series=series, value=str(value), at_least=str(value)
        )
        answer = await draft.link(citation)
        assert (answer.status_code, answer.json()["state"]) == (201, "fresh"), answer.text
    spared = tuple(replace(town, exe=0, uoz=0) for town in TOWNS)
    events = await published(towns, *spared, year=2023)
    await planning.hear(*(event for event in events if isinstance(event, IndexPublished)))
    states = await draft.states()
    assert (states["index"], states["component"]) == ("amber", "amber")
    (link,) = [each for each in (await draft.get()).json()["items"] if each["title"] == "index"]
    assert link["reason_cs"].startswith(f"Citováno {index} bod")
    assert link["method"] == told["method"]
    assert link["vintage"] == 1


OBRNICE_ID = "641f7f7d-8a50-5696-a60f-ec83db8fedee"


async def test_amber_is_answered_by_citing_anew_or_by_saying_why_it_holds(
    planning: ServiceUnderTest, towns: ServiceUnderTest, draft: Linked
) -> None:
    for title in ("první", "druhý"):
        await draft.link(a_citation(title=title))
    await planning.hear(*await published(towns, *EXE_FELL, year=2023))
    first, second = (await draft.get("?filter[state]=amber")).json()["items"]
    stale = await draft.send("POST", f"{first['id']}/upholding", 1, because="Ubyli i obyvatelé.")
    assert stale.status_code == 412
    both = await asyncio.gather(
        *(
            draft.send("POST", f"{first['id']}/upholding", first["version"], because="Ubyli i obyvatelé.")
            for _ in range(2)
        )
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    upheld = (await draft.get(f"/{first['id']}")).json()
    assert upheld["state"] == "newer"
    assert upheld["reason_cs"].endswith("Platí dál: Ubyli i obyvatelé.")
    twice = await draft.send("POST", f"{first['id']}/upholding", upheld["version"], because="Znovu.")
    assert (twice.status_code, twice.json()["state"]) == (409, "newer")

    anew = a_citation(title="druhý", period="2023-01-01", value="400", at_least="300", note="nový rok")
    cited = await draft.send("PUT", second["id"], second["version"], actor=COORDINATOR, **anew)
    assert (cited.status_code, cited.json()["state"]) == (200, "fresh")
    steps = (await draft.get(f"/{second['id']}/steps")).json()["items"]
    assert [(step["kind"], step["citation"]["value"], step["state"]) for step in steps] == [
        ("linked", "750", "fresh"),
        ("checked", "750", "amber"),
        ("cited-anew", "400", "fresh"),
    ]
    await planning.hear(*await published(towns, *EXE_FELL, year=2024))
    assert set((await draft.states()).values()) == {"newer"}


async def test_what_was_cited_wrongly_or_is_not_there_is_told_at_once(draft: Linked) -> None:
    wrong = (await draft.link(a_citation(title="jinak", value="751"))).json()
    nothing = (await draft.link(a_citation(title="nic", series="NENI"))).json()
    assert (wrong["state"], nothing["state"]) == ("amber", "withdrawn")
    reasons = {each["title"]: each["reason_cs"] for each in (await draft.get()).json()["items"]}
    assert reasons["jinak"] == "Citováno 751, registr v tomto vydání uvádí 750."
    assert reasons["nic"] == "Registr takový údaj nemá."


async def test_a_link_made_while_the_registry_is_silent_is_checked_later(
    planning: ServiceUnderTest, registry: ServiceUnderTest
) -> None:
    await seeded(registry)
    await published(registry, *IN_2022, year=2022)
    draft = await linked_plan(await a_draft(planning))
    linked = (await draft.link()).json()
    assert linked["state"] == "unknown"
    silent = await draft.send("POST", f"{linked['id']}/check", 1)
    assert (silent.status_code, silent.json()["type"].endswith("registry-out-of-reach")) == (409, True)
    async with asked(planning, registry):
        checked = await draft.send("POST", f"{linked['id']}/check", 1)
    assert (checked.status_code, checked.json()["state"]) == (200, "fresh")


async def test_what_the_council_saw_stays_though_the_link_turns_amber(
    planning: ServiceUnderTest, towns: ServiceUnderTest, draft: Linked
) -> None:
    await draft.link()
    before = (await draft.plan.get(COORDINATOR, "/findings")).json()["findings"]
    await draft.plan.submit()
    approved = await draft.plan.approve(MAYOR)
    assert approved.status_code == 200, approved.text
    frozen = (await draft.plan.get(None, "/revisions/1")).content
    await planning.hear(*await published(towns, *EXE_FELL, year=2023))
    assert await draft.states() == {"Osoby v exekuci": "amber"}
    assert (await draft.plan.get(None, "/revisions/1")).content == frozen
    seen = (await draft.plan.get(None, "/evidence?as_of=2026-02-12")).json()
    (kept,) = seen["items"]
    assert (seen["revision"], kept["value"], kept["period"]) == (1, "750", "2022-01-01")
    assert isinstance(kept["vintage"], int)
    assert (await draft.plan.get(None, "/evidence?as_of=2026-02-10")).status_code == 404
    rules = [each["rule"] for each in before if each["number"] == "1"]
    assert "problem-without-evidence" not in rules
    after = (await draft.plan.get(COORDINATOR, "/findings")).json()["findings"]
    (warning,) = [each for each in after if each["rule"] == "evidence-amber"]
    assert (warning["severity"], warning["number"]) == ("warning", "1")
    assert "nově 400 (2023)" in warning["detail"]


async def test_drafts_are_for_their_own_and_links_of_a_plan_in_force_for_everybody(draft: Linked) -> None:
    linked = (await draft.link(problem=1)).json()
    path = f"/{linked['id']}"
    for actor, status in ((None, 404), (COORDINATOR_OF_TRMICE, 404), (CONSULTANT, 200)):
        assert (await draft.get(path, actor)).status_code == status
        assert len((await draft.get("", actor)).json()["items"]) == (status == 200)
    assert (await draft.get(f"{path}/steps", COORDINATOR_OF_TRMICE)).status_code == 404
    refused = await draft.send(
        "POST", f"{linked['id']}/removal", 1, actor=COORDINATOR_OF_TRMICE, reason="Není náš."
    )
    assert refused.status_code == 404

    await draft.plan.submit()
    frozen = await draft.send("POST", f"{linked['id']}/removal", 1, reason="Během hlasování.")
    assert (frozen.status_code, frozen.json()["status"]) == (409, 409)
    approved = await draft.plan.approve(MAYOR)
    assert approved.status_code == 200, approved.text
    assert (await draft.get(path, None)).status_code == 200
    gone = await draft.send("POST", f"{linked['id']}/removal", 1, reason="Údaj nesedí.")
    assert gone.status_code == 200
    assert (await draft.get(path, None)).status_code == 404
    assert (await draft.get(f"{path}/steps")).json()["items"][-1]["note"] == "Údaj nesedí."


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"unit_id": None}, 422, "/unit_id"),
        ({"series": None}, 422, "/series"),
        ({"value": "499"}, 422, "/value"),
        ({"value": "NaN"}, 422, "/value"),
        ({"at_least": "9", "at_most": "8"}, 422, "/at_most"),
        ({"period": "2022-02-03"}, 422, "/period"),
        ({"period": "2090-01-01"}, 422, "/period"),
        ({"method": "ISV-2020"}, 422, "/method"),
        ({"url": "https://example.org", "measure": "analysis"}, 422, "/unit_id"),
        ({"title": "A\x00"}, 422, "/title"),
        ({"unit_id": "00000000-0000-0000-0000-000000000001"}, 422, "/unit_id"),
    ],
)
async def test_a_citation_that_makes_no_sense_is_refused_by_its_field(
    planning: ServiceUnderTest, changes: dict[str, object], status: int, pointer: str
) -> None:
    draft = await linked_plan(await a_draft(planning))
    answer = await draft.link(a_citation(**changes))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer), answer.text
    assert (await draft.get()).json()["items"] == []
