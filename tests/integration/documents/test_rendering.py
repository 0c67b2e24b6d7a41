"""An approved plan becomes a published document, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256
from uuid import uuid4

import httpx
import nats as nats_client
import pypdfium2 as pdfium
import pytest
from sqlalchemy import select

from documents.files.domain import plan_document_id
from documents.files.refusals import RevisionDiffers
from documents.neighbours.planning import LARGEST, SnapshotTooLarge
from documents.rendering.domain import DigestDiffers, SnapshotNotAPlan
from documents.rendering.use_cases import DOCX
from shared.broker import declare_stream
from shared.codec import encode
from shared.contracts.consultation import SettlementPublished
from shared.contracts.documents import DocumentKind, DocumentPublished
from shared.contracts.planning import PlanApproved
from shared.database import DEAD_LETTER
from shared.worker import _consume
from tests.support.documents import (
    OBRNICE,
    PLAN_ID,
    Json,
    PlanningStandIn,
    a_snapshot,
    canonical,
    digest_of,
    plan_approved,
)
from tests.support.eventually import eventually
from tests.support.papers import CONSULTATION_ID, a_settlement, a_snapshot_with_parts
from tests.support.servers import NatsServer
from tests.support.service import ServiceUnderTest, an_envelope

ADDRESS = f"/documents/{plan_document_id(PLAN_ID)}"


async def told_of_plans(documents: ServiceUnderTest) -> list[DocumentPublished]:
    """What was told of plans themselves, without their design parts and summaries."""
    return [told for told in await documents.told(DocumentPublished) if told.kind is DocumentKind.PLAN]


async def test_an_approved_plan_is_rendered_stored_and_published(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_snapshot())
    planning_stand_in.serve(body)
    await documents.hear(plan_approved(body))
    async with documents.client() as client:
        document = (await client.get(ADDRESS)).json()
        content = await client.get(f"{ADDRESS}/versions/1/content")
    (version,) = document["versions"]
    assert document["kind"] == "PLAN"
    assert document["state"] == "published"
    assert document["plan_id"] == str(PLAN_ID)
    assert version["source_digest"] == digest_of(body)
    assert version["label"] == "Revize 1"
    assert content.headers["content-type"] == "application/pdf"
    assert sha256(content.content).hexdigest() == version["digest"]
    pdf = pdfium.PdfDocument(content.content)
    assert digest_of(body) in pdf[0].get_textpage().get_text_bounded()
    pdf.close()


async def test_publication_is_told_with_what_the_ledger_needs(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_snapshot())
    planning_stand_in.serve(body)
    await documents.hear(plan_approved(body))
    (told,) = await told_of_plans(documents)
    assert told.document_id == plan_document_id(PLAN_ID)
    assert (told.version, told.revision, told.plan_id) == (1, 1, PLAN_ID)
    assert told.kind is DocumentKind.PLAN
    assert told.unit_ids == (OBRNICE,)
    assert told.media_type == "application/pdf"
    async with documents.client() as client:
        (version,) = (await client.get(ADDRESS)).json()["versions"]
    assert (told.digest, told.size_bytes) == (version["digest"], version["size_bytes"])


async def test_the_same_approval_told_twice_is_published_once(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_snapshot())
    planning_stand_in.serve(body)
    envelopes = await documents.hear(plan_approved(body))
    await documents.hear_again(envelopes)
    await documents.hear(plan_approved(body))
    assert len(await told_of_plans(documents)) == 1
    async with documents.client() as client:
        assert (await client.get(ADDRESS)).headers["etag"] == '"1"'


async def test_a_later_revision_is_a_new_version_of_the_same_document(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    for revision, title in ((1, "Plán"), (2, "Plán po revizi")):
        body = canonical(a_snapshot(revision=revision, title=title))
        planning_stand_in.serve(body)
        await documents.hear(plan_approved(body))
    async with documents.client() as client:
        document = (await client.get(ADDRESS)).json()
    assert [version["number"] for version in document["versions"]] == [2, 1]
    assert document["title"] == "Plán po revizi"
    assert [told.version for told in await told_of_plans(documents)] == [1, 2]
    titles = [told.title for told in await documents.told(DocumentPublished)]
    assert titles.count("Změny plánu: Plán po revizi") == 1


async def test_an_earlier_revision_that_comes_late_changes_no_title(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    for revision, title in ((2, "Plán po revizi"), (1, "Plán")):
        body = canonical(a_snapshot(revision=revision, title=title))
        planning_stand_in.serve(body)
        await documents.hear(plan_approved(body))
    async with documents.client() as client:
        document = (await client.get(ADDRESS)).json()
        listed = (await client.get("/documents?filter[kind]=PLAN")).json()["items"]
    assert [version["number"] for version in document["versions"]] == [2, 1]
    assert document["title"] == "Plán po revizi"
    assert listed[0]["latest_version"]["number"] == 2
    told = [each for each in await documents.told(DocumentPublished) if each.kind is DocumentKind.PLAN]
    assert [each.revision for each in sorted(told, key=lambda each: each.version)] == [2, 1, 2]
    assert len({each.version for each in told}) == 3


async def test_a_wording_with_another_digest_is_never_rendered(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    planning_stand_in.serve(canonical(a_snapshot(title="Podvržený plán")))
    approved = plan_approved(canonical(a_snapshot()))
    with pytest.raises(DigestDiffers):
        await documents.hear(approved)
    async with documents.client() as client:
        assert (await client.get(ADDRESS)).status_code == 404
    assert await documents.told(DocumentPublished) == []


async def test_what_failed_once_goes_through_when_planning_is_back(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_snapshot())
    with pytest.raises(httpx.HTTPStatusError):
        await documents.hear(plan_approved(body))
    planning_stand_in.serve(body)
    await documents.hear(plan_approved(body))
    assert len(await told_of_plans(documents)) == 1


async def test_a_token_that_planning_refuses_is_not_used_again(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    first, second = (canonical(a_snapshot(plan_id=str(uuid4()))) for _ in range(2))
    planning_stand_in.serve(first)
    planning_stand_in.serve(second)
    await documents.hear(plan_approved(first))
    planning_stand_in.token = "of-the-new-keys"
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        await documents.hear(plan_approved(second))
    await documents.hear(plan_approved(second))
    assert len(await told_of_plans(documents)) == 2


@asynccontextmanager
async def delivering(
    documents: ServiceUnderTest, nats: NatsServer, approved: PlanApproved
) -> AsyncIterator[None]:
    """Let the broker deliver the event to the consumer that renders, as in the worker."""
    ((name, consumer),) = (
        (name, found)
        for name, found in documents.consumers.items()
        if name == "documents-rendering-from-planning"
    )
    client = await nats_client.connect(nats.url)
    js = client.jetstream()
    await declare_stream(js, "planning", replicas=1)
    await js.publish(approved.type, encode(an_envelope(approved)))
    task = asyncio.create_task(_consume(client, "documents", name, consumer))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await js.delete_stream("planning")
        await client.close()


async def dead_letters(documents: ServiceUnderTest) -> list[tuple[str, int]]:
    async with documents.resources.engine.connect() as connection:
        found = await connection.execute(select(DEAD_LETTER.c.error, DEAD_LETTER.c.attempts))
    return [(row.error, row.attempts) for row in found]


@pytest.mark.parametrize("changes", [{"schema": "pospolu.plan/9"}, {"problems": [{"number": "1"}]}])
async def test_a_wording_that_is_no_plan_is_refused(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn, changes: dict[str, Json]
) -> None:
    body = canonical(a_snapshot(**changes))
    planning_stand_in.serve(body)
    with pytest.raises(SnapshotNotAPlan) as refused:
        await documents.hear(plan_approved(body))
    assert refused.value.title("cs").startswith("Revize 1 ")
    assert await documents.told(DocumentPublished) == []


async def test_a_wording_longer_than_any_plan_is_refused(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_snapshot(vision="a" * (LARGEST + 1)))
    planning_stand_in.serve(body)
    with pytest.raises(SnapshotTooLarge):
        await documents.hear(plan_approved(body))
    assert await documents.told(DocumentPublished) == []


async def test_a_wording_that_is_no_plan_is_a_dead_letter_at_once(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn, nats: NatsServer
) -> None:
    body = canonical(a_snapshot(schema="pospolu.plan/9"))
    planning_stand_in.serve(body)
    refused = SnapshotNotAPlan(revision=1)
    async with delivering(documents, nats, plan_approved(body)):

        async def buried() -> bool:
            return await dead_letters(documents) == [(refused.code, 1)]

        await eventually("a dead letter after one try", buried)


async def test_one_revision_is_never_published_from_two_wordings(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    first, second = canonical(a_snapshot()), canonical(a_snapshot(vision="Jiná"))
    planning_stand_in.serve(first)
    await documents.hear(plan_approved(first))
    planning_stand_in.serve(second)
    with pytest.raises(RevisionDiffers):
        await documents.hear(plan_approved(second))
    assert len(await told_of_plans(documents)) == 1


async def test_plans_do_not_share_a_document(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    for plan_id in (PLAN_ID, uuid4()):
        body = canonical(a_snapshot(plan_id=str(plan_id)))
        planning_stand_in.serve(body)
        await documents.hear(plan_approved(body))
    async with documents.client() as client:
        assert len((await client.get("/documents?filter[kind]=PLAN")).json()["items"]) == 2


async def test_the_design_part_and_summaries_are_documents_of_their_own_in_two_formats(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_snapshot_with_parts())
    planning_stand_in.serve(body)
    await documents.hear(plan_approved(body))
    async with documents.client() as client:
        items = (await client.get(f"/documents?filter[plan]={PLAN_ID}")).json()["items"]
        plan = (await client.get(ADDRESS)).json()
    assert {item["title"].partition(":")[0] for item in items if item["kind"] == "CAST"} == {
        "Návrhová část",
        "Srozumitelné shrnutí",
        "Plain-language summary",
    }
    assert {item["latest_version"]["source_digest"] for item in items} == {digest_of(body)}
    (version,) = plan["versions"]
    assert DOCX in {each["media_type"] for each in version["formats"]}


async def test_a_published_settlement_goes_on_paper_once(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_settlement())
    planning_stand_in.serve(body)
    told = SettlementPublished(
        version=6,
        consultation_id=CONSULTATION_ID,
        plan_id=PLAN_ID,
        revision=1,
        unit_ids=(OBRNICE,),
        published_on=date(2026, 3, 11),
        comments=2,
        digest=digest_of(body),
    )
    await documents.hear_again(await documents.hear(told))
    await documents.hear(told)
    (published,) = await documents.told(DocumentPublished)
    assert published.kind is DocumentKind.VYPOR
    assert published.title == "Vypořádání připomínek: Návrh plánu sociálního začleňování obce Obrnice"
    planning_stand_in.serve(canonical(a_settlement(title="Podvržené")))
    with pytest.raises(DigestDiffers):
        await documents.hear(replace(told, consultation_id=CONSULTATION_ID, version=7))
