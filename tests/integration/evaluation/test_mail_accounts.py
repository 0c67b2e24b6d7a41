"""An address is its person's only when the code came back; what is kept can be forgotten."""

import asyncio
import json

import pytest
from sqlalchemy import text

from tests.support.evaluation import COORDINATOR, NEIGHBOUR, PLAN, a_plan_approved
from tests.support.mail import (
    Mailbox,
    a_mail_account,
    a_mail_server,
    code_of,
    open_account,
    post_letters,
    subscribe,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE

MINE = "/mail-accounts/mine"


async def let_a_minute_pass(evaluation: ServiceUnderTest) -> None:
    async with evaluation.transaction() as tx:
        await tx.session.execute(
            text("UPDATE mail_message SET created_at = created_at - interval '1 minute'")
        )


async def test_the_code_goes_to_the_address_and_proves_it_once(evaluation: ServiceUnderTest) -> None:
    opened = await open_account(evaluation, COORDINATOR, proven=False)
    assert opened.headers["location"].endswith(MINE)
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        code = await code_of(evaluation, COORDINATOR)
        await post_letters(evaluation, port)
    assert f"kód je {code}" in mailbox.plain()
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.get(MINE)).json()["verified_at"] is None
        body = {"code": code}
        wrong = await client.post(f"{MINE}/verification", json={"code": "00000000"})
        assert (wrong.json()["verified"], wrong.json()["tries_left"]) == (False, 4)
        twice = await asyncio.gather(*(client.post(f"{MINE}/verification", json=body) for _ in range(2)))
        assert sorted(each.status_code for each in twice) == [200, 409]
        known = await client.get(MINE)
        assert known.json()["verified_at"] is not None
        assert (await client.post("/mail-accounts", json=a_mail_account())).status_code == 409
        nothing = await client.post(f"{MINE}/code", headers={"If-Match": known.headers["etag"]})
        assert nothing.json()["type"].endswith("address-verified")
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.get(MINE)).status_code == 404


async def test_five_wrong_codes_void_it_and_codes_are_sent_seldom(evaluation: ServiceUnderTest) -> None:
    await open_account(evaluation, COORDINATOR, proven=False)
    right = await code_of(evaluation, COORDINATOR)
    wrong = f"{(int(right) + 1) % 10**8:08d}"
    async with evaluation.client(COORDINATOR) as client:
        asked = [client.post(f"{MINE}/verification", json={"code": wrong}) for _ in range(8)]
        assert sorted(each.status_code for each in await asyncio.gather(*asked)) == [200] * 5 + [409] * 3
        void = await client.post(f"{MINE}/verification", json={"code": right})
        assert void.json()["type"].endswith("code-not-valid")
        version = (await client.get(MINE)).headers["etag"]
        async with a_mail_server(Mailbox()) as port:
            await post_letters(evaluation, port)
            too_soon = await client.post(f"{MINE}/code", headers={"If-Match": version})
            assert (too_soon.status_code, too_soon.headers["retry-after"]) == (429, "60")
            for _ in range(4):
                await let_a_minute_pass(evaluation)
                again = await client.post(f"{MINE}/code", headers={"If-Match": version})
                assert again.status_code == 200, again.text
                version = again.headers["etag"]
                await post_letters(evaluation, port)
        await let_a_minute_pass(evaluation)
        assert (await client.post(f"{MINE}/code", headers={"If-Match": version})).status_code == 429


async def test_another_address_is_to_be_proven_anew(evaluation: ServiceUnderTest) -> None:
    await open_account(evaluation, COORDINATOR)
    async with evaluation.client(COORDINATOR) as client:
        version = (await client.get(MINE)).headers["etag"]
        same = a_mail_account(delivery="weekly")
        kept = await client.put(MINE, json=same, headers={"If-Match": version})
        assert (kept.json()["delivery"], kept.json()["verified_at"] is None) == ("weekly", False)
        assert (await client.put(MINE, json=same, headers={"If-Match": version})).status_code == 412
        other = a_mail_account(address="jana@jinde.test")
        moved = await client.put(MINE, json=other, headers={"If-Match": kept.headers["etag"]})
        assert moved.json()["verified_at"] is None
    assert await code_of(evaluation, COORDINATOR)


async def test_a_person_who_leaves_is_forgotten(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await open_account(evaluation, COORDINATOR)
    await subscribe(evaluation, COORDINATOR, unit_id=OBRNICE)
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.delete(MINE)).status_code == 428
        version = (await client.get(MINE)).headers["etag"]
        assert (await client.delete(MINE, headers={"If-Match": version})).status_code == 204
        assert (await client.get(MINE)).status_code == 404
        assert (await client.get("/reminder-subscriptions")).json()["items"] == []
    async with evaluation.transaction() as tx:
        found = await tx.session.execute(text("SELECT count(*) FROM mail_message WHERE address <> ''"))
        assert found.scalar_one() == 0


async def test_a_subscription_is_of_one_thing_that_one_sees_once(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    async with evaluation.client(COORDINATOR) as client:
        before = await client.post("/reminder-subscriptions", json={"plan_id": str(PLAN)})
        assert before.json()["type"].endswith("mail-account-not-found")
    for actor in (COORDINATOR, NEIGHBOUR):
        await open_account(evaluation, actor)
    async with evaluation.client(COORDINATOR) as client:
        body = {"plan_id": str(PLAN)}
        asked = [client.post("/reminder-subscriptions", json=body) for _ in range(3)]
        answers = await asyncio.gather(*asked)
        assert sorted(each.status_code for each in answers) == [201, 409, 409]
        assert (await client.post("/reminder-subscriptions", json={})).status_code == 422
        (kept,) = (await client.get("/reminder-subscriptions")).json()["items"]
        assert kept["plan_title"] == "Plán sociálního začleňování obce Obrnice"
    address = f"/reminder-subscriptions/{kept['id']}"
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.post("/reminder-subscriptions", json=body)).status_code == 404
        assert (
            await client.post("/reminder-subscriptions", json={"unit_id": str(OBRNICE)})
        ).status_code == 404
        assert (await client.delete(address, headers={"If-Match": '"1"'})).status_code == 404
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.delete(address, headers={"If-Match": '"1"'})).status_code == 204
        assert (await client.delete(address, headers={"If-Match": '"1"'})).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jana",
        "jana@",
        "@obrnice.cz",
        "jana@obrnice",
        "jana malinova@obrnice.cz",
        "jana@obrnice.cz\nBcc: vsem@obrnice.cz",
        "jana@obrnice.cz,petr@obrnice.cz",
        "Jana <jana@obrnice.cz>",
        "jana@příklad.cz",
        "jana\0@obrnice.cz",
        "\ud800@obrnice.cz",
        f"{'a' * 250}@obrnice.cz",
        "a@b@obrnice.cz",
        "(poznamka)jana@obrnice.cz",
    ],
)
async def test_what_is_no_address_is_refused(evaluation: ServiceUnderTest, address: str) -> None:
    async with evaluation.client(COORDINATOR) as client:
        answer = await client.post(
            "/mail-accounts",
            content=json.dumps(a_mail_account(address=address)),
            headers={"Content-Type": "application/json"},
        )
    assert answer.status_code == 422, answer.text
