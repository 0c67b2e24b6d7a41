"""The ledger counts what was published, once."""

from shared.contracts.documents import DocumentKind
from tests.support.evaluation import CONSULTANT, a_document_published
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, TRMICE


async def test_each_version_is_a_row_and_each_document_counts_once(evaluation: ServiceUnderTest) -> None:
    first, second = a_document_published(1), a_document_published(1, version=2)
    other = a_document_published(2, kind=DocumentKind.OTHER, plan_id=None, revision=None, unit_ids=())
    await evaluation.hear(second, first, other)
    async with evaluation.client() as client:
        items = (await client.get("/deliverables")).json()["items"]
        totals = (await client.get("/deliverables/totals")).json()
    assert [(item["kind"], item["version"]) for item in items] == [("OTHER", 1), ("PLAN", 2), ("PLAN", 1)]
    assert totals == {
        "items": [
            {"kind": "OTHER", "documents": 1, "versions": 1},
            {"kind": "PLAN", "documents": 1, "versions": 2},
        ],
        "documents": 2,
        "versions": 3,
    }


async def test_a_part_of_a_plan_counts_with_the_plan_and_never_by_itself(
    evaluation: ServiceUnderTest,
) -> None:
    part = a_document_published(3, kind=DocumentKind.CAST)
    await evaluation.hear(part)
    await evaluation.hear(a_document_published(1), a_document_published(4, kind=DocumentKind.CAST))
    async with evaluation.client() as client:
        totals = (await client.get("/deliverables/totals")).json()
    assert totals["items"] == [{"kind": "PLAN", "documents": 1, "versions": 1}]


async def test_a_publication_told_three_times_counts_once(evaluation: ServiceUnderTest) -> None:
    event = a_document_published()
    await evaluation.hear(event, event)
    await evaluation.hear(event)
    async with evaluation.client() as client:
        assert (await client.get("/deliverables/totals")).json()["versions"] == 1


async def test_an_empty_ledger_counts_nothing(evaluation: ServiceUnderTest) -> None:
    async with evaluation.client() as client:
        assert (await client.get("/deliverables/totals")).json() == {
            "items": [],
            "documents": 0,
            "versions": 0,
        }
        assert (await client.get("/deliverables")).json() == {"items": [], "next": None}


async def test_the_ledger_can_be_filtered_and_paged(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(*(a_document_published(n) for n in range(1, 8)))
    await evaluation.hear(a_document_published(8, unit_ids=(TRMICE,)))
    async with evaluation.client(CONSULTANT) as client:
        of_obrnice = (await client.get(f"/deliverables?filter[unit]={OBRNICE}&limit=5")).json()
        rest = (
            await client.get(
                "/deliverables",
                params={"filter[unit]": str(OBRNICE), "limit": 5, "cursor": of_obrnice["next"]},
            )
        ).json()
    published = [item["published_at"] for item in of_obrnice["items"] + rest["items"]]
    assert len(published) == len(set(published)) == 7
    assert published == sorted(published, reverse=True)
