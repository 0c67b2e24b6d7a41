"""What is released, withdrawn and released again here is counted so by the ledger of evaluation."""

from evaluation.projects.repository import output_id
from shared.contracts.documents import DocumentPublished, DocumentWithdrawn, OutputKind
from tests.support.filing import Filed, approve, call, file_document
from tests.support.programmes import a_key_activity, a_project_in, an_output, entered, progress_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, CONSULTANT, DIRECTOR

AFTER = "2100-01-01"


async def release(filed: Filed, *, version: int) -> None:
    asked = await filed.decide("release-requests", ANALYST)
    assert asked.status_code == 201, asked.text
    await filed.check()
    address = f"/release-requests/{asked.json()['id']}/release"
    let_out = await call(filed.documents, "POST", address, DIRECTOR, version=version)
    assert let_out.status_code == 200, let_out.text
    filed.version = let_out.json()["document_version"]


async def test_a_project_counts_a_document_while_it_is_public(
    documents: ServiceUnderTest, evaluation: ServiceUnderTest
) -> None:
    body = a_project_in(a_key_activity("KA01", an_output("KA01-1", OutputKind.METHODOLOGY)))
    project = await entered(evaluation, body)

    async def counted() -> object:
        progress = await progress_of(evaluation, project, AFTER)
        activities = progress["key_activities"]
        assert isinstance(activities, list)
        return activities[0]["progress"]["actual"]

    filed = await file_document(documents, CONSULTANT, units=(), kind="METOD")
    said = await filed.describe(
        ANALYST,
        kind="METOD",
        unit_ids=[],
        output_kind="methodology",
        output_id=str(output_id(project, "KA01-1")),
    )
    assert said.status_code == 200, said.text
    await approve(filed, DIRECTOR)
    await release(filed, version=2)
    await evaluation.hear(*await documents.told(DocumentPublished))
    assert await counted() == 1
    await filed.decide("withdrawal", DIRECTOR, reason="chyba v příloze")
    withdrawn = await documents.told(DocumentWithdrawn)
    await evaluation.hear(*withdrawn, *withdrawn)
    assert await counted() == 0
    await release(filed, version=2)
    await evaluation.hear(*await documents.told(DocumentPublished))
    assert await counted() == 1
