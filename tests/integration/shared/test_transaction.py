"""The edge of the transaction: what is answered has been committed."""

import asyncio

import pytest

from shared.auth import Actor
from shared.transaction import transaction
from tests.integration.shared.conftest import Toy
from tests.support.toy import a_closure


async def test_a_failed_commit_answers_5xx_and_leaves_nothing(toy: Toy) -> None:
    answer = await toy.client.post("/toys/spoiled?note=x", headers={"Idempotency-Key": "one"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert await toy.count("audit") == 0
    assert await toy.count("idempotency") == 0


async def test_state_and_events_commit_together(toy: Toy) -> None:
    answer = await toy.client.post("/toys?note=one")
    assert answer.status_code == 201
    assert (await toy.count("effect"), await toy.count("outbox"), await toy.count("audit")) == (1, 1, 1)


async def test_what_raises_leaves_neither_state_nor_events(toy: Toy) -> None:
    async def tell_and_fail() -> None:
        async with transaction(toy.engine, actor=Actor.system("toy"), correlation_id="x") as tx:
            tx.emit(a_closure())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await tell_and_fail()
    assert await toy.count("outbox") == 0


async def test_events_keep_the_order_in_which_they_were_told(toy: Toy) -> None:
    told = [a_closure(version) for version in range(1, 51)]
    async with transaction(toy.engine, actor=Actor.system("toy"), correlation_id="x") as tx:
        for event in told:
            tx.emit(event)
    ids = await toy.column("SELECT aggregate_id FROM outbox ORDER BY position")
    assert ids == [event.unit_id for event in told]


async def test_a_repeated_post_is_answered_again_and_done_once(toy: Toy) -> None:
    first = await toy.client.post("/toys?note=one", headers={"Idempotency-Key": "k1"})
    again = await toy.client.post("/toys?note=one", headers={"Idempotency-Key": "k1"})
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert (await toy.count("effect"), await toy.count("outbox")) == (1, 1)


async def test_a_key_used_for_another_request_is_refused(toy: Toy) -> None:
    await toy.client.post("/toys?note=one", headers={"Idempotency-Key": "k1"})
    other = await toy.client.post("/toys?note=two", headers={"Idempotency-Key": "k1"})
    assert other.status_code == 422
    assert other.json()["type"] == "urn:pospolu:problem:idempotency-key-reused"


async def test_two_posts_with_one_key_at_the_same_time_are_done_once(toy: Toy) -> None:
    answers = await asyncio.gather(
        *(toy.client.post("/toys?note=one", headers={"Idempotency-Key": "k1"}) for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert await toy.count("effect") == 1


async def test_a_refused_post_may_be_tried_again_with_its_key(toy: Toy) -> None:
    await toy.client.post("/toys/spoiled?note=x", headers={"Idempotency-Key": "k1"})
    assert (await toy.client.post("/toys?note=x", headers={"Idempotency-Key": "k1"})).status_code == 201


@pytest.mark.parametrize(
    ("tag", "status"), [(None, 428), ('"3"', 200), ("3", 422), ('W/"3"', 422), ("*", 422)]
)
async def test_a_change_needs_the_version_that_it_was_decided_on(
    toy: Toy, tag: str | None, status: int
) -> None:
    headers = {} if tag is None else {"If-Match": tag}
    assert (await toy.client.put("/toys/x", headers=headers)).status_code == status


async def test_one_correlation_id_goes_from_the_request_into_the_event(toy: Toy) -> None:
    answer = await toy.client.post("/toys?note=one", headers={"X-Correlation-Id": "from-outside"})
    assert answer.headers["x-correlation-id"] == "from-outside"
    [body] = await toy.column("SELECT body::json ->> 'correlationid' FROM outbox")
    assert body == "from-outside"
