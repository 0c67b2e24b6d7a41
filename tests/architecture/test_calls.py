"""What code of a service does not say: ends of transactions, clocks, ids, relationships, `Any`, floats."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.architecture.guards import calls, imports, names
from tests.architecture.guards.planted import a_checkout
from tests.architecture.guards.sources import ROOT, sources

Guard = Callable[[Path], Iterable[str]]
BROKEN: list[tuple[Guard, str, str]] = [
    (calls.ended_transactions, "use_cases", "async def f(tx): await tx.session.commit()"),
    (calls.ended_transactions, "repository", "async def f(session): await session.rollback()"),
    (calls.ended_transactions, "repository", "async def f(engine):\n async with engine.begin(): ..."),
    (calls.ended_transactions, "use_cases", "def f(session): session.begin_nested()"),
    (calls.own_clocks, "domain", "today = date.today()"),
    (calls.own_clocks, "use_cases", "now = datetime.now(UTC)"),
    (calls.own_clocks, "use_cases", "import datetime\nnow = datetime.datetime.now(datetime.UTC)"),
    (calls.own_clocks, "routes", "now = datetime.now()"),
    (calls.own_clocks, "repository", "query = select(func.now())"),
    (calls.own_clocks, "use_cases", "now = time.time()"),
    (calls.own_ids, "use_cases", "new = uuid4()"),
    (calls.own_ids, "use_cases", "new = uuid.uuid4()"),
    (calls.own_ids, "repository", "new = ids.uuid7()"),
    (calls.relationships, "tables", "class PlanRow(Base):\n goals = relationship('GoalRow')"),
    (calls.relationships, "tables", "goals = orm.relationship('GoalRow')"),
    (calls.any_in_annotations, "domain", "def f(value: Any) -> None: ..."),
    (calls.any_in_annotations, "domain", "def f() -> dict[str, Any]: ..."),
    (calls.floats, "domain", "share: float = 0"),
    (calls.floats, "use_cases", "share = float('0.5')"),
    (imports.foreign_imports, "domain", "import sqlalchemy"),
    (imports.foreign_imports, "domain", "from shared import transaction"),
    (imports.foreign_imports, "domain", "import requests"),
    (imports.foreign_imports, "completeness", "from pydantic import BaseModel"),
    (imports.foreign_imports, "use_cases", "from sqlalchemy import select"),
    (imports.foreign_imports, "use_cases", "from fastapi import Request"),
    (imports.foreign_imports, "repository", "from shared.http import Query"),
    (imports.foreign_imports, "tree_repository", "import httpx"),
    (imports.foreign_imports, "schemas", "from sqlalchemy import Row"),
    (imports.foreign_imports, "routes", "def f():\n from sqlalchemy import select"),
    (imports.foreign_imports, "reactions", "from shared.http import Tx"),
    (imports.foreign_imports, "domain", "import evaluation.tables"),
    (names.misnamed_rows, "tables", "class Plan(Base):\n __tablename__ = 'plan'"),
    (names.misnamed_rows, "tables", "class PlanRow(Base):\n __tablename__ = 'plans'"),
    (names.misnamed_times, "tables", "class PlanRow:\n created: Mapped[datetime]"),
    (names.misnamed_times, "domain", "class Plan:\n approved: date | None"),
    (names.misnamed_times, "schemas", "class PlanIn:\n due: Day"),
]
GUARDS = list(dict.fromkeys(guard for guard, _, _ in BROKEN))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_services_keep_the_rule(guard: Guard) -> None:
    assert list(guard(ROOT)) == []


@pytest.mark.parametrize(
    ("guard", "module", "code"), BROKEN, ids=lambda each: getattr(each, "__name__", str(each))[:40]
)
def test_code_that_breaks_the_rule_is_found(guard: Guard, module: str, code: str, tmp_path: Path) -> None:
    root = a_checkout(tmp_path, **{"planning__plans__domain": "", f"planning__plans__{module}": code})
    (found,) = guard(root)
    assert found.startswith(f"planning/plans/{module}.py")


@pytest.mark.parametrize(
    "code",
    [
        "def f(tx): return tx.now, tx.new_id()",
        "from shared.contracts.planning import PlanKind\nfrom shared.canonical import digest",
        "class Plan:\n approved_on: date\n created_at: datetime\n valid_from: date",
    ],
)
def test_good_code_is_not_found(code: str, tmp_path: Path) -> None:
    root = a_checkout(tmp_path, planning__plans__domain=code)
    assert [found for guard in GUARDS for found in guard(root)] == []


def test_a_route_that_only_reads_may_ask_for_the_instant(tmp_path: Path) -> None:
    root = a_checkout(tmp_path, planning__plans__routes="now = datetime.now(UTC)")
    assert list(calls.own_clocks(root)) == []


def test_the_contracts_stand_on_the_standard_library() -> None:
    assert list(imports.impure_contracts(ROOT)) == []


@pytest.mark.parametrize("line", ["import pydantic", "from shared.errors import Refusal"])
def test_a_contract_that_needs_more_than_the_standard_library_is_found(line: str, tmp_path: Path) -> None:
    root = a_checkout(tmp_path, shared__contracts__base=f"from uuid import UUID\n{line}")
    assert len(list(imports.impure_contracts(root))) == 1


def test_the_guards_see_every_service() -> None:
    seen = {(source.service, source.slice) for source in sources(ROOT)}
    assert {("registry", "units"), ("planning", "plans"), ("evaluation", "values")} <= seen
    assert ("documents", "files") in seen


def test_an_exception_is_listed_only_as_long_as_it_is_needed() -> None:
    named = {source.name: source.text for source in sources(ROOT)}
    assert {place for place in calls.ANY_ALLOWED if "Any" not in named.get(place, "")} == set()
