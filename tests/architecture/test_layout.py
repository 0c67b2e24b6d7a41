"""Where code stands: flat slices, small files, names that say something."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.architecture.guards import layout
from tests.architecture.guards.planted import a_checkout
from tests.architecture.guards.sources import ROOT, SERVICES

Guard = Callable[[Path], Iterable[str]]
GUARDS: list[Guard] = [
    layout.folders_in_slices,
    layout.slices_that_explain_nothing,
    layout.long_files,
    layout.vague_names,
    layout.second_init_files_of_tests,
]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_code_stands_where_it_should(guard: Guard) -> None:
    assert list(guard(ROOT)) == []


def test_a_folder_in_a_slice_is_found(tmp_path: Path) -> None:
    root = a_checkout(tmp_path, planning__plans__domain="", planning__plans__tree__domain="")
    assert list(layout.folders_in_slices(root)) == ["planning/plans/tree/domain.py: a slice has no folders"]


@pytest.mark.parametrize("files", [{}, {"planning__plans____init__": ""}])
def test_a_slice_that_does_not_say_what_it_is_is_found(tmp_path: Path, files: dict[str, str]) -> None:
    root = a_checkout(tmp_path, planning__plans__domain="", **files)
    for service in SERVICES:
        (root / "services" / service / "src" / service).mkdir(parents=True, exist_ok=True)
    assert list(layout.slices_that_explain_nothing(root)) == [
        "planning/plans: no docstring that says what the slice is"
    ]


@pytest.mark.parametrize(
    ("place", "most"), [("plans/domain.py", 250), ("migrations/versions/0001_plans.py", 300)]
)
def test_a_file_that_has_grown_too_long_is_found(tmp_path: Path, place: str, most: int) -> None:
    path = tmp_path / "services/planning/src/planning" / place
    path.parent.mkdir(parents=True)
    path.write_text("x = 1\n" * most)
    assert list(layout.long_files(tmp_path)) == []
    path.write_text("x = 1\n" * (most + 1))
    assert len(list(layout.long_files(tmp_path))) == 1


@pytest.mark.parametrize("name", ["utils", "helpers", "plan_utils", "service", "common", "manager"])
def test_a_name_that_says_nothing_is_found(tmp_path: Path, name: str) -> None:
    root = a_checkout(tmp_path, **{f"planning__{name}": ""})
    assert list(layout.vague_names(root)) == [f"planning/{name}.py: the name says nothing"]


def test_a_second_init_file_among_the_tests_is_found(tmp_path: Path) -> None:
    for place in ("__init__.py", "unit/__init__.py"):
        (tmp_path / "tests" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / place).touch()
    assert list(layout.second_init_files_of_tests(tmp_path)) == ["tests/unit/__init__.py"]
