"""The platform once for each module: a module's tests share its history."""

from collections.abc import Iterator

import pytest

from tests.support.platform import Platform, a_platform
from tests.support.servers import PostgresServer


@pytest.fixture(scope="module")
def platform(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with a_platform(tmp_path_factory.mktemp("platform"), postgres) as running:
        yield running
