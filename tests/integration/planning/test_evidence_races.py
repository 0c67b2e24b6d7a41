"""Links made while an edition is on its way, and a registry that is silent or behind what it told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from uuid import UUID

import pytest

from planning.evidence import checking_use_cases as checking
from planning.evidence import use_cases
from planning.evidence.checking_use_cases import CitedMeanwhile, EditionNotToldYet
from planning.evidence.refusals import RegistryMovedOn
from planning.evidence.schemas import CitationIn
from planning.registry import RegistrySilent
from shared.contracts.base import Event
from shared.contracts.registry import FiguresPublished, IndexPublished
from shared.reactions import reactions_in
from shared.worker import run_worker
from tests.support.eventually import eventually
from tests.support.evidence import MOST, Linked, a_citation, asked, linked_plan, published
from tests.support.planning import a_draft
from tests.support.service import ServiceUnderTest
from tests.support.statistics import OBRNICE_ROW, TOWNS, seeded
from tests.support.tokens import COORDINATOR

FELL = (replace(OBRNICE_ROW, exe=400), *TOWNS[1:])


@pytest.fixture
async def linked(planning: ServiceUnderTest, registry: ServiceUnderTest) -> AsyncIterator[Linked]:
    await seeded(registry)
    await published(registry, *TOWNS, year=2022)
    async with asked(planning, registry):
        draft = await linked_plan(await a_draft(planning))
        assert (await draft.link()).json()["state"] == "fresh"
        yield draft


def figures_of(events: list[Event]) -> FiguresPublished:
    (event,) = [each for each in events if isinstance(each, FiguresPublished)]
    return event


async def test_a_unit_cited_between_question_and_answer_is_asked_about_again(
    planning: ServiceUnderTest, registry: ServiceUnderTest, linked: Linked
) -> None:
    event = figures_of(await published(registry, *FELL, year=2023))
    answers = await checking.fetch_figures(event, planning.resources.settings)
    other = a_citation(title="Most", unit_id=str(MOST), value="7000")
    assert (await linked.link(other)).status_code == 201
    with pytest.raises(CitedMeanwhile):
        async with planning.transaction() as tx:
            await checking.recheck(tx, checking.parts_until(event), answers)
    assert await linked.states() == {"Osoby v exekuci": "fresh", "Most": "newer"}
    await planning.hear(event)
    assert await linked.states() == {"Osoby v exekuci": "amber", "Most": "newer"}


async def test_an_older_period_cited_between_question_and_answer_is_asked_about_again(
    planning: ServiceUnderTest, registry: ServiceUnderTest, linked: Linked
) -> None:
    event = figures_of(await published(registry, *FELL, year=2023))
    answers = await checking.fetch_figures(event, planning.resources.settings)
    assert (await linked.link(a_citation(title="2021", period="2021-01-01"))).status_code == 201
    with pytest.raises(CitedMeanwhile):
        async with planning.transaction() as tx:
            await checking.recheck(tx, checking.parts_until(event), answers)


async def test_an_answer_older_than_an_edition_heard_meanwhile_links_nothing(
    planning: ServiceUnderTest, registry: ServiceUnderTest, linked: Linked
) -> None:
    citation = CitationIn.model_validate(a_citation(title="pozdě", series="UOZ", value="62", at_least="62"))
    told = await checking.fetch_cited(citation.citation(), planning.resources.settings)
    await planning.hear(figures_of(await published(registry, *FELL, year=2023)))
    with pytest.raises(RegistryMovedOn):
        async with planning.transaction(COORDINATOR) as tx:
            await use_cases.link_evidence(
                tx, UUID(linked.plan.id), UUID(linked.problems[0]), citation.citation(), told=told
            )
    assert "pozdě" not in await linked.states()


async def test_a_late_answer_does_not_take_a_newer_one_back(
    planning: ServiceUnderTest, registry: ServiceUnderTest, linked: Linked
) -> None:
    first = figures_of(await published(registry, *FELL, year=2023))
    late = await checking.fetch_figures(first, planning.resources.settings)
    await planning.hear(figures_of(await published(registry, *TOWNS, year=2024)))
    assert await linked.states() == {"Osoby v exekuci": "newer"}
    async with planning.transaction() as tx:
        await checking.recheck(tx, checking.parts_until(first), late, at_least=first.vintage_id)
    assert await linked.states() == {"Osoby v exekuci": "newer"}


async def test_a_registry_that_is_silent_or_behind_its_own_word_is_asked_again(
    planning: ServiceUnderTest, registry: ServiceUnderTest, linked: Linked
) -> None:
    events = await published(registry, *FELL, year=2023)
    event = figures_of(events)
    with pytest.raises(EditionNotToldYet):
        await planning.hear(replace(event, digest="0" * 64))
    (index,) = [each for each in events if isinstance(each, IndexPublished)]
    with pytest.raises(EditionNotToldYet):
        await planning.hear(replace(index, version=index.version + 1))
    nobody = planning.resources.settings.model_copy(update={"registry_url": "http://127.0.0.1:9"})
    with pytest.raises(RegistrySilent):
        await checking.fetch_figures(event, nobody)
    assert await linked.states() == {"Osoby v exekuci": "fresh"}
    await planning.hear(event)
    assert await linked.states() == {"Osoby v exekuci": "amber"}


@asynccontextmanager
async def working(service: ServiceUnderTest) -> AsyncIterator[None]:
    """Run the worker of a service while the block runs."""
    reactions = reactions_in(service.service.reactions)
    worker = run_worker(service.service.name, reactions, (), service.resources)
    task = asyncio.create_task(worker)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        service.resources.js = None


async def test_an_edition_travels_from_one_service_to_the_other_and_turns_the_link_amber(
    planning: ServiceUnderTest, registry: ServiceUnderTest, linked: Linked
) -> None:
    async def amber() -> bool:
        return await linked.states() == {"Osoby v exekuci": "amber"}

    async with working(registry), working(planning):
        await published(registry, *FELL, year=2023)
        await eventually("the link is amber", amber)
    (link,) = (await linked.get()).json()["items"]
    assert link["reason_cs"] == "Citováno 750 (2022), nově 400 (2023). Tvrzení platí nejméně od 500."


async def test_however_many_links_an_edition_concerns_they_are_judged_in_as_many_statements(
    planning: ServiceUnderTest, registry: ServiceUnderTest, linked: Linked
) -> None:
    counts = []
    for year, towns in ((2023, FELL), (2024, TOWNS)):
        event = figures_of(await published(registry, *towns, year=year))
        answers = await checking.fetch_figures(event, planning.resources.settings)
        with planning.counted_statements() as statements:
            async with planning.transaction() as tx:
                await checking.recheck(tx, checking.parts_until(event), answers)
        counts.append(len(statements))
        steps = (await linked.get(f"/{(await linked.get()).json()['items'][0]['id']}/steps")).json()["items"]
        assert steps[-1]["kind"] == "checked"
        for number in range(4):
            answer = await linked.link(
                a_citation(title=f"Odkaz {number}", period="2023-01-01", value="400", at_least="100")
            )
            assert answer.status_code == 201, answer.text
    assert counts[0] == counts[1]
