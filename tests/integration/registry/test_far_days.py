"""Days at the ends of the calendar are refused: they are typing errors, and no database keeps them well."""

import pytest

from tests.support.applications import announced, drafted, with_municipalities
from tests.support.commission import ESTABLISHED_BY
from tests.support.registry import cooperation_json
from tests.support.service import ServiceUnderTest
from tests.support.statements import a_request
from tests.support.tokens import ADMINISTRATOR, ANALYST, CONSULTANT


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_no_agreement_lasts_to_the_end_of_the_calendar(registry: ServiceUnderTest, day: str) -> None:
    await with_municipalities(registry)
    term = {"established_by": ESTABLISHED_BY, "starts_on": "2021-10-19"}
    async with registry.client(ADMINISTRATOR) as client:
        answers = [
            await client.post("/commissions", json={**term, "starts_on": day}),
            await client.post("/commissions", json={**term, "ends_on": day}),
            await client.post("/cooperations", json=cooperation_json(starts_on=day)),
            await client.post("/cooperations", json=cooperation_json(ends_on=day)),
            await client.post("/cooperations", json=cooperation_json(regime="IKP", starts_on=day)),
            await client.post("/statements", json=a_request(selected_on=day)),
        ]
    assert [answer.status_code for answer in answers] == [422] * len(answers)


async def test_no_deadline_is_counted_from_a_day_to_come(registry: ServiceUnderTest) -> None:
    await with_municipalities(registry)
    await announced(registry)
    filed = await drafted(registry, CONSULTANT)
    await filed.moved("submission", CONSULTANT)
    answer = await filed.post("return", ANALYST, on="9999-12-31")
    assert answer.status_code == 422, answer.text
