"""Papers on request: asked for with the caller's right, made once, filed as a draft."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import date
from uuid import UUID, uuid5

import httpx
import pytest
from sqlalchemy import text

from documents.renditions.domain import DOCX, MOST_ATTEMPTS, Source, document_of
from documents.renditions.use_cases import AgreementDiffers, ReportDiffers, make, take_due
from shared.auth import Actor
from shared.contracts.intake import CooperationDescribed, CooperationDomain, MemorandumConcluded
from shared.contracts.registry import ThematicArea
from shared.contracts.reports import EvaluationCompleted, EvaluationType
from tests.support.documents import OBRNICE, PLAN_ID, digest_of, unit_registered
from tests.support.rendition_pages import a_memorandum_content
from tests.support.renditions import (
    DESCRIPTION_ID,
    EVALUATION_ID,
    IDS,
    MEMORANDUM_ID,
    SourcesStandIn,
    a_frozen,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, headers_of
from tests.unit.documents.test_typesetting import text_of

CONSUMER = "documents-renditions-from-evaluation"
FROM_REGISTRY = "documents-renditions-from-registry"
COOPERATION_ID = uuid5(PLAN_ID, "cooperation")


@pytest.fixture
def sources(documents: ServiceUnderTest) -> Iterator[SourcesStandIn]:
    """Give a registry and an evaluation of ours to documents; each test its own."""
    server = SourcesStandIn()
    known = documents.resources.settings
    theirs = known.model_copy(
        update={
            "oidc_issuer": server.origin,
            "oidc_client_id": "documents",
            "oidc_client_secret": "s3cret",
            "registry_url": f"{server.origin}/api/registry",
            "evaluation_url": f"{server.origin}/api/evaluation",
        }
    )
    documents.resources.settings = theirs
    for consumer in documents.consumers.values():
        consumer._settings = theirs
    yield server
    server.stop()
    documents.resources.settings = known
    for consumer in documents.consumers.values():
        consumer._settings = known


async def ask(
    documents: ServiceUnderTest,
    source: Source = Source.UNIT_PROFILE,
    actor: Actor = COORDINATOR,
    **fields: object,
) -> httpx.Response:
    edition = {"edition": 1} if source is Source.EVALUATION_REPORT else {}
    body = {"source": source.value, "id": str(IDS[source]), **edition, **fields}
    async with documents.client(actor) as client:
        return await client.post("/renditions", json=body)


async def get(documents: ServiceUnderTest, address: str, actor: Actor = COORDINATOR) -> httpx.Response:
    async with documents.client(actor) as client:
        return await client.get(address)


async def tick(documents: ServiceUnderTest) -> None:
    """Do what the clock of a worker does."""
    async with documents.transaction() as tx:
        due = await take_due(tx)
    for rendition_id in due:
        async with documents.transaction() as tx:
            await make(tx, rendition_id, documents.resources.settings)


async def test_a_paper_is_made_of_what_the_caller_may_read(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    login = headers_of(COORDINATOR)["Authorization"]
    async with documents.client(authorization=login) as client:
        asked = await client.post("/renditions", json={"source": "unit-profile", "id": str(OBRNICE)})
    assert asked.status_code == 202
    method, path, authorization, body = sources.asked[-1]
    assert (method, path, authorization) == ("POST", "/api/registry/frozen-pages", login)
    assert json.loads(body) == {"kind": "unit-profile", "subject_id": str(OBRNICE)}

    waiting = (await get(documents, asked.headers["Location"])).json()
    assert (waiting["state"], waiting["document_id"], waiting["number"]) == ("waiting", None, None)
    assert (await get(documents, f"{asked.headers['Location']}/files/pdf")).status_code == 404
    await tick(documents)

    done = (await get(documents, asked.headers["Location"])).json()
    assert (done["state"], done["number"], done["attempts"]) == ("done", 1, 1)
    assert UUID(done["document_id"]) == document_of(Source.UNIT_PROFILE, OBRNICE)
    pdf = await get(documents, f"{asked.headers['Location']}/files/pdf")
    docx = await get(documents, f"{asked.headers['Location']}/files/docx")
    assert pdf.content.startswith(b"%PDF-")
    assert docx.content.startswith(b"PK")
    frozen = await get(documents, f"{asked.headers['Location']}/source")
    assert digest_of(frozen.content) == done["source_digest"] == frozen.headers["ETag"].strip('"')

    document = (await get(documents, f"/documents/{done['document_id']}")).json()
    assert (document["title"], document["state"], document["origin"]) == (
        "Karta územního celku: Obrnice",
        "draft",
        "rendered",
    )
    assert document["versions"][0]["source_digest"] == sources.digest(Source.UNIT_PROFILE)
    assert (
        await get(documents, f"/documents/{done['document_id']}", COORDINATOR_OF_TRMICE)
    ).status_code == 404


async def test_the_same_page_is_the_same_version_whoever_asks(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    first = await ask(documents)
    again = await ask(documents)
    assert first.headers["Location"] == again.headers["Location"]
    other = await ask(documents, actor=CONSULTANT)
    assert other.headers["Location"] != first.headers["Location"]
    await asyncio.gather(tick(documents), tick(documents))
    await tick(documents)

    made = [(await get(documents, each.headers["Location"], CONSULTANT)).json() for each in (first, other)]
    assert {(each["state"], each["number"]) for each in made} == {("done", 1)}

    sources.pages[Source.UNIT_PROFILE] = a_frozen(Source.UNIT_PROFILE, as_of="2026-07-01")
    later = await ask(documents)
    await tick(documents)
    assert (await get(documents, later.headers["Location"])).json()["number"] == 2


async def test_every_source_comes_to_paper(documents: ServiceUnderTest, sources: SourcesStandIn) -> None:
    asked = {source: await ask(documents, source, CONSULTANT) for source in Source}
    await tick(documents)
    await tick(documents)
    for source, answer in asked.items():
        found = (await get(documents, answer.headers["Location"], CONSULTANT)).json()
        assert (found["state"], found["failure"]) == ("done", None), source
    async with documents.client(CONSULTANT) as client:
        listed = (await client.get("/renditions", params={"filter[state]": "done", "limit": 4})).json()
        assert len(listed["items"]) == 4
        assert listed["next"]
        wrong = await client.get("/renditions", params={"filter[source]": "diary"})
    assert wrong.status_code == 422
    assert len({path for _, path, _, _ in sources.asked}) == 3


async def test_renditions_of_others_are_not_there(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    asked = await ask(documents)
    await tick(documents)
    for place in ("", "/source", "/files/pdf"):
        address = f"{asked.headers['Location']}{place}"
        assert (await get(documents, address, COORDINATOR_OF_TRMICE)).status_code == 404
        assert (await get(documents, address, ANALYST)).status_code == 200
    assert (await get(documents, "/renditions", COORDINATOR_OF_TRMICE)).json()["items"] == []
    async with documents.client() as client:
        assert (await client.get(asked.headers["Location"])).status_code == 401
        body = {"source": "minutes", "id": str(OBRNICE)}
        assert (await client.post("/renditions", json=body)).status_code == 401
    assert len(sources.asked) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "source-unknown"), (403, "source-not-for-you"), (409, "source-not-ready"), (401, "token-invalid")],
)
async def test_what_the_owner_of_the_source_refuses_is_refused(
    documents: ServiceUnderTest, sources: SourcesStandIn, status: int, code: str
) -> None:
    sources.refuses = (status, {"title": "Zápis vznikne až uzavřením hodnocení."})
    answer = await ask(documents, Source.MINUTES)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:pospolu:problem:{code}")
    assert (await get(documents, "/renditions")).json()["items"] == []


async def test_a_source_that_does_not_answer_passes(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    sources.refuses = (500, {})
    assert (await ask(documents)).status_code == 503
    sources.refuses = None
    assert (await ask(documents, digest="0" * 64)).status_code == 409
    missing = await ask(documents, Source.EVALUATION_REPORT, edition=None)
    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (422, "/edition")
    assert (await ask(documents, digest=sources.digest(Source.UNIT_PROFILE))).status_code == 202


async def test_where_no_registry_is_set_up_nothing_is_asked_for(documents: ServiceUnderTest) -> None:
    answer = await ask(documents)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:pospolu:problem:sources-not-set-up")


async def test_a_page_that_we_cannot_read_fails_with_a_reason_and_may_be_asked_for_again(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    sources.pages[Source.MINUTES] = b'{"form":7,"content":{}}'
    asked = await ask(documents, Source.MINUTES)
    readable = await ask(documents)
    await tick(documents)
    failed = (await get(documents, asked.headers["Location"])).json()
    assert (failed["state"], failed["failure"], failed["number"]) == ("failed", "unreadable", None)
    assert (await get(documents, readable.headers["Location"])).json()["state"] == "done"
    assert (await ask(documents, Source.MINUTES)).headers["Location"] == asked.headers["Location"]
    assert (await get(documents, asked.headers["Location"])).json()["state"] == "waiting"


@pytest.mark.usefixtures("sources")
async def test_a_worker_that_dies_is_followed_by_another_one_but_not_for_ever(
    documents: ServiceUnderTest,
) -> None:
    asked = await ask(documents)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        async with documents.transaction() as tx:
            assert len(await take_due(tx)) == 1  # and the worker dies
        async with documents.transaction() as tx:
            assert await take_due(tx) == []
        taken = (await get(documents, asked.headers["Location"])).json()
        assert (taken["state"], taken["attempts"]) == ("rendering", attempt)
        await _lease_ends(documents)
    await tick(documents)
    given_up = (await get(documents, asked.headers["Location"])).json()
    assert (given_up["state"], given_up["failure"]) == ("failed", "given-up")


@pytest.mark.usefixtures("sources")
async def test_a_worker_that_is_slow_at_its_last_attempt_holds_up_no_other(
    documents: ServiceUnderTest,
) -> None:
    rendition_id = UUID((await ask(documents)).json()["id"])
    async with documents.transaction() as tx:
        await take_due(tx)
        spent = "UPDATE rendition SET attempts = :most, lease_ends_at = now() - interval '1 minute'"
        await tx.session.execute(text(spent), {"most": MOST_ATTEMPTS})
    async with documents.transaction() as slow:
        await make(slow, rendition_id, documents.resources.settings)
        async with documents.transaction() as other:
            await other.session.execute(text("SET LOCAL lock_timeout = '1s'"))
            assert await take_due(other) == []
    async with documents.transaction() as tx:
        assert await tx.session.scalar(text("SELECT state FROM rendition")) == "done"


@pytest.mark.usefixtures("sources")
async def test_only_one_worker_makes_a_paper(documents: ServiceUnderTest) -> None:
    asked = await ask(documents)
    rendition_id = UUID(asked.json()["id"])
    async with documents.transaction() as tx:
        assert await take_due(tx) == [rendition_id]
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(documents.transaction())
        await make(first, rendition_id, documents.resources.settings)
        async with documents.transaction() as second:
            await make(second, rendition_id, documents.resources.settings)
    done = (await get(documents, asked.headers["Location"])).json()
    assert (done["state"], done["number"]) == ("done", 1)


async def test_a_completed_evaluation_asks_for_its_own_paper(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    event = a_completed(digest=sources.digest(Source.EVALUATION_REPORT))
    told = await documents.hear(event, consumer=CONSUMER)
    await documents.hear_again(told, consumer=CONSUMER)
    assert sources.asked[0][2] == "Bearer for-documents"
    await tick(documents)
    listed = (await get(documents, "/renditions", CONSULTANT)).json()["items"]
    assert [(each["source"], each["state"]) for each in listed] == [("evaluation-report", "done")]
    document = (await get(documents, f"/documents/{listed[0]['document_id']}", CONSULTANT)).json()
    assert (document["kind"], document["state"]) == ("EVAL", "draft")


async def test_another_report_than_was_told_is_never_rendered(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    with pytest.raises(ReportDiffers):
        await documents.hear(a_completed(digest="0" * 64), consumer=CONSUMER)
    assert [path for _, path, _, _ in sources.asked if "/reports/1" in path]
    assert (await get(documents, "/renditions", CONSULTANT)).json()["items"] == []


def a_completed(*, digest: str) -> EvaluationCompleted:
    return EvaluationCompleted(
        version=7,
        evaluation_id=EVALUATION_ID,
        kind=EvaluationType.PLAN_MID_TERM,
        title="Průběžná evaluace plánu obce Obrnice",
        plan_id=None,
        revision=None,
        unit_ids=(OBRNICE,),
        edition=1,
        completed_on=date(2028, 12, 31),
        digest=digest,
        recommendations=1,
    )


async def _lease_ends(documents: ServiceUnderTest) -> None:
    async with documents.transaction() as tx:
        await tx.session.execute(text("UPDATE rendition SET lease_ends_at = now() - interval '1 second'"))


def a_concluded(**changes: object) -> MemorandumConcluded:
    facts = {
        "version": 4,
        "memorandum_id": MEMORANDUM_ID,
        "unit_id": OBRNICE,
        "edition": 1,
        "concluded_on": date(2026, 4, 2),
        "digest": "5f" * 32,
    }
    return MemorandumConcluded(**(facts | changes))  # type: ignore[arg-type]


def a_described(**changes: object) -> CooperationDescribed:
    facts = {
        "version": 3,
        "description_id": DESCRIPTION_ID,
        "cooperation_id": COOPERATION_ID,
        "unit_id": OBRNICE,
        "domain": CooperationDomain.SOCIAL_INCLUSION,
        "edition": 1,
        "areas": (ThematicArea.BYD,),
        "starts_on": date(2026, 6, 15),
        "ends_on": date(2029, 6, 14),
        "baseline": (),
        "digest": "5f" * 32,
    }
    return CooperationDescribed(**(facts | changes))  # type: ignore[arg-type]


async def test_a_memorandum_and_a_description_come_to_paper_by_themselves_and_count_as_signed(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    await documents.hear(unit_registered(), consumer="documents-units-from-registry")
    told = await documents.hear(a_concluded(), a_described(), consumer=FROM_REGISTRY)
    await documents.hear_again(told, consumer=FROM_REGISTRY)
    assert {each[2] for each in sources.asked} == {"Bearer for-documents"}
    assert json.loads(sources.asked[1][3]) == {"kind": "description", "subject_id": str(DESCRIPTION_ID)}
    await tick(documents)
    items = (await get(documents, "/documents")).json()["items"]
    found = {each["kind"]: each for each in items}
    assert (len(items), set(found)) == (2, {"MEMO", "POPIS"})
    assert {(each["state"], each["address"]) for each in items} == {("signed", None)}
    memorandum, description = found["MEMO"], found["POPIS"]
    assert (memorandum["signed_on"], memorandum["approved_by"]) == ("2026-04-02", "zastupitelstvo")
    assert description["cooperation_id"] == str(COOPERATION_ID)
    assert description["title"] == "Popis spolupráce – sociální začleňování, 1. vydání – Obrnice"
    assert [each["media_type"] for each in description["latest_version"]["formats"]] == [DOCX]
    assert description["latest_version"]["source_digest"] == sources.digest(Source.DESCRIPTION)


async def test_an_edition_that_was_superseded_meanwhile_comes_to_paper_as_it_stands(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    concluded = a_memorandum_content()["memorandum"]
    superseded = {**concluded, "status": "superseded", "in_force_until": "2026-12-31"}  # type: ignore[dict-item]
    sources.pages[Source.MEMORANDUM] = a_frozen(Source.MEMORANDUM, changes={"memorandum": superseded})
    await documents.hear(a_concluded(), consumer=FROM_REGISTRY)
    await tick(documents)
    (rendition,) = (await get(documents, "/renditions", CONSULTANT)).json()["items"]
    pdf = await get(documents, f"/renditions/{rendition['id']}/files/pdf", CONSULTANT)
    assert "31. 12. 2026" in text_of(pdf.content)


async def test_a_registry_that_is_down_or_tells_of_another_agreement_is_asked_again_later(
    documents: ServiceUnderTest, sources: SourcesStandIn
) -> None:
    sources.refuses = (503, {})
    with pytest.raises(ConnectionError):
        await documents.hear(a_concluded(), consumer=FROM_REGISTRY)
    sources.refuses = None
    with pytest.raises(AgreementDiffers):
        await documents.hear(a_described(digest="0" * 64), consumer=FROM_REGISTRY)
    assert (await get(documents, "/renditions", CONSULTANT)).json()["items"] == []
    told = await documents.hear(a_concluded(), consumer=FROM_REGISTRY)
    await asyncio.gather(*(documents.hear_again(told, consumer=FROM_REGISTRY) for _ in range(3)))
    assert len((await get(documents, "/renditions", CONSULTANT)).json()["items"]) == 1
