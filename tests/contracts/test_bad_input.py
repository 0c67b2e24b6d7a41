"""Schemathesis over the four OpenAPI documents: whatever is sent, no fault of ours, and answers as promised.

`BAD_INPUT_EXAMPLES=500` looks deeper.
"""

import itertools
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, Final, TypeAlias

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from evaluation.monitoring.tables import ObligationRow
from shared.contracts.base import Role
from shared.contracts.planning import PlanApproved
from shared.contracts.registry import UnitRegistered
from tests.architecture.guards.sources import SERVICES
from tests.contracts.examples import EXAMPLES
from tests.contracts.generate import openapi
from tests.contracts.served import served
from tests.support.planning import a_draft, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, COORDINATOR, OBRNICE, an_actor, headers_of

HOW_MANY: Final = int(os.environ.get("BAD_INPUT_EXAMPLES", "5"))
EVERYBODY: Final = an_actor(*Role, units=[OBRNICE], sub="everybody")
CALLERS: Final = itertools.cycle([headers_of(EVERYBODY), headers_of(COORDINATOR), headers_of(ADMINISTRATOR)])
VERSIONS: Final = itertools.cycle(f'"{version}"' for version in range(1, 7))
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
BOUNDED: Final = settings(
    max_examples=HOW_MANY,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
API: Final = {name: schemathesis.openapi.from_dict(openapi(name)) for name in SERVICES}
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
Known = dict[str, list[str]]
Case: TypeAlias = "schemathesis.Case[Any]"


@pytest.fixture(scope="module")
async def known(
    registry_service: ServiceUnderTest,
    planning_service: ServiceUnderTest,
    evaluation_service: ServiceUnderTest,
    documents_service: ServiceUnderTest,
) -> Known:
    """Fill the services; return the ids of what exists, by the name of the parameter."""
    for service in (registry_service, planning_service, evaluation_service, documents_service):
        await service.empty()
    plan, draft = await an_approved_plan(planning_service), await a_draft(planning_service)
    await evaluation_service.hear(EXAMPLES[UnitRegistered], EXAMPLES[PlanApproved])
    monitored = EXAMPLES[PlanApproved].aggregate_id
    await documents_service.hear(EXAMPLES[UnitRegistered])
    unit = await _created(
        registry_service,
        "/units",
        json={"kind": "region", "code": "CZ042", "name": "Ústecký kraj", "valid_from": "2000-01-01"},
    )
    document = await _created(
        documents_service,
        "/documents",
        data={"title": "Zápis", "unit_ids": str(OBRNICE)},
        files={"file": ("zapis.txt", b"text", "text/plain")},
    )
    async with evaluation_service.transaction() as tx:
        obligation = await tx.session.scalar(ObligationRow.__table__.select().limit(1))
    return {
        "plan_id": [plan.id, draft.id, str(monitored)],
        "unit_id": [unit],
        "document_id": [document],
        "obligation_id": [str(obligation)],
        "number": ["1"],
    }


async def _created(service: ServiceUnderTest, path: str, **request: object) -> str:
    async with service.client(EVERYBODY) as client:
        answer = await client.post(path, **request)  # type: ignore[arg-type]
    assert answer.status_code == 201, answer.text
    return answer.headers["location"].rpartition("/")[2]


@pytest.fixture(scope="module")
async def addresses(
    known: Known,
    registry_service: ServiceUnderTest,
    planning_service: ServiceUnderTest,
    evaluation_service: ServiceUnderTest,
    documents_service: ServiceUnderTest,
) -> AsyncIterator[dict[str, str]]:
    """Serve the four services over HTTP."""
    assert known
    services = (registry_service, planning_service, evaluation_service, documents_service)
    with ExitStack() as stack:
        yield {each.service.name: stack.enter_context(served(each)) for each in services}


def send(case: Case, address: str, known: Known) -> None:
    """Send the case as it was made up, and once more about things that exist."""
    _send(case, address, next(CALLERS))
    names = [name for name in case.path_parameters or {} if name in known]
    if names:
        for values in itertools.zip_longest(*(known[name] for name in names)):
            case.path_parameters.update(
                {name: value or known[name][0] for name, value in zip(names, values, strict=True)}
            )
            _send(case, address, headers={**headers_of(EVERYBODY), "If-Match": next(VERSIONS)})


def _send(case: Case, address: str, headers: dict[str, str]) -> None:
    if isinstance(case.query.get("wait"), int):
        case.query["wait"] = min(case.query["wait"], 1)  # who asks for less patience is answered as well
    answer = case.call(base_url=address, headers=headers)
    case.validate_response(answer, checks=CHECKS)
    if 400 <= answer.status_code < 500:
        assert answer.headers["content-type"] == ["application/problem+json"]
        assert answer.json()["status"] == answer.status_code


@API["registry"].parametrize()
@BOUNDED
def test_registry(case: Case, addresses: dict[str, str], known: Known) -> None:
    send(case, addresses["registry"], known)


@API["planning"].parametrize()
@BOUNDED
def test_planning(case: Case, addresses: dict[str, str], known: Known) -> None:
    send(case, addresses["planning"], known)


@API["evaluation"].parametrize()
@BOUNDED
def test_evaluation(case: Case, addresses: dict[str, str], known: Known) -> None:
    send(case, addresses["evaluation"], known)


@API["documents"].parametrize()
@BOUNDED
def test_documents(case: Case, addresses: dict[str, str], known: Known) -> None:
    send(case, addresses["documents"], known)


class Faulty(BaseHTTPRequestHandler):
    """Answers everything as no service of ours may."""

    status, media_type, body = 500, "application/problem+json", b"{}"

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("content-type", self.media_type)
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None: ...


@pytest.mark.parametrize(
    ("status", "media_type", "body"),
    [
        (500, "application/problem+json", b"{}"),
        (404, "application/json", b"{}"),
        (404, "text/plain", b"Not found"),
        (204, "application/json", b""),
        (200, "text/html", b"<p>"),
        (200, "application/json", b'{"items": 1}'),
    ],
)
def test_an_answer_that_was_not_promised_is_found(status: int, media_type: str, body: bytes) -> None:
    handler = type("Handler", (Faulty,), {"status": status, "media_type": media_type, "body": body})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        case = API["registry"]["/units"]["GET"].Case()
        with pytest.raises((FailureGroup, AssertionError)):
            _send(case, f"http://127.0.0.1:{server.server_port}", {})
        thread.join()
