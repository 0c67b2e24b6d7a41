"""Rules of keeping, legal holds, and disposals that two people decide."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from documents.extraction.use_cases import forget_texts, read_waiting
from documents.files.domain import File, Metadata, Rendering
from documents.files.use_cases import publish_rendering
from documents.inspection.use_cases import remove_unnamed
from documents.retention.use_cases import approved_disposals, carry_out_disposal
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind
from tests.support.documents import OBRNICE, unit_registered
from tests.support.interleaving import somebody_waits
from tests.support.service import ServiceUnderTest
from tests.support.texts import a_text, in_the_index
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, an_actor
from tests.support.uploads import file_one, grow_older, store_of, stored_files
from tests.support.zoo import PDF

ARCHIVIST = an_actor(Role.ADMINISTRATOR, sub="archivist", name="Ivana Spisová")
LONG_AGO = timedelta(days=365 * 8)


async def post(
    documents: ServiceUnderTest,
    path: str,
    actor: Actor = ADMINISTRATOR,
    *,
    version: int | None = None,
    body: Mapping[str, object] | None = None,
    **more: object,
) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    async with documents.client(actor, **headers) as client:
        return await client.post(path, json={**(body or {}), **more})


async def get(documents: ServiceUnderTest, path: str, actor: Actor = ADMINISTRATOR) -> httpx.Response:
    async with documents.client(actor) as client:
        return await client.get(path)


async def a_rule(documents: ServiceUnderTest, **changes: object) -> httpx.Response:
    rule: dict[str, object] = {
        "kind": "ZAPIS",
        "valid_from": "2010-01-01",
        "mark": "S",
        "years": 5,
        "trigger": "filed",
        "source": "Spisový a skartační plán, položka 52.3",
    }
    return await post(documents, "/retention-rules", body=rule | changes)


async def an_old_document(
    documents: ServiceUnderTest, content: bytes = PDF, *, name: str = "zapis.pdf"
) -> str:
    filed = await file_one(documents, content, name=name, kind="ZAPIS")
    assert filed.status_code == 201, filed.text
    await grow_older(documents, "document", "created_at", LONG_AGO)
    await grow_older(documents, "blob", "touched_at", LONG_AGO)
    return str(filed.json()["document_id"])


async def propose(documents: ServiceUnderTest, document_id: str, **changes: object) -> httpx.Response:
    body: dict[str, object] = {
        "document_id": document_id,
        "basis": "retention",
        "reason": "Uplynula skartační lhůta.",
    }
    return await post(documents, "/disposals", body=body | changes)


async def carry_out(documents: ServiceUnderTest) -> None:
    async with documents.transaction() as tx:
        due = await approved_disposals(tx)
    for disposal_id in due:
        async with documents.transaction() as tx:
            await carry_out_disposal(tx, disposal_id)
    async with documents.transaction() as tick:
        await remove_unnamed(tick, store_of(documents))


def code(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition(":")[2]


async def test_a_document_is_disposed_of_by_two_people_and_the_record_stays(
    documents: ServiceUnderTest,
) -> None:
    assert (await a_rule(documents)).status_code == 201
    document_id = await an_old_document(documents)
    keeping = (await get(documents, f"/retention/documents/{document_id}")).json()
    filed_in = date.today().year - 8  # noqa: DTZ011 - eight years before, within a day
    assert keeping["mark"] == "S"
    assert abs(int(keeping["due_on"][:4]) - (filed_in + 6)) <= 1
    assert [item["document_id"] for item in (await get(documents, "/retention/due")).json()["items"]] == [
        document_id
    ]
    proposed = await propose(documents, document_id)
    assert proposed.status_code == 201, proposed.text
    path = f"/disposals/{proposed.json()['id']}"
    assert code(await propose(documents, document_id)) == "disposal-stands-already"
    assert code(await post(documents, f"{path}/approval", version=1)) == "disposal-is-yours"
    assert (await post(documents, f"{path}/approval", ARCHIVIST)).status_code == 428
    assert (await post(documents, f"{path}/approval", ARCHIVIST, version=7)).status_code == 412
    approved = await asyncio.gather(
        *(post(documents, f"{path}/approval", ARCHIVIST, version=1) for _ in range(2))
    )
    assert sorted(answer.status_code for answer in approved) == [200, 412]
    digest = (await get(documents, f"/documents/{document_id}", CONSULTANT)).json()["versions"][0]["digest"]
    await carry_out(documents)
    record = (await get(documents, path)).json()
    assert (record["state"], record["decided_by"]) == ("carried-out", "archivist")
    assert record["carried_out_at"]
    assert digest[2:] not in stored_files(documents, "sha256")
    found = await get(documents, f"/documents/{document_id}", CONSULTANT)
    assert found.status_code == 200
    assert found.json()["state"] == "discarded"
    refused = await post(documents, f"{path}/rejection", ARCHIVIST, version=3)
    assert (refused.status_code, refused.json()["allowed_moves"]) == (409, [])


async def dispose(documents: ServiceUnderTest, document_id: str) -> str:
    proposed = await propose(documents, document_id, basis="mistake")
    assert proposed.status_code == 201, proposed.text
    path = f"/disposals/{proposed.json()['id']}"
    assert (await post(documents, f"{path}/approval", ARCHIVIST, version=1)).status_code == 200
    await carry_out(documents)
    assert (await get(documents, path)).json()["state"] == "carried-out"
    return path


async def test_what_was_rendered_anew_after_its_disposal_is_disposed_of_again(
    documents: ServiceUnderTest,
) -> None:
    document_id = await a_rendered_document(documents, 1)
    await dispose(documents, document_id)
    assert code(await propose(documents, document_id, basis="mistake")) == "disposal-stands-already"
    assert await a_rendered_document(documents, 2) == document_id
    proposed = await asyncio.gather(
        *(propose(documents, document_id, basis="retention") for _ in range(2)),
        propose(documents, str(uuid4()), basis="mistake"),
    )
    assert {code(answer) for answer in proposed} == {"retention-not-counted", "document-unknown"}
    await dispose(documents, document_id)
    async with documents.transaction() as tx:
        rows = await tx.session.execute(
            text("SELECT number, count(DISTINCT disposal_id) FROM disposed_version GROUP BY number")
        )
        assert {row[0]: row[1] for row in rows} == {1: 1, 2: 1}


async def a_rendered_document(documents: ServiceUnderTest, number: int) -> str:
    """Render a draft, or its next version."""
    await documents.hear(unit_registered())
    content = f"revize {number}\n".encode()
    digest = await store_of(documents).put_bytes(content)
    rendering = Rendering(
        document_id=UUID(int=7),
        kind=DocumentKind.ZAPIS,
        title="Zápis",
        unit_ids=(OBRNICE,),
        files=(File(digest=digest, size_bytes=len(content), media_type="text/plain", name="a.txt"),),
        source_digest=digest,
        published=False,
        number=number,
        label=None,
        about=Metadata(),
    )
    async with documents.transaction() as tx:
        await publish_rendering(tx, rendering)
    return str(rendering.document_id)


async def test_bytes_that_another_document_names_outlive_a_disposal(documents: ServiceUnderTest) -> None:
    await a_rule(documents)
    document_id = await an_old_document(documents)
    kept = await file_one(documents, PDF, kind="OTHER")
    proposed = await propose(documents, document_id)
    await post(documents, f"/disposals/{proposed.json()['id']}/approval", ARCHIVIST, version=1)
    await grow_older(documents, "blob", "touched_at", LONG_AGO)
    await carry_out(documents)
    async with documents.client(CONSULTANT) as client:
        content = await client.get(kept.headers["location"] + "/versions/1/content")
    assert content.content == PDF


async def test_a_held_document_is_disposed_of_by_nobody(documents: ServiceUnderTest) -> None:
    await a_rule(documents)
    document_id = await an_old_document(documents)
    proposed = await propose(documents, document_id)
    path = f"/disposals/{proposed.json()['id']}"
    held = await post(documents, "/legal-holds", document_id=document_id, reason="Soudní spor 12 C 3/2026")
    assert held.status_code == 201, held.text
    assert code(await post(documents, f"{path}/approval", ARCHIVIST, version=1)) == "document-on-hold"
    assert code(await propose(documents, document_id)) == "document-on-hold"
    lifting = f"/legal-holds/{held.json()['id']}/lifting"
    lifted = await post(documents, lifting, version=1, because="Spor skončil.")
    assert lifted.status_code == 200, lifted.text
    assert code(await post(documents, lifting, version=2, because="Spor skončil.")) == "legal-hold-lifted"
    await post(documents, f"{path}/approval", ARCHIVIST, version=1)
    again = await post(documents, "/legal-holds", document_id=document_id, reason="Kontrola NKÚ")
    assert again.status_code == 201
    await carry_out(documents)
    assert (await get(documents, path)).json()["state"] == "approved", "it waits for the hold"
    listed = (await get(documents, f"/legal-holds?filter[document]={document_id}")).json()["items"]
    assert [hold["lifted_because"] for hold in listed] == [None, "Spor skončil."]


async def test_a_hold_placed_while_a_document_is_disposed_of_promises_nothing(
    documents: ServiceUnderTest,
) -> None:
    document_id = await a_rendered_document(documents, 1)
    disposal_id = (await propose(documents, document_id, basis="mistake")).json()["id"]
    await post(documents, f"/disposals/{disposal_id}/approval", ARCHIVIST, version=1)
    async with documents.transaction() as tx:
        await carry_out_disposal(tx, UUID(disposal_id))
        late = asyncio.gather(
            post(documents, "/legal-holds", document_id=document_id, reason="Kontrola NKÚ"),
            propose(documents, document_id, basis="mistake"),
        )
        await somebody_waits(documents)
    assert [code(answer) for answer in await late] == ["document-disposed-of", "disposal-stands-already"]


async def test_what_is_not_due_or_belongs_to_the_archive_stays(documents: ServiceUnderTest) -> None:
    document_id = await an_old_document(documents)
    assert code(await propose(documents, document_id)) == "retention-not-counted"
    await a_rule(documents, years=50)
    refused = await propose(documents, document_id)
    assert (code(refused), refused.status_code) == ("retention-runs-yet", 409)
    assert (await get(documents, "/retention/due")).json()["items"] == []
    await a_rule(documents, valid_from="2011-01-01", mark="A")
    assert code(await propose(documents, document_id)) == "archive-comes-first"
    erased = await propose(documents, document_id, basis="erasure", reason="Žádost podle čl. 17 GDPR")
    assert erased.status_code == 201
    assert (await propose(documents, str(uuid4()))).status_code == 404


async def test_rules_come_in_editions_for_what_is_filed_later(documents: ServiceUnderTest) -> None:
    assert (await a_rule(documents, years=5)).status_code == 201
    twice = await asyncio.gather(*(a_rule(documents, valid_from="2040-01-01", years=9) for _ in range(2)))
    assert sorted(answer.status_code for answer in twice) == [201, 409]
    earlier = await a_rule(documents, valid_from="2039-01-01")
    assert code(earlier) == "retention-rule-in-the-past"
    for wrong in ({"years": 0}, {"mark": "X"}, {"kind": "NIC"}, {"trigger": "never"}, {"source": ""}):
        assert (await a_rule(documents, **wrong)).status_code == 422
    document_id = await an_old_document(documents)
    keeping = (await get(documents, f"/retention/documents/{document_id}")).json()
    assert int(keeping["due_on"][:4]) < 2040, "the edition in force when it was filed"
    listed = (await get(documents, "/retention-rules?filter[kind]=ZAPIS", CONSULTANT)).json()["items"]
    assert [rule["years"] for rule in listed] == [5, 9]
    assert UUID(listed[0]["id"])
    assert (await get(documents, "/retention/due", CONSULTANT)).status_code == 403


async def test_of_what_was_disposed_of_nothing_is_read_nor_held(documents: ServiceUnderTest) -> None:
    await a_rule(documents)
    document_id = await an_old_document(documents, "Rodné číslo Jana Nováka.".encode(), name="zapis.txt")
    async with documents.transaction() as tick:
        assert await read_waiting(tick, store_of(documents)) == 1
    proposed = await propose(documents, document_id)
    path = f"/disposals/{proposed.json()['id']}"
    await post(documents, f"{path}/approval", ARCHIVIST, version=1)
    await grow_older(documents, "blob", "touched_at", -LONG_AGO)
    await carry_out(documents)
    assert (await get(documents, path)).json()["state"] == "carried-out"
    content = await get(documents, f"/documents/{document_id}/versions/1/content", CONSULTANT)
    assert (content.status_code, code(content)) == (410, "version-disposed"), "its bytes still lie there"
    held = await post(documents, "/legal-holds", document_id=document_id, reason="Soudní spor 12 C 3/2026")
    assert (held.status_code, code(held)) == (409, "document-disposed-of")
    async with documents.transaction() as tick:
        await forget_texts(tick)
    async with documents.transaction() as tick:
        assert await read_waiting(tick, store_of(documents)) == 0, "it is not read again"
    async with documents.transaction() as tx:
        assert await tx.session.scalar(text("SELECT count(*) FROM text_page")) == 0


async def test_a_text_that_was_disposed_of_is_found_with_the_other_document_alone(
    documents: ServiceUnderTest,
) -> None:
    one, other = [
        await a_text(documents, "Zápis o exekuci.", title=title, published=False)
        for title in ("Starý list", "Nový list")
    ]
    await in_the_index(documents)
    await dispose(documents, str(one))
    await in_the_index(documents)
    said = (await get(documents, "/search?q=exekuce", CONSULTANT)).json()
    assert [hit["document_id"] for hit in said["items"]] == [str(other)]
    both = (await get(documents, "/search?q=exekuce OR list", CONSULTANT)).json()["items"]
    assert {(hit["document_id"], bool(hit["places"])) for hit in both} <= {
        (str(one), False),
        (str(other), True),
    }


async def test_a_version_that_nobody_decided_on_is_not_disposed_of(documents: ServiceUnderTest) -> None:
    await a_rule(documents)
    document_id = await an_old_document(documents)
    proposed = await propose(documents, document_id)
    path = f"/disposals/{proposed.json()['id']}"
    await post(documents, f"{path}/approval", ARCHIVIST, version=1)
    async with documents.client(CONSULTANT) as client:
        added = await client.post(f"/documents/{document_id}/versions", files={"file": ("b.pdf", PDF)})
    assert added.status_code == 201
    await carry_out(documents)
    async with documents.transaction() as tx:
        await carry_out_disposal(tx, UUID(path.rpartition("/")[2]))
    assert (await get(documents, path)).json()["state"] == "approved", "it waits for another decision"
    assert (await post(documents, f"{path}/rejection", ARCHIVIST, version=2)).status_code == 200
    assert (await propose(documents, document_id)).status_code == 201
