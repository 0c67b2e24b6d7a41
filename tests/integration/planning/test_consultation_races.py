"""Two who decide about one consultation and its plan at once: what holds is what was decided last."""

import asyncio

import httpx

from tests.support.consultations import a_prepared_consultation, an_announcement, an_open_consultation
from tests.support.service import ServiceUnderTest
from tests.support.settlement import a_consulted_draft
from tests.support.tokens import CONSULTANT, COORDINATOR, MAYOR


def code(answer: httpx.Response) -> str:
    return str(answer.json().get("type", "")).rpartition(":")[2]


async def test_of_an_approval_and_a_new_consultation_at_once_one_happens(planning: ServiceUnderTest) -> None:
    consultation = await a_prepared_consultation(planning)
    plan = consultation.plan
    assert (await consultation.decide("cancellation", {"reason": "Nebude."})).status_code == 200
    plan.etag = (await plan.get()).headers["etag"]
    assert (await plan.submit()).status_code == 200
    async with planning.client(COORDINATOR) as client:
        body = {**an_announcement(), "plan_id": plan.id}
        prepared, approved = await asyncio.gather(client.post("/consultations", json=body), plan.approve())
    assert (prepared.status_code == 201) == (approved.status_code == 409)
    assert (approved.status_code == 200) == (code(prepared) == "nothing-to-consult")


async def test_a_cancellation_and_comments_at_once_lose_no_comment(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    cancelled, *sent = await asyncio.gather(
        consultation.decide("cancellation", {"reason": "Nebude."}),
        *(consultation.comment(address=f"192.0.2.{each}") for each in range(6)),
    )
    taken = [answer.status_code for answer in sent].count(201)
    assert {answer.status_code for answer in sent} <= {201, 409}
    assert (cancelled.status_code == 200) == (taken == 0)
    assert (await consultation.get()).json()["comments"] == taken


async def test_two_comments_joined_with_each_other_at_once_make_no_circle(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    one, two = [(await consultation.comment()).json()["id"] for _ in range(2)]

    async def join(mine: str, main: str) -> httpx.Response:
        async with planning.client(COORDINATOR) as client:
            return await client.post(
                f"/comments/{mine}/joining", json={"main_id": main}, headers={"If-Match": '"1"'}
            )

    answers = await asyncio.gather(join(one, two), join(two, one))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_comment_withdrawn_while_it_is_settled_with_a_change_leaves_one_truth(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    sent = await of.send("POST", "/comments", {"text": "Deset bytů."}, actor=None)
    receipt = {"Comment-Receipt": sent.json()["receipt"], "If-Match": '"1"'}
    measure = (await of.plan.get(COORDINATOR)).json()["problems"][0]["goals"][0]["measures"][0]["id"]
    version = int((await of.plan.get()).headers["etag"].strip('"'))
    change = {"node_id": measure, "values": {"title": "Deset bytů"}, "plan_version": version}

    async def withdraw() -> httpx.Response:
        async with planning.client() as client:
            return await client.post(f"/consultations/{of.id}/comments/1/withdrawal", headers=receipt)

    settled, withdrawn = await asyncio.gather(of.settle(1, result="accepted", change=change), withdraw())
    assert withdrawn.status_code == 200
    assert settled.status_code in {200, 409}, settled.text
    title = (await of.plan.get(COORDINATOR)).json()["problems"][0]["goals"][0]["measures"][0]["title"]
    assert (title == "Deset bytů") == (settled.status_code == 200)


async def test_two_who_settle_and_two_who_edit_at_once_never_block_each_other(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    for _ in range(6):
        await of.comment()
    measure = (await of.plan.get(COORDINATOR)).json()["problems"][0]["goals"][0]["measures"][0]["id"]
    version = int((await of.plan.get()).headers["etag"].strip('"'))

    async def patch(title: str) -> httpx.Response:
        async with planning.client(COORDINATOR) as client:
            return await client.patch(
                f"/plans/{of.plan.id}/nodes/{measure}",
                json={"values": {"title": title}},
                headers={"If-Match": f'"{version}"'},
            )

    change = {"node_id": measure, "values": {"title": "Nový"}, "plan_version": version}
    answers = await asyncio.gather(
        *(of.settle(number, result="accepted", change=change) for number in (1, 2, 3)),
        *(of.settle(number) for number in (4, 5, 6)),
        patch("Jiný"),
        of.send("GET", "/settlement", actor=COORDINATOR),
    )
    assert {answer.status_code for answer in answers} <= {200, 409, 412}
    assert [answer.status_code for answer in answers[3:6]] == [200] * 3
    assert [answer.status_code for answer in (*answers[:3], answers[6])].count(200) == 1


async def test_of_a_publication_and_a_release_at_once_the_table_has_what_was_released(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    await of.comment(text="Volejte 777 123 456.")
    await of.close()
    assert (await of.settle(1)).status_code == 200
    assert (await of.approve()).status_code == 200
    assert (await of.release(1, despite="Číslo úřadu.")).status_code == 200
    redacted, published = await asyncio.gather(
        of.release(1, actor=CONSULTANT, version='"1"', text="Volejte […]."), of.publish(MAYOR)
    )
    assert published.status_code == 200
    table = (await of.get("/publication", None)).json()["comments"]
    assert ("777" in table[0]["text"]) == (redacted.status_code == 409), redacted.text
