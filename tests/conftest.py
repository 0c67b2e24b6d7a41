"""Servers once for the whole run; each service on a database of its own, emptied before each test."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import settings

from shared.logs import configure_logs
from tests.support.servers import NatsServer, PostgresServer, start_nats, start_postgres
from tests.support.service import ServiceUnderTest, a_service

configure_logs("WARNING", process="tests")
settings.register_profile("pospolu", deadline=None)  # a busy machine breaks no rule
settings.load_profile("pospolu")
gc.set_threshold(50_000, 20, 20)  # what was imported lives on: looking at it is no work for every test


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def empty_folder(folder: Path) -> None:
    for inside in folder.iterdir():
        rmtree(inside)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    server = start_postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    server = start_nats(tmp_path_factory.mktemp("nats"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
async def registry_service(postgres: PostgresServer, nats: NatsServer) -> AsyncIterator[ServiceUnderTest]:
    from registry.app import SERVICE

    async with a_service(SERVICE, postgres, nats) as service:
        yield service


@pytest.fixture(scope="session")
async def planning_service(postgres: PostgresServer, nats: NatsServer) -> AsyncIterator[ServiceUnderTest]:
    from planning.app import SERVICE

    async with a_service(SERVICE, postgres, nats) as service:
        yield service


@pytest.fixture(scope="session")
async def evaluation_service(postgres: PostgresServer, nats: NatsServer) -> AsyncIterator[ServiceUnderTest]:
    from evaluation.app import SERVICE

    async with a_service(SERVICE, postgres, nats) as service:
        yield service


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session")
async def documents_service(
    postgres: PostgresServer, nats: NatsServer, files: Path
) -> AsyncIterator[ServiceUnderTest]:
    from documents.app import SERVICE

    async with a_service(SERVICE, postgres, nats, FILES_URL=files.as_uri()) as service:
        yield service


@pytest.fixture
async def registry(registry_service: ServiceUnderTest) -> ServiceUnderTest:
    await registry_service.empty()
    return registry_service


@pytest.fixture
async def planning(planning_service: ServiceUnderTest) -> ServiceUnderTest:
    await planning_service.empty()
    return planning_service


@pytest.fixture
async def evaluation(evaluation_service: ServiceUnderTest) -> ServiceUnderTest:
    await evaluation_service.empty()
    return evaluation_service


@pytest.fixture
async def documents(documents_service: ServiceUnderTest, files: Path) -> ServiceUnderTest:
    await documents_service.empty()
    await asyncio.to_thread(empty_folder, files)
    return documents_service
