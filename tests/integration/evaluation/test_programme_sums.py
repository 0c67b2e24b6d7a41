"""The programmes add up, and stop adding up when a published document is withdrawn."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text

from shared.contracts.documents import OutputKind
from tests.support.interleaving import somebody_waits
from tests.support.programmes import (
    ANALYST,
    FORTY,
    OSTRAVA,
    OWNER,
    Json,
    a_publication,
    a_withdrawal,
    entered,
    innovation,
    ostrava,
    progress_of,
    publications,
    rssz,
    systemic,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR


def by_number(progress: Json) -> dict[str, int]:
    activities = progress["key_activities"]
    assert isinstance(activities, list)
    return {each["number"]: each["progress"]["actual"] for each in activities}


def of_output(progress: Json, code: str) -> Json:
    activities = progress["key_activities"]
    assert isinstance(activities, list)
    (found,) = [each for activity in activities for each in activity["outputs"] if each["code"] == code]
    output: Json = found
    return output


def indicator(progress: Json, at: int = 0) -> Json:
    indicators = progress["indicators"]
    assert isinstance(indicators, list)
    found: Json = indicators[at]
    return found


async def test_83_documents_add_up_until_one_is_withdrawn(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, rssz())
    documents = publications(project, rssz())
    assert len(documents) == 83
    await evaluation.hear(*documents[:50], *documents[40:], *documents[:3])
    evaluation.statements.clear()
    progress = await progress_of(evaluation, project)
    assert len(evaluation.statements) == 1
    assert by_number(progress) == {"KA01": 3, "KA02": 41, "KA03": 33, "KA04": 2, "KA05": 4}
    whole = {"target": 83, "actual": 83, "missing": 0, "forecast": 83, "fulfilled": True}
    assert indicator(progress) == {"code": "805000", "progress": whole}
    withdrawal = a_withdrawal(documents[10])
    await evaluation.hear(withdrawal, withdrawal)
    after = await progress_of(evaluation, project)
    assert by_number(after)["KA02"] == 40
    assert indicator(after)["progress"] == whole | {
        "actual": 82,
        "missing": 1,
        "forecast": 82,
        "fulfilled": False,
    }
    assert of_output(after, "KA02-2")["withdrawn"] == 1
    before = await progress_of(evaluation, project, "2025-02-28")
    assert indicator(before)["progress"] == whole, "what was reported on a day stays so"
    again = a_publication(
        project,
        "KA02-2",
        version=3,
        document_id=documents[10].document_id,
        output_kind=OutputKind.COUNSELLING_REPORT,
        published_at=datetime(2025, 4, 1, tzinfo=UTC),
    )
    await evaluation.hear(again)
    assert indicator(await progress_of(evaluation, project))["progress"] == whole


async def test_a_withdrawal_heard_before_the_publication_counts_all_the_same(
    evaluation: ServiceUnderTest,
) -> None:
    project = await entered(evaluation, rssz())
    published = a_publication(project, "KA01-1")
    await evaluation.hear(a_withdrawal(published))
    await evaluation.hear(published)
    assert indicator(await progress_of(evaluation, project))["progress"]["actual"] == 0  # type: ignore[index]
    async with evaluation.client() as client:
        assert (await client.get("/deliverables/totals")).json()["documents"] == 0
        (listed,) = (await client.get("/deliverables")).json()["items"]
    assert listed["withdrawn"] is True


async def test_223_research_and_350_media_outputs_add_up(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, systemic())
    documents = publications(project, systemic())
    await evaluation.hear(*documents)
    progress = await progress_of(evaluation, project)
    assert by_number(progress)["4"] == 223
    assert of_output(progress, "3-3")["progress"]["actual"] == 350  # type: ignore[index]
    assert of_output(progress, "3-3")["progress"]["fulfilled"] is True  # type: ignore[index]
    assert progress["registration_number"] == "CZ.03.2.63/0.0/0.0/15_030/0000605"
    assert indicator(progress)["progress"]["actual"] == 90 + 8 + 51 + 223 + 40 + 14  # type: ignore[index]
    media = [each for each in documents if each.output_kind is OutputKind.MEDIA]
    await evaluation.hear(a_withdrawal(media[0]))
    after = await progress_of(evaluation, project)
    assert of_output(after, "3-3")["progress"]["actual"] == 349  # type: ignore[index]


async def test_a_project_without_targets_counts_and_promises_nothing(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, innovation())
    await evaluation.hear(a_publication(project, "KA1-1", output_kind=OutputKind.OTHER))
    progress = await progress_of(evaluation, project)
    assert of_output(progress, "KA1-1")["progress"] == {
        "target": None,
        "actual": 1,
        "missing": None,
        "forecast": 1,
        "fulfilled": None,
    }
    assert progress["outputs"]["target"] is None  # type: ignore[index]


async def test_the_money_of_a_project_is_split_to_the_haler(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, ostrava())
    async with evaluation.client() as client:
        found = (await client.get(f"/projects/{project}")).json()
    amounts = [Decimal(source["amount_czk"]) for source in found["sources"]]
    assert amounts == [Decimal("3101161.25"), Decimal("364842.50"), Decimal("182421.25")]
    assert sum(amounts) == Decimal(found["total_czk"]) == Decimal("3648425.00")
    assert sum(amounts[:2]) == Decimal("3466003.75")


async def test_a_document_counts_only_once_it_is_approved(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, ostrava())
    bare = a_publication(project, "KA2-1", output_kind=OutputKind.PLAN, approved_by=None, approved_on=None)
    await evaluation.hear(bare)
    progress = await progress_of(evaluation, project)
    assert of_output(progress, "KA2-1")["incomplete"] == 1
    assert indicator(progress)["progress"]["actual"] == 0  # type: ignore[index]
    approval = {"approved_by": "Zastupitelstvo města Ostravy", "approved_on": "2024-09-01"}
    address = f"/projects/{project}/documents/{bare.document_id}/approval"
    async with evaluation.client(OWNER) as client:
        assert (await client.put(address, json=approval)).status_code == 428
        stale = await client.put(address, json=approval, headers={"If-Match": '"7"'})
        assert stale.status_code == 412
        done = await client.put(address, json=approval, headers={"If-Match": '"1"'})
        assert done.headers["etag"] == '"2"'
        listed = (await client.get(f"/projects/{project}/documents?filter[standing]=counted")).json()
    assert [item["approved_by"] for item in listed["items"]] == ["Zastupitelstvo města Ostravy"]
    assert indicator(await progress_of(evaluation, project))["progress"]["actual"] == 1  # type: ignore[index]
    early = await progress_of(evaluation, project, "2024-08-31")
    assert indicator(early)["progress"]["actual"] == 0, "approved the day after"  # type: ignore[index]


async def test_a_unit_has_one_report_and_a_document_one_output(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, rssz())
    first, second = (
        a_publication(
            project,
            "KA02-2",
            number,
            unit_ids=(FORTY[0],),
            output_kind=OutputKind.COUNSELLING_REPORT,
            output_id=None,
        )
        for number in (1, 2)
    )
    await evaluation.hear(first, second)
    output = of_output(await progress_of(evaluation, project), "KA02-2")["id"]
    address = f"/projects/{project}/documents"
    async with evaluation.client(ANALYST) as client:
        both = await asyncio.gather(
            *(
                client.post(address, json={"document_id": str(each.document_id), "output_id": output})
                for each in (first, second)
            )
        )
        assert sorted(answer.status_code for answer in both) == [201, 409]
        lost = next(answer for answer in both if answer.status_code == 409)
        assert lost.json()["type"].endswith("unit-has-its-document")
        unassigned = (await client.get("/deliverables?filter[assigned]=false")).json()["items"]
        assert len(unassigned) == 1
        winner = next(
            each.document_id
            for each in (first, second)
            if str(each.document_id) != unassigned[0]["document_id"]
        )
        twice = await client.post(address, json={"document_id": str(winner), "output_id": output})
        assert twice.status_code == 409
        other = of_output(await progress_of(evaluation, project), "KA01-1")["id"]
        wrong = await client.post(address, json={"document_id": str(winner), "output_id": other})
        assert wrong.json()["type"].endswith("document-of-another-kind")
        removed = await client.delete(f"{address}/{winner}", headers={"If-Match": '"1"'})
        assert removed.status_code == 204
    assert of_output(await progress_of(evaluation, project), "KA02-2")["progress"]["actual"] == 0  # type: ignore[index]


async def test_a_second_report_of_a_unit_told_by_an_event_waits_for_a_person(
    evaluation: ServiceUnderTest,
) -> None:
    project = await entered(evaluation, rssz())
    reports = [
        a_publication(project, "KA02-2", n, unit_ids=units, output_kind=OutputKind.COUNSELLING_REPORT)
        for n, units in enumerate([(FORTY[0],), (FORTY[0],), (), (UUID(int=1),)])
    ]
    await evaluation.hear(*reports)
    assert of_output(await progress_of(evaluation, project), "KA02-2")["progress"]["actual"] == 1  # type: ignore[index]
    smaller = {**rssz(), "unit_ids": [str(unit) for unit in (*FORTY[1:], OSTRAVA)]}
    async with evaluation.client(ANALYST) as client:
        refused = await client.put(f"/projects/{project}", json=smaller, headers={"If-Match": '"1"'})
        assert refused.json()["type"].endswith("unit-with-document-left-out")
        assert len((await client.get("/deliverables?filter[assigned]=false")).json()["items"]) == 3


async def test_what_documents_hang_on_stays_in_the_project(evaluation: ServiceUnderTest) -> None:
    body = ostrava()
    project = await entered(evaluation, body)
    await evaluation.hear(a_publication(project, "KA2-1", output_kind=OutputKind.PLAN))
    address = f"/projects/{project}"
    without: Json = {**body, "key_activities": [], "document_target": None, "owner_unit_id": None}
    async with evaluation.client(OWNER) as client:
        refused = await client.put(address, json=without, headers={"If-Match": '"1"'})
        assert refused.json()["type"].endswith("output-has-documents")
        renamed = await client.put(address, json={**body, "title": "Jiný název"}, headers={"If-Match": '"1"'})
        assert renamed.headers["etag"] == '"2"'
        found = (await client.get(address)).json()
    assert (found["title"], found["owner_unit_id"]) == ("Jiný název", body["owner_unit_id"])
    assert indicator(await progress_of(evaluation, project))["progress"]["actual"] == 1  # type: ignore[index]


async def test_a_number_is_entered_once_and_a_city_enters_its_own_alone(evaluation: ServiceUnderTest) -> None:
    await entered(evaluation, ostrava())
    async with evaluation.client(ANALYST) as client:
        twice = await client.post("/projects", json=ostrava())
        assert twice.json()["type"].endswith("registration-number-taken")
        found = (await client.get("/projects?q=ostrav udrziteln&filter[programme]=OPZ")).json()["items"]
        assert [item["starts_on"] for item in found] == [date(2017, 11, 1).isoformat()]
        assert len((await client.get(f"/projects?filter[unit]={OSTRAVA}")).json()["items"]) == 1
        assert (await client.get(f"/projects?filter[unit]={FORTY[0]}")).json()["items"] == []
        for part in ("", "/progress", "/documents"):
            assert (await client.get(f"/projects/{FORTY[0]}{part}")).status_code == 404
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.post("/projects", json=rssz())).status_code == 403


async def test_of_two_projects_that_take_one_number_at_once_the_second_is_refused(
    evaluation: ServiceUnderTest,
) -> None:
    first, second = await entered(evaluation, ostrava()), await entered(evaluation, rssz())
    number = "CZ.03.02.02/00/22_004/0000999"
    take = text("UPDATE project SET registration_number = :number WHERE id = :id")
    async with evaluation.client(ANALYST) as client:
        async with evaluation.transaction() as faster:
            await faster.session.execute(take, {"number": number, "id": first})
            change = client.put(
                f"/projects/{second}",
                json={**rssz(), "registration_number": number},
                headers={"If-Match": '"1"'},
            )
            slower = asyncio.create_task(change)
            await somebody_waits(evaluation)
        refused = await slower
        assert (refused.status_code, refused.json()["type"]) == (
            409,
            "urn:pospolu:problem:registration-number-taken",
        )
        assert (await client.get(f"/projects/{second}")).json()["version"] == 1
