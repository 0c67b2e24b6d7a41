"""Papers on request that were disposed of since."""

from uuid import UUID

from documents.renditions.domain import Source, document_of, taken
from documents.renditions.use_cases import ask, make, take_due
from documents.retention import use_cases as retention
from documents.retention.domain import Basis
from tests.support.documents import OBRNICE
from tests.support.renditions import a_frozen
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT


async def a_paper(documents: ServiceUnderTest) -> UUID:
    """Have a profile of a unit made as the consultant asks for it; return the rendition."""
    source = taken(Source.UNIT_PROFILE, OBRNICE, a_frozen(Source.UNIT_PROFILE))
    async with documents.transaction(CONSULTANT) as tx:
        rendition_id = await ask(tx, source)
    async with documents.transaction() as tx:
        due = await take_due(tx)
    for each in due:
        async with documents.transaction() as tx:
            await make(tx, each, documents.resources.settings)
    return rendition_id


async def disposed_of(documents: ServiceUnderTest, document_id: UUID) -> None:
    async with documents.transaction(CONSULTANT) as tx:
        reason = "Vznikla omylem."
        proposed = await retention.propose_disposal(tx, document_id, basis=Basis.MISTAKE, reason=reason)
    async with documents.transaction() as tx:
        await retention.approve_disposal(tx, proposed.id, because=None, expected=1)
    async with documents.transaction() as tx:
        await retention.carry_out_disposal(tx, proposed.id)


async def test_a_paper_that_was_disposed_of_is_read_by_nobody_and_made_anew_when_asked_for(
    documents: ServiceUnderTest,
) -> None:
    address = f"/renditions/{await a_paper(documents)}"
    await disposed_of(documents, document_of(Source.UNIT_PROFILE, OBRNICE))
    async with documents.client(CONSULTANT) as client:
        for ending in ("pdf", "docx"):
            assert (await client.get(f"{address}/files/{ending}")).status_code == 410
        assert f"/renditions/{await a_paper(documents)}" == address
        assert (await client.get(address)).json()["number"] == 2
        for ending in ("pdf", "docx"):
            assert (await client.get(f"{address}/files/{ending}")).status_code == 200
