"""Imports over HTTP: send a file, expect a report."""

from typing import Any

import httpx

from shared.contracts.base import Role
from tests.support.tokens import an_actor

ANALYST = an_actor(Role.ANALYST, affiliation="Agentura", sub="jan.analytik")
Report = dict[str, Any]


async def sent(client: httpx.AsyncClient, what: str, content: bytes, **asked: str) -> httpx.Response:
    return await client.post(f"/units/imports/{what}", content=content, params=asked)


async def taken_over(client: httpx.AsyncClient, what: str, content: bytes, **asked: str) -> Report:
    """Return the report of an import that must succeed."""
    answer = await sent(client, what, content, **asked)
    assert answer.status_code == 200, answer.text
    report: Report = answer.json()
    return report


def counted(report: Report) -> dict[str, int]:
    """Return what changed, without what did not."""
    return {what: count for what, count in report["changes"].items() if count}


async def unit_named(client: httpx.AsyncClient, name: str, kind: str, **asked: str) -> dict[str, Any]:
    """Return the one unit of a kind that bears the name."""
    answer = await client.get("/units", params={"q": name, "filter[kind]": kind, **asked})
    (unit,) = [each for each in answer.json()["items"] if each["name"] == name]
    found: dict[str, Any] = unit
    return found
