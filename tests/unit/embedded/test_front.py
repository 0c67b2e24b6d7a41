"""The first page leads to what anybody may read."""

import importlib
from urllib.parse import urlsplit

import pytest

from embedded.front import PUBLIC
from embedded.front_texts import TEXTS
from tests.architecture.guards.routes import declarations


@pytest.mark.parametrize("name", PUBLIC)
def test_what_the_first_page_calls_public_is_read_without_signing_in(name: str) -> None:
    _, service, path = urlsplit(PUBLIC[name]).path.removeprefix("/api").split("/", 2)
    declared = declarations(importlib.import_module(f"{service}.app").SERVICE.routers)
    (roles,) = (each.roles for each in declared if each.place == f"GET /{path}")
    assert roles is None


def test_everything_public_has_a_name_in_both_languages() -> None:
    for texts in TEXTS.values():
        assert PUBLIC.keys() <= texts.keys()
