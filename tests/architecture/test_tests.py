"""The tests themselves keep the rules: no waiting by the clock, no mocks, and each proves something."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.architecture.guards import tested
from tests.architecture.guards.sources import ROOT

Guard = Callable[[Path], Iterable[str]]
BROKEN: list[tuple[Guard, str]] = [
    (tested.sleeping_tests, "async def test_a_plan_is_seen():\n await asyncio.sleep(1)\n assert f()"),
    (tested.sleeping_tests, "from time import sleep\ndef test_a_plan_is_seen():\n sleep(1)\n assert f()"),
    (tested.mocking_tests, "from unittest.mock import Mock"),
    (tested.mocking_tests, "import unittest.mock"),
    (tested.proving_nothing, "def test_a_plan_is_seen():\n f()"),
    (tested.proving_nothing, "def test_a_plan_is_seen():\n assert True"),
    (tested.names_that_say_nothing, "def test_plan():\n assert f()"),
]


@pytest.mark.parametrize("guard", dict.fromkeys(guard for guard, _ in BROKEN), ids=lambda g: g.__name__)
def test_the_tests_keep_the_rule(guard: Guard) -> None:
    assert list(guard(ROOT)) == []


@pytest.mark.parametrize(("guard", "code"), BROKEN)
def test_a_test_that_breaks_the_rule_is_found(guard: Guard, code: str, tmp_path: Path) -> None:
    path = tmp_path / "tests" / "unit" / "planning" / "test_plans.py"
    path.parent.mkdir(parents=True)
    path.write_text(code)
    (found,) = guard(tmp_path)
    assert found.startswith("tests/unit/planning/test_plans.py")
