"""The import contracts of pyproject.toml are kept, and each goes red when its rule is broken."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from typing import Final

import pytest

from tests.architecture.guards.sources import ROOT, SERVICES

PACKAGES: Final = {
    "shared": "shared/src/shared",
    "embedded": "deploy/embedded/src/embedded",
    **{service: f"services/{service}/src/{service}" for service in SERVICES},
}
CONTRACTS: Final = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}
PLANTED: Final = [
    ("services-apart", "planning/plans/use_cases.py", "import evaluation.values.repository"),
    ("services-apart", "registry/seed.py", "import documents.storage.store"),
    ("services-apart", "shared/clock.py", "import planning.app"),
    ("services-apart", "planning/app.py", "import embedded.run"),
    ("published-language", "shared/contracts/base.py", "import pydantic"),
    ("published-language", "shared/contracts/base.py", "import shared.errors"),
    ("kinds", "registry/units/domain.py", "import registry.units.repository"),
    ("kinds", "planning/plans/repository.py", "import planning.plans.use_cases"),
    ("kinds", "planning/plans/use_cases.py", "import planning.plans.schemas"),
    ("kinds", "planning/plans/routes.py", "import planning.plans.reactions"),
    ("kinds", "evaluation/values/tables.py", "import evaluation.values.repository"),
    ("kinds", "documents/files/names.py", "import documents.files.tables"),
    ("kinds", "registry/cooperation/repository.py", "import registry.units.use_cases"),
    ("kinds", "registry/cooperation/list_repository.py", "import registry.units.use_cases"),
    ("kinds", "registry/cooperation/use_cases.py", "import registry.units.tables"),
    ("kinds", "registry/cooperation/new_use_cases.py", "import registry.units.tables"),
    ("kinds", "registry/cooperation/use_cases.py", "import registry.units.schemas"),
    ("kinds", "registry/cooperation/use_cases.py", "import registry.units.routes"),
    ("kinds", "registry/cooperation/routes.py", "import registry.units.routes"),
    ("kinds", "evaluation/values/use_cases.py", "import evaluation.units.reactions"),
    ("kinds", "documents/outside.py", "import documents.files.tables"),
    ("kinds", "documents/papers/blocks.py", "import documents.files.use_cases"),
    ("purity", "registry/units/codes.py", "import sqlalchemy"),
    ("purity", "registry/units/something_new.py", "import sqlalchemy.orm"),
    ("purity", "planning/plans/tree.py", "import shared.transaction"),
    ("purity", "shared/errors.py", "import fastapi"),
    ("purity", "documents/rendering/layout.py", "import httpx"),
    ("purity", "documents/papers/blocks.py", "import httpx"),
]


PLANT_AND_LINT: Final = """
import contextlib, io, json, pathlib, sys
from importlinter.cli import lint_imports

config, planted = sys.argv[1], json.loads(sys.argv[2])
answers = []
for contract, place, line in planted:
    path = pathlib.Path(place) if place else None
    before = path.read_text(encoding="utf-8") if path and path.exists() else None
    if path:
        path.write_text(f"{before or ''}\\n{line}\\n", encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = lint_imports(config, (contract,) if contract else (), no_cache=True)
    if path:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    answers.append([code, said.getvalue()])
json.dump(answers, sys.stdout)
"""
"""Runs in a process of its own, where the copies are the packages; all plants share its start-up."""
Plant = tuple[str, str, str]
NOTHING_PLANTED: Final = ("", "", "")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[Plant, tuple[int, str]]:
    """Copy the sources of all packages side by side, plant each violation in turn, and lint."""
    tree = tmp_path_factory.mktemp("copied")
    for name, source in PACKAGES.items():
        shutil.copytree(ROOT / source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    plants = [NOTHING_PLANTED, *PLANTED]
    done = subprocess.run(
        [sys.executable, "-c", PLANT_AND_LINT, ROOT / "pyproject.toml", json.dumps(plants)],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tree), str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {plant: (code, said) for plant, (code, said) in zip(plants, json.loads(done.stdout), strict=True)}


def test_all_contracts_are_kept(answers: dict[Plant, tuple[int, str]]) -> None:
    code, said = answers[NOTHING_PLANTED]
    assert code == 0, said
    assert f"{len(CONTRACTS)} kept, 0 broken" in said


@pytest.mark.parametrize("plant", PLANTED, ids=str)
def test_a_contract_goes_red_when_its_rule_is_broken(
    answers: dict[Plant, tuple[int, str]], plant: Plant
) -> None:
    code, said = answers[plant]
    assert code == 1, said
    assert "0 kept, 1 broken" in said


def test_every_contract_is_seen_going_red() -> None:
    assert {contract for contract, _, _ in PLANTED} == CONTRACTS.keys()


def test_every_name_of_an_external_package_is_spelled_right() -> None:
    """A misspelt one would be kept in silence."""
    named = {name for contract in CONTRACTS.values() for name in contract.get("forbidden_modules", ())}
    external = {name for name in named if "*" not in name}
    assert {"sqlalchemy", "pydantic"} <= external
    assert [name for name in sorted(external) if importlib.util.find_spec(name) is None] == []
