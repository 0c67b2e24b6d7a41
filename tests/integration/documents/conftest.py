"""What documents asks of the world outside, standing in for it."""

from collections.abc import Iterator

import pytest

from tests.support.documents import PlanningStandIn
from tests.support.service import ServiceUnderTest


@pytest.fixture
def planning_stand_in(documents: ServiceUnderTest) -> Iterator[PlanningStandIn]:
    """Give a planning of ours to the consumers of documents; each test its own."""
    server = PlanningStandIn()
    known = documents.resources.settings
    theirs = known.model_copy(
        update={
            "oidc_issuer": server.origin,
            "oidc_client_id": "documents",
            "oidc_client_secret": "s3cret",
            "planning_url": f"{server.origin}/api/planning",
        }
    )
    for consumer in documents.consumers.values():
        consumer._settings = theirs
    yield server
    server.stop()
    for consumer in documents.consumers.values():
        consumer._settings = known
