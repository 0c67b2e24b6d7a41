"""Frozen pages of evaluation: what a project has come to, as whoever froze it sees it."""

from uuid import UUID, uuid4

import httpx

from documents.renditions.domain import Source
from documents.renditions.papers import PAGES, filing_of
from shared.auth import Actor
from shared.canonical import digest
from shared.stored import from_json
from tests.support.programmes import entered, progress_of, rssz
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, COORDINATOR


async def freeze(
    evaluation: ServiceUnderTest, project_id: UUID, actor: Actor | None = ANALYST, **changes: object
) -> httpx.Response:
    body = {"kind": "programme-report", "subject_id": str(project_id), "as_of": "2026-01-01", **changes}
    async with evaluation.client(actor) as client:
        return await client.post("/frozen-pages", json=body)


async def read(evaluation: ServiceUnderTest, address: str, actor: Actor | None = None) -> httpx.Response:
    async with evaluation.client(actor) as client:
        return await client.get(address)


async def test_a_project_is_frozen_as_it_stood_and_comes_to_paper(evaluation: ServiceUnderTest) -> None:
    project_id = await entered(evaluation, rssz())
    frozen = await freeze(evaluation, project_id)
    assert frozen.status_code == 201, frozen.text
    content = frozen.json()["content"]
    budget = content.pop("budget")
    assert content.pop("audience") == "own"
    assert content == await progress_of(evaluation, project_id)
    assert budget["beneficiary"]
    assert frozen.headers["ETag"] == f'"{digest(frozen.content)}"'
    assert (await freeze(evaluation, project_id)).content == frozen.content

    page = from_json(PAGES[Source.PROGRAMME_REPORT], frozen.content)
    assert filing_of(page, digest=digest(frozen.content)).title.startswith("Plnění projektu: ")


async def test_the_whole_page_is_not_for_everybody(evaluation: ServiceUnderTest) -> None:
    project_id = await entered(evaluation, rssz())
    whole = await freeze(evaluation, project_id)
    told = await freeze(evaluation, project_id, COORDINATOR)
    assert told.json()["content"]["audience"] == "public"
    assert (await read(evaluation, told.headers["Location"])).content == told.content
    assert (await read(evaluation, whole.headers["Location"])).status_code == 404
    assert (await read(evaluation, whole.headers["Location"], COORDINATOR)).status_code == 404
    assert (await read(evaluation, whole.headers["Location"], ANALYST)).content == whole.content


async def test_freezing_wants_a_login_and_a_project_that_is_there(evaluation: ServiceUnderTest) -> None:
    assert (await freeze(evaluation, uuid4(), None)).status_code == 401
    assert (await freeze(evaluation, uuid4())).status_code == 404
    assert (await freeze(evaluation, uuid4(), as_of="někdy")).status_code == 422
    assert (await read(evaluation, f"/frozen-pages/{'0' * 64}")).status_code == 404
