"""What generators of clients read: names of operations, roles, the headers that a change takes."""

from typing import Any

import pytest

from tests.architecture.guards.sources import SERVICES
from tests.contracts.generate import openapi

Operation = dict[str, Any]


def operations(service: str) -> dict[str, Operation]:
    paths: Any = openapi(service)["paths"]
    return {
        f"{method.upper()} {path}": operation
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def parameter(operation: Operation, name: str) -> Operation | None:
    return next((each for each in operation.get("parameters", ()) if each["name"].lower() == name), None)


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_has_a_name_of_its_own_without_the_address_in_it(service: str) -> None:
    names = [operation["operationId"] for operation in operations(service).values()]

    assert len(set(names)) == len(names)
    assert [name for name in names if not name.isidentifier()] == []


def test_an_operation_names_the_roles_that_it_lets_in() -> None:
    found = operations("registry")

    assert found["POST /cooperations"]["x-roles"] == ["administrator", "consultant", "director"]
    assert found["POST /cooperations"]["security"] == [{"OIDC": []}]


def test_what_is_public_takes_no_token_and_a_token() -> None:
    assert operations("registry")["GET /units"]["security"] == [{}, {"OIDC": []}]


def test_a_change_takes_the_version_that_was_decided_on() -> None:
    header = parameter(operations("registry")["PATCH /units/{unit_id}"], "if-match")

    assert header is not None
    assert header["required"] is True
    assert header["schema"] == {"type": "string", "pattern": '^"[0-9]{1,18}"$'}


@pytest.mark.parametrize("service", SERVICES)
def test_every_post_takes_a_key_against_repetition_and_nothing_else_does(service: str) -> None:
    for name, operation in operations(service).items():
        assert (parameter(operation, "idempotency-key") is not None) == name.startswith("POST "), name


def test_what_is_created_has_an_address_and_a_version() -> None:
    created = operations("registry")["POST /units"]["responses"]["201"]

    assert created["headers"].keys() == {"Location", "ETag"}


@pytest.mark.parametrize("service", SERVICES)
def test_models_have_names_and_titles_of_their_own(service: str) -> None:
    components: Any = openapi(service)["components"]
    titles = [model["title"] for model in components["schemas"].values() if "title" in model]

    assert not [name for name in components["schemas"] if "__" in name]
    assert len(titles) == len(set(titles))
