"""What documents asks of the world outside, standing in for it."""

from collections.abc import Iterator

import pytest

from documents import outside
from tests.support.documents import PlanningStandIn
from tests.support.service import ServiceUnderTest


@pytest.fixture
def planning_stand_in(
    documents: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PlanningStandIn]:
    server = PlanningStandIn()
    settings = documents.resources.settings
    environ = {
        "POSPOLU_ENVIRONMENT": "development",
        "DOCUMENTS_DATABASE_URL": settings.database_url,
        "NATS_URL": settings.nats_url,
        "NATS_MONITOR_URL": settings.nats_monitor_url,
        "OIDC_ISSUER": server.origin,
        "DOCUMENTS_OIDC_CLIENT_ID": "documents",
        "DOCUMENTS_OIDC_CLIENT_SECRET": "s3cret",
        "PLANNING_URL": f"{server.origin}/api/planning",
        "DOCUMENTS_FILES_URL": settings.files_url,
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    _forget()
    yield server
    server.stop()
    _forget()


def _forget() -> None:
    outside.settings.cache_clear()
    outside.planning.cache_clear()
