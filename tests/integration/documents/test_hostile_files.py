"""Files by people we do not trust: each is refused with a reason, or kept with what it is."""

import pytest

from tests.support.filing import file_document
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE
from tests.support.uploads import checks_of, file_one
from tests.support.zoo import NOTED, PDF, REFUSED


@pytest.mark.parametrize("animal", REFUSED)
async def test_what_nobody_should_open_is_refused_with_its_reason(
    documents: ServiceUnderTest, animal: str
) -> None:
    name, made, code = REFUSED[animal]
    answer = await file_one(documents, made(), name=name)
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == f"urn:pospolu:problem:{code}", answer.text
    async with documents.client(CONSULTANT) as client:
        assert (await client.get("/documents")).json()["items"] == []
    assert (await file_one(documents, PDF)).status_code == 201, "the process lives"


@pytest.mark.parametrize("animal", NOTED)
async def test_what_is_only_odd_is_kept_as_what_it_is(documents: ServiceUnderTest, animal: str) -> None:
    name, made, media_type, traits = NOTED[animal]
    answer = await file_one(documents, made(), name=name)
    assert answer.status_code == 201, answer.text
    checks = await checks_of(documents, answer)
    assert checks["media_type"] == media_type
    assert checks["traits"] in (traits, traits[::-1])
    assert checks["scan"] == "not-scanned"
    async with documents.client(CONSULTANT) as client:
        content = await client.get(answer.headers["location"] + "/versions/1/content")
    assert content.headers["content-type"].partition(";")[0] == media_type
    assert content.headers["x-content-type-options"] == "nosniff"
    shown = content.headers["content-disposition"].partition(";")[0]
    assert shown == ("inline" if media_type == "application/pdf" else "attachment")


@pytest.mark.parametrize(
    ("kind", "content", "name", "status"),
    [
        ("MEMO", PDF, "memorandum.pdf", 201),
        ("MEMO", bytes(range(256)) * 8, "memorandum.bin", 422),
        ("OTHER", bytes(range(256)) * 8, "data.bin", 201),
    ],
)
async def test_a_kind_of_document_takes_its_kinds_of_file(
    documents: ServiceUnderTest, kind: str, content: bytes, name: str, status: int
) -> None:
    answer = await file_one(documents, content, name=name, kind=kind)
    assert answer.status_code == status, answer.text
    if status == 422:
        assert answer.json()["type"].endswith("file-type-not-allowed")
        assert answer.json()["media_type"] == "application/octet-stream"


async def test_checks_of_a_draft_are_for_its_unit(documents: ServiceUnderTest) -> None:
    filed = await file_one(documents, PDF)
    path = filed.headers["location"] + "/versions/1/checks"
    for actor, status in ((COORDINATOR, 200), (COORDINATOR_OF_TRMICE, 404), (None, 404)):
        async with documents.client(actor) as client:
            assert (await client.get(path)).status_code == status


async def test_a_name_that_misleads_is_the_fault_of_its_own_version_alone(
    documents: ServiceUnderTest,
) -> None:
    misnamed = await file_document(documents, content=PDF, name="zapis.docx")
    named = await file_document(documents, content=PDF, name="zapis.pdf")
    assert misnamed.digest == named.digest
    found = [(await each.get("/versions/1/checks")).json()["traits"] for each in (misnamed, named)]
    assert found == [["unreadable", "wrong-extension"], ["unreadable"]]
    for each in (misnamed, named):
        await each.describe(COORDINATOR)
    asked = [await each.decide("release-requests", COORDINATOR) for each in (misnamed, named)]
    assert [answer.status_code for answer in asked] == [409, 201]
    assert asked[0].json()["type"].endswith("file-name-misleads")
