"""What a council approved stays as it was, whatever is sent to whichever address."""

from collections.abc import Iterator, Mapping
from typing import Final

from planning.app import SERVICE
from shared.contracts.base import Role
from tests.contracts.generate import openapi
from tests.support.planning import PlanUnderWay, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, an_actor

WRITES: Final = ("post", "put", "patch", "delete")
EVERYBODY: Final = an_actor(*Role, units=[OBRNICE], sub="everybody")
ORDER: Final = {"revisions": -2, "tree": -1, "submission": 1, "discarding": 2, "closure": 3}
REASON: Final = {"reason": "Rada chce vidět víc."}


def writing_routes() -> Iterator[tuple[str, str]]:
    """Give every operation that writes under the address of a plan, so ordered that most can be done."""
    paths = openapi(SERVICE.name)["paths"]
    assert isinstance(paths, Mapping)
    found = [
        (method, path)
        for path, operations in paths.items()
        for method in operations
        if method in WRITES and "{plan_id}" in path
    ]
    yield from sorted(found, key=lambda each: (ORDER.get(each[1].rpartition("/")[2], 0), each))


async def test_no_route_changes_an_approved_revision(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    approved = (await plan.get(None, "/revisions/1")).content
    taken = set()
    for method, path in writing_routes():
        for body in await bodies(plan):
            status = await sent(planning, plan, method, path, body)
            taken |= {path.rpartition("/")[2]} if status < 300 else set()
            assert (await plan.get(None, "/revisions/1")).content == approved, (method, path)
    assert {"revisions", "tree", "submission", "discarding", "closure"} <= taken, taken
    assert (await plan.get()).json()["status"] == "closed"


async def bodies(plan: PlanUnderWay) -> list[object]:
    """Return what routes of plans take: the plan's own content, a reason, an approval, another title."""
    whole = (await plan.get()).json()
    problems = [{**whole["problems"][0], "title": "Jiný problém"}]
    return [
        None,
        {"problems": _without_numbers(problems)},
        REASON,
        {"title": "Jiný plán"},
        {"values": {"title": "Jiný uzel"}},
        {"body": "Zastupitelstvo", "approved_on": "2026-11-01", "resolution_number": "9/2026"},
        {"closed_on": whole["valid_from"], **REASON},
    ]


def _without_numbers(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_numbers(each) for name, each in value.items() if name != "number"}
    return [_without_numbers(each) for each in value] if isinstance(value, list) else value


async def sent(planning: ServiceUnderTest, plan: PlanUnderWay, method: str, path: str, body: object) -> int:
    whole = (await plan.get()).json()
    node = whole["problems"][0]["goals"][0]["measures"][0]["id"]
    address = path.replace("{plan_id}", plan.id)
    while "{" in address:
        before, _, rest = address.partition("{")
        address = f"{before}{node}{rest.partition('}')[2]}"
    async with planning.client(EVERYBODY) as client:
        headers = {"If-Match": f'"{whole["version"]}"'}
        return (await client.request(method, address, json=body, headers=headers)).status_code
