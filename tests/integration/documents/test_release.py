"""Two people let a document out: one asks, rules look for personal data, another settles and releases."""

import asyncio

import httpx

from documents.inspection.use_cases import scan_waiting
from shared.auth import Actor
from shared.contracts.documents import DocumentPublished, DocumentWithdrawn
from tests.support.clamd import a_clamd
from tests.support.filing import ask_for_release, call, file_document, publish
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR, headers_of

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
SECRET = "Volejte pana Nováka 777 123 456, r. č. 800101/1234.".encode()


async def test_a_document_is_released_by_another_person_and_everybody_is_told(
    documents: ServiceUnderTest,
) -> None:
    filed = await file_document(documents, COORDINATOR, kind="VYZK")
    assert (
        (await filed.decide("release-requests", COORDINATOR))
        .json()["type"]
        .endswith("personal-data-not-said")
    )
    await filed.describe(COORDINATOR, kind="VYZK", accessibility="unverified")
    assert (
        (await filed.decide("release-requests", COORDINATOR)).json()["type"].endswith("accessibility-unknown")
    )
    request = await ask_for_release(filed)
    again = await filed.decide("release-requests", COORDINATOR)
    assert again.json()["type"].endswith("release-requested")
    own = await call(documents, "POST", f"/release-requests/{request}/release", COORDINATOR, version=2)
    assert own.json()["type"].endswith("released-by-requester")
    foreign = await call(
        documents, "POST", f"/release-requests/{request}/release", COORDINATOR_OF_TRMICE, version=2
    )
    assert foreign.status_code == 404
    both = await asyncio.gather(
        *(
            call(documents, "POST", f"/release-requests/{request}/release", who, version=2)
            for who in (MAYOR, CONSULTANT)
        )
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    (told,) = await documents.told(DocumentPublished)
    assert (str(told.document_id), told.digest, told.revision) == (filed.id, filed.digest, None)
    public = await filed.get("", None)
    assert (public.json()["state"], public.json()["public_number"]) == ("published", 1)
    assert (await filed.get("/versions/1/content", None)).status_code == 200


async def test_what_looks_like_personal_data_is_shown_masked_and_settled_before_release(
    documents: ServiceUnderTest,
) -> None:
    filed = await file_document(documents, content=SECRET)
    request = await ask_for_release(filed)
    address = f"/release-requests/{request}"
    shown = (await call(documents, "GET", address)).json()
    assert [each["kind"] for each in shown["found"]] == ["phone", "birth-number"]
    assert "777" not in str(shown)
    assert "800101" not in str(shown)
    assert "Volejte pana Nováka" in shown["found"][0]["excerpt"]
    unsettled = await call(documents, "POST", f"{address}/release", version=2)
    assert (unsettled.json()["state"], unsettled.json()["positions"]) == ("open", [1, 2])
    wrong = await call(
        documents,
        "POST",
        f"{address}/settlement",
        version=2,
        positions=[1],
        verdict="read-by-eye",
        reason="četl jsem",
    )
    assert wrong.status_code == 422
    settled = await call(
        documents,
        "POST",
        f"{address}/settlement",
        version=2,
        positions=[1, 2],
        verdict="false-alarm",
        reason="smyšlený příklad",
    )
    assert settled.json()["version"] == 3
    assert (await call(documents, "POST", f"{address}/release", version=3)).status_code == 200
    assert (await call(documents, "GET", address)).json()["unsettled"] == 0


async def test_a_redacted_version_takes_the_place_of_the_request(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents, content=SECRET)
    first = await ask_for_release(filed)
    await filed.add_version(b"Bez udaju.", COORDINATOR)
    stale = await call(documents, "POST", f"/release-requests/{first}/release", version=2)
    assert stale.status_code == 409
    second = await ask_for_release(filed)
    items = (await call(documents, "GET", f"/release-requests?filter[document]={filed.id}")).json()["items"]
    assert [(each["id"], each["state"]) for each in items] == [(second, "open"), (first, "superseded")]
    refused = await call(
        documents, "POST", f"/release-requests/{second}/refusal", version=2, reason="chybí příloha"
    )
    assert refused.json()["state"] == "refused"
    assert (await filed.get()).json()["state"] == "draft"


async def test_a_request_is_found_at_its_location_behind_a_gateway(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents)
    await filed.describe()
    headers = {**headers_of(CONSULTANT), "If-Match": f'"{filed.version}"'}
    behind = httpx.ASGITransport(documents.app, root_path="/api/documents")
    async with httpx.AsyncClient(transport=behind, base_url="http://test", headers=headers) as client:
        asked = await client.post(
            f"/api/documents/documents/{filed.id}/release-requests", json={"number": filed.number}
        )
        found = await client.get(asked.headers["location"])
    assert (found.status_code, found.json()["id"]) == (200, asked.json()["id"])


async def test_a_file_that_no_machine_can_read_is_read_by_a_person(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents, content=PICTURE, name="plakat.png")
    request = await ask_for_release(filed)
    (found,) = (await call(documents, "GET", f"/release-requests/{request}")).json()["found"]
    assert (found["kind"], found["page"]) == ("unreadable", None)
    settled = await call(
        documents,
        "POST",
        f"/release-requests/{request}/settlement",
        version=2,
        positions=[1],
        verdict="read-by-eye",
        reason="plakát bez osobních údajů",
    )
    assert settled.status_code == 200


async def test_a_file_that_the_scanner_could_not_read_is_let_out_knowingly_only(
    documents: ServiceUnderTest,
) -> None:
    before = await file_document(documents)
    early = await ask_for_release(before)
    async with a_clamd(limit=1) as clamd, documents.transaction() as tick:
        settings = documents.resources.settings.model_copy(update={"clamav_url": clamd.url})
        assert await scan_waiting(tick, settings) == 1
    late = await call(documents, "POST", f"/release-requests/{early}/release", MAYOR, version=2)
    assert (late.status_code, late.json()["type"].rpartition(":")[2]) == (409, "scanned-since-check")
    await call(documents, "POST", f"/release-requests/{early}/refusal", version=2, reason="znovu")
    request = await ask_for_release(before)
    (found,) = (await call(documents, "GET", f"/release-requests/{request}")).json()["found"]
    assert (found["kind"], found["excerpt"]) == ("not-scanned", "not-scannable")
    refused = await call(documents, "POST", f"/release-requests/{request}/release", MAYOR, version=2)
    assert refused.json()["type"].endswith("findings-not-settled")
    word = {"positions": [1], "verdict": "trusted-source", "reason": "soubor je z naší spisové služby"}
    path = f"/release-requests/{request}"
    assert (await call(documents, "POST", f"{path}/settlement", MAYOR, version=2, **word)).status_code == 200
    assert (await call(documents, "POST", f"{path}/release", MAYOR, version=3)).status_code == 200


async def test_a_withdrawn_version_leaves_a_tombstone_and_an_older_one_is_public_again(
    documents: ServiceUnderTest,
) -> None:
    filed = await file_document(documents, COORDINATOR)
    await publish(filed)
    await filed.add_version(b"Druhe vydani.", COORDINATOR)
    assert (await filed.get("", None)).json()["public_number"] == 1
    await publish(filed)
    gone = await filed.decide("withdrawal", MAYOR, reason="chyba v tabulce 3")
    assert gone.json()["public_number"] == 1
    address = f"/publications/{filed.id}"
    tombstone = await call(documents, "GET", f"{address}/versions/2", None)
    assert tombstone.status_code == 410
    assert tombstone.json()["reason"] == "chyba v tabulce 3"
    assert tombstone.json()["replaced_by"].endswith(f"/api/documents/publications/{filed.id}/versions/1")
    async with documents.client(Accept="text/html,*/*;q=0.8") as browser:
        page = await browser.get(f"{address}/versions/2")
    assert (page.status_code, page.headers["content-type"]) == (410, "text/html; charset=utf-8")
    assert "chyba v tabulce 3" in page.text
    assert f'href="{tombstone.json()["replaced_by"]}"' in page.text
    content = await filed.get("/versions/2/content", None)
    assert content.status_code == 410
    assert content.json()["address"].endswith(f"/api/documents{address}/versions/2")
    assert (await filed.get("/versions/2/content", COORDINATOR)).status_code == 200
    assert (await filed.get("/versions/9/content", None)).status_code == 404
    newest = (await call(documents, "GET", address, None)).json()
    assert (newest["number"], newest["is_newest"]) == (1, True)
    told = [each.version for each in await documents.told(DocumentPublished)]
    (withdrawn,) = await documents.told(DocumentWithdrawn)
    assert told[-2] < withdrawn.version < told[-1]
    twice = await filed.decide("withdrawal", MAYOR, reason="znovu")
    assert twice.json()["type"].endswith("nothing-public")


async def test_what_was_withdrawn_is_published_again(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents, COORDINATOR)
    await publish(filed)
    assert (await filed.decide("withdrawal", reason="ověřujeme")).json()["state"] == "withdrawn"
    assert (await filed.get("", None)).status_code == 404
    assert (await call(documents, "GET", f"/publications/{filed.id}", None)).status_code == 410
    await publish(filed)
    assert (await call(documents, "GET", f"/publications/{filed.id}", None)).status_code == 200
    first, second = await documents.told(DocumentPublished)
    (withdrawn,) = await documents.told(DocumentWithdrawn)
    assert first.version < withdrawn.version < second.version


async def test_an_address_answers_with_facts_or_with_the_file(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents, COORDINATOR)
    address = f"/publications/{filed.id}"
    assert (await call(documents, "GET", address, None)).status_code == 404
    await publish(filed)
    facts = await call(documents, "GET", address, None)
    assert f"SHA-256: {filed.digest}" in facts.json()["citation"]
    assert facts.json()["address"].endswith(f"{address}/versions/1")
    browser = await call(documents, "GET", address, None, accept="text/html,*/*;q=0.8")
    assert browser.content.startswith(b"Zapis")
    assert browser.headers["vary"] == "Accept"


async def test_what_is_meant_for_the_office_is_not_released(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents, kind="PRIHL")
    await filed.describe(kind="PRIHL")
    asked = await filed.decide("release-requests")
    assert asked.json()["type"].endswith("kind-is-internal")


async def test_what_is_said_of_a_document_is_checked_as_its_text_is(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents, COORDINATOR)
    request = await ask_for_release(filed)
    address = f"/release-requests/{request}"
    await filed.describe(COORDINATOR, title="Stížnost, tel. 777 123 456")
    late = await call(documents, "POST", f"{address}/release", version=2)
    assert (late.status_code, late.json()["field"]) == (409, "title")
    assert (await call(documents, "POST", f"{address}/refusal", version=2, reason="název")).is_success
    asked = await filed.decide("release-requests", COORDINATOR)
    address = f"/release-requests/{asked.json()['id']}"
    await filed.check()
    (found,) = (await call(documents, "GET", address)).json()["found"]
    assert (found["page_label"], found["excerpt"]) == ("title", "Stížnost, tel. ••• ••• •••")

    async def settle(who: Actor) -> httpx.Response:
        word = {"positions": [1], "verdict": "public-contact", "reason": "telefon úřadu"}
        async with documents.client(who, **{"If-Match": '"2"'}) as client:
            return await client.post(f"{address}/settlement", json=word)

    own = await settle(COORDINATOR)
    assert own.json()["type"].endswith("settled-by-requester")
    assert (await settle(CONSULTANT)).is_success
    let_out = await call(documents, "POST", f"{address}/release", version=3)
    assert let_out.is_success, let_out.text
    filed.version = let_out.json()["document_version"]
    worse = await filed.describe(COORDINATOR, title="Stížnost, tel. 777 123 456", author="jan@seznam.cz")
    assert (worse.status_code, worse.json()["errors"][0]["pointer"]) == (422, "/author")
    assert (await filed.describe(COORDINATOR, title="Podnět, tel. 777 123 456")).is_success
