"""Events delivered three times and out of order, and a broker that lost everything: rows exactly once."""

import asyncio
import os
import random
from datetime import UTC, datetime
from functools import partial

import nats

from embedded.nats_users import SERVICES
from embedded.sample_plan import sample_plan
from embedded.story import Story
from shared.canonical import digest
from tests.support.eventually import eventually
from tests.support.platform import Platform
from tests.support.tokens import OBRNICE

APPROVALS = int(os.environ.get("E2E_APPROVALS", "12"))
"""How many plans are approved before the broker's data are lost; the measurement takes 500."""


async def deliver_again_in_disorder(platform: Platform, service: str, times: int = 3) -> None:
    """Publish every event of a service's outbox several times, shuffled, as a broken relay might."""
    rows = await platform.query(service, "SELECT subject, body FROM outbox ORDER BY position")
    doubled = [(row["subject"], row["body"].encode()) for row in rows] * times
    random.Random(service).shuffle(doubled)  # noqa: S311 - an order, not a secret
    client = await nats.connect(platform.nats.url(service), inbox_prefix=f"_INBOX_{service}".encode())
    for subject, body in doubled:
        await client.jetstream().publish(subject, body)
    await client.close()


async def settled(platform: Platform) -> bool:
    """Say whether nothing waits in any outbox and no consumer has anything left."""
    for service in SERVICES:
        [row] = await platform.query(service, "SELECT count(*) FROM outbox WHERE published_at IS NULL")
        if int(row[0]) or any(platform.lag(f"{service}-worker").values()):
            return False
    return True


PAPERS = 4
"""The plan in full, its design part, and its summary in two languages."""
ROWS = {
    "evaluation": (
        "SELECT count(*) FROM obligation WHERE plan_id = '{plan}'",
        "SELECT count(*) FROM evaluation WHERE plan_id = '{plan}'",
        "SELECT count(*) FROM deliverable WHERE plan_id = '{plan}'",
    ),
    "documents": (
        """
        SELECT count(*) FROM document_version v JOIN document d ON d.id = v.document_id
        WHERE d.plan_id = '{plan}'
        """,
    ),
    "planning": (
        "SELECT count(*) FROM outbox WHERE aggregate_id = '{plan}' AND subject LIKE '%implementation%'",
    ),
}


AGREEMENTS = """
SELECT kind FROM document
WHERE kind IN ('MEMO', 'POPIS') AND state = 'signed' AND latest = 1 AND '{unit}' = ANY (unit_ids)
ORDER BY kind
"""


async def test_events_delivered_three_times_and_out_of_order_leave_every_row_once(
    platform: Platform,
) -> None:
    story = Story(people=platform.people(), now=datetime.now(UTC))
    steps = story.backbone()
    approval = steps.index(story.approve)
    for step in steps[:approval]:
        step()
    paper = partial(_agreements_on_paper, platform, story.unit_id)
    await eventually("memorandum and description are on paper", paper, within=60)
    for service in ("evaluation", "documents"):
        platform.kill(f"{service}-worker")
    story.approve()
    await eventually("planning told everything", lambda: _told(platform, "planning"))
    for service in ("registry", "planning"):
        await deliver_again_in_disorder(platform, service)
    for service in ("evaluation", "documents"):
        platform.begin(f"{service}-worker")
    for step in steps[approval + 1 :]:
        step()
    await deliver_again_in_disorder(platform, "evaluation")
    await eventually("all is handled", lambda: settled(platform), within=60)
    counted = [
        (await platform.query(service, sql.format(plan=story.plan_id)))[0][0]
        for service, statements in ROWS.items()
        for sql in statements
    ]
    assert counted == [story.obligations, 3, 1, PAPERS, 1], "parts of a plan are no deliverables"
    assert await paper(), "told again, they are made once"
    for service in SERVICES:
        assert (await platform.query(service, "SELECT count(*) FROM dead_letter"))[0][0] == 0


async def _agreements_on_paper(platform: Platform, unit_id: str) -> bool:
    rows = await platform.query("documents", AGREEMENTS.format(unit=unit_id))
    return [row[0] for row in rows] == ["MEMO", "POPIS"]


async def _told(platform: Platform, service: str) -> bool:
    rows = await platform.query(service, "SELECT count(*) FROM outbox WHERE published_at IS NULL")
    return int(rows[0][0]) == 0


DIGESTS = {
    "planning": "SELECT plan_id || '/' || number || '/' || digest FROM revision ORDER BY 1",
    "evaluation": "SELECT plan_id || '/' || revision || '/' || digest FROM monitored_plan ORDER BY 1",
    "documents": """
        SELECT d.plan_id || '/' || v.number || '/' || v.source_digest
        FROM document_version v JOIN document d ON d.id = v.document_id AND d.kind = 'PLAN' ORDER BY 1
    """,
}


async def digests(platform: Platform) -> set[str]:
    """Return the digests of what was approved, as each service has it: one when they agree."""
    found = {service: await platform.query(service, sql) for service, sql in DIGESTS.items()}
    return {digest("\n".join(row[0] for row in rows).encode()) for rows in found.values()}


async def test_a_lost_broker_is_rebuilt_from_the_outboxes(platform: Platform) -> None:
    """Half of the approvals are handled before the loss, half were only in the broker."""
    approver = _Approver(platform)
    for _ in range(APPROVALS // 2):
        await asyncio.to_thread(approver.approve_one)
    await eventually("the first half is handled", lambda: settled(platform), within=300)
    for service in ("evaluation", "documents"):
        platform.kill(f"{service}-worker")
    for _ in range(APPROVALS - APPROVALS // 2):
        await asyncio.to_thread(approver.approve_one)
    await eventually("planning told everything", lambda: _told(platform, "planning"))
    assert len(await digests(platform)) > 1

    platform.stop_broker()
    platform.lose_broker_data()
    platform.start_broker()
    for service in ("evaluation", "documents"):
        platform.begin(f"{service}-worker")
    for service in SERVICES:
        process = platform.run(service, "republish", "--from", "0")
        assert process.finish() == 0, process.tail()

    async def agree() -> bool:
        return len(await digests(platform)) == 1

    await eventually("all services have what was approved", agree, within=600, every=0.5)
    await eventually("all is handled", lambda: settled(platform), within=300)
    rows = await platform.query("planning", "SELECT DISTINCT status FROM plan")
    assert {row["status"] for row in rows} == {"in-implementation"}


class _Approver:
    """Approves small plans of Obrnice as fast as the API takes them."""

    def __init__(self, platform: Platform) -> None:
        self._people = platform.people()

    def approve_one(self) -> None:
        content = sample_plan(goals=1, measures=1, indicators=2, years=2)
        head = {name: value for name, value in content.items() if name != "problems"}
        coordinator, mayor = self._people["coordinator-obrnice"], self._people["mayor-obrnice"]
        plan = coordinator.do(
            "POST", "planning/plans", {**head, "unit_ids": [str(OBRNICE)]}, status=201
        ).json()
        path, version = f"planning/plans/{plan['id']}", plan["version"]
        coordinator.do("PUT", f"{path}/tree", {"problems": content["problems"]}, version=version)
        coordinator.do("POST", f"{path}/submission", version=version + 1)
        body = {"body": "Zastupitelstvo", "approved_on": "2026-02-11", "resolution_number": "1/2026"}
        mayor.do("POST", f"{path}/approval", body, version=version + 2)
