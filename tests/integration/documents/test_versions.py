"""Versions whose file came in pieces, and renderings in several formats."""

from uuid import UUID

from documents.files.domain import Accessibility, File, Metadata, Rendering
from documents.files.use_cases import publish_rendering
from documents.outside import store_at
from shared.contracts.documents import DocumentKind, DocumentPublished
from tests.support.documents import OBRNICE, unit_registered
from tests.support.filing import call, file_document
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR
from tests.support.uploads import open_upload, send

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SOURCE = UUID("0199d000-0000-7000-8000-000000000001")


async def uploaded(documents: ServiceUnderTest, content: bytes = b"obsah\n") -> str:
    async with documents.client(CONSULTANT) as client:
        opened = await open_upload(client, len(content), name="a.txt")
        sent = await send(client, opened.headers["location"], 0, content)
    assert sent.status_code == 204, sent.text
    return str(opened.json()["id"])


async def test_a_document_and_its_version_take_files_that_came_in_pieces(documents: ServiceUnderTest) -> None:
    await documents.hear(unit_registered())
    upload = await uploaded(documents)
    body = {"title": "Zápis", "kind": "ZAPIS", "unit_ids": [str(OBRNICE)], "upload_id": upload}
    foreign = await call(documents, "POST", "/documents/from-upload", COORDINATOR, **body)
    assert foreign.status_code == 404
    filed = await call(documents, "POST", "/documents/from-upload", CONSULTANT, **body)
    assert filed.status_code == 201, filed.text
    assert filed.json()["added"]["file_name"] == "a.txt"
    twice = await call(documents, "POST", "/documents/from-upload", CONSULTANT, **body)
    assert twice.status_code == 409
    address = filed.headers["location"]
    second = await call(
        documents, "POST", f"{address}/versions/from-upload", upload_id=await uploaded(documents, b"druhy")
    )
    assert second.json()["added"]["number"] == 2
    content = await call(documents, "GET", second.headers["location"])
    assert content.content == b"druhy"


async def a_rendering(documents: ServiceUnderTest, *, published: bool = True, source: str = "a") -> Rendering:
    store = store_at(documents.resources.settings.files_url)
    contents = {PDF: b"%PDF-1.7 zprava", DOCX: b"PK zprava"}
    files = [
        File(digest=await store.put_bytes(content), size_bytes=len(content), media_type=kind, name="zprava")
        for kind, content in contents.items()
    ]
    return Rendering(
        document_id=SOURCE,
        kind=DocumentKind.EVAL,
        title="Evaluační zpráva",
        unit_ids=(OBRNICE,),
        files=tuple(files),
        source_digest=source * 64,
        published=published,
        about=Metadata(accessibility=Accessibility.VERIFIED, holds_personal_data=False),
    )


async def test_a_rendering_is_filed_once_in_all_its_formats(documents: ServiceUnderTest) -> None:
    await documents.hear(unit_registered())
    for source in ("a", "a", "b"):
        async with documents.transaction() as tx:
            await publish_rendering(tx, await a_rendering(documents, source=source))
    found = (await call(documents, "GET", f"/documents/{SOURCE}", None)).json()
    assert [each["number"] for each in found["versions"]] == [2, 1]
    assert [each["media_type"] for each in found["versions"][0]["formats"]] == [DOCX]
    assert found["output_kind"] == "evaluation"
    assert len(await documents.told(DocumentPublished)) == 2
    word = await call(documents, "GET", f"/documents/{SOURCE}/versions/2/content?media_type={DOCX}", None)
    assert word.content == b"PK zprava"
    address = f"/publications/{SOURCE}/versions/1"
    assert (await call(documents, "GET", address, None, accept=DOCX)).content == b"PK zprava"
    assert (await call(documents, "GET", address, None, accept="text/html")).content.startswith(b"%PDF")
    upload = await uploaded(documents)
    refused = await call(documents, "POST", f"/documents/{SOURCE}/versions/from-upload", upload_id=upload)
    assert refused.json()["type"].endswith("document-is-rendered")


async def test_a_rendering_may_be_a_draft_that_people_decide_on(documents: ServiceUnderTest) -> None:
    await documents.hear(unit_registered())
    async with documents.transaction() as tx:
        await publish_rendering(tx, await a_rendering(documents, published=False))
    assert (await call(documents, "GET", f"/documents/{SOURCE}", None)).status_code == 404
    assert (await call(documents, "GET", f"/documents/{SOURCE}")).json()["state"] == "draft"
    assert await documents.told(DocumentPublished) == []


async def test_the_limits_of_a_kind_hold_for_every_way_to_a_version(documents: ServiceUnderTest) -> None:
    memorandum = await file_document(documents, kind="MEMO")
    refused = await memorandum.add_version(PICTURE)
    assert (refused.status_code, refused.json()["kind"]) == (422, "MEMO")
    other = await file_document(documents, content=PICTURE, name="plakat.png")
    assert (await other.describe(COORDINATOR, kind="MEMO")).status_code == 422
    assert (await other.add_version(b"Text.")).status_code == 201
    assert (await other.describe(COORDINATOR, kind="MEMO")).status_code == 200
    restored = await call(documents, "POST", f"/documents/{other.id}/restoration", version=3, number=1)
    assert restored.status_code == 422, restored.text
