"""What each kind of file may import from outside its service: an allow-list; linters have deny-lists."""

import ast
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from tests.architecture.guards.sources import slice_modules

PURE_LIBRARIES: Final = frozenset(
    {
        *("holidays", "icalendar", "jsonschema", "numpy", "polars", "pydantic_core", "pyproj"),
        *("referencing", "scipy", "simplemma", "snowballstemmer", "xlsxwriter"),
    }
)
"""Libraries without input or output that a pure module may use."""
PURE: Final = (
    frozenset({"shared.canonical", "shared.contracts", "shared.days", "shared.errors", "shared.names"})
    | {
        "shared.clients",
        "shared.csv_files",
        "shared.dcat",
        "shared.frozen",
        "shared.mail_letter",
        "shared.mail_message",
        "shared.personal_data",
        "shared.procedure",
        "shared.pseudonyms",
        "shared.sheets",
        "shared.working_days",
    }
    | PURE_LIBRARIES
)
MAY_USE: Final = {
    "tables": PURE | {"sqlalchemy", "shared.database"},
    "repository": PURE
    | {"sqlalchemy", "shared.auth", "shared.bulk", "shared.reads", "shared.stored"}
    | {"shared.telling", "shared.transaction"},
    "use_cases": PURE
    | {"shared.auth", "shared.mail", "shared.reads", "shared.settings", "shared.transaction"},
    "schemas": PURE | {"pydantic", "shared.http"},
    "routes": PURE | {"fastapi", "pydantic", "shared.http"},
    "reactions": PURE | {"shared.reactions", "shared.transaction"},
}


def foreign_imports(root: Path) -> Iterator[str]:
    """SQL in repositories, JSON in schemas, HTTP in routes; rules stand on the standard library."""
    for source in slice_modules(root):
        allowed = MAY_USE.get(source.kind, PURE)
        for module in imported(source.tree):
            if _outside(module, source.service) and not _within(module, allowed):
                yield f"{source.name}: {module}"


def impure_contracts(root: Path) -> Iterator[str]:
    """The published language stands on the standard library: every service and tool can read it."""
    for path in sorted((root / "shared/src/shared/contracts").glob("*.py")):
        for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
            if _outside(module, "") and not _within(module, {"shared.contracts"}):
                yield f"contracts/{path.name}: {module}"


def imported(tree: ast.Module) -> Iterator[str]:
    """Give the full names of what a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from {f"{module}.{alias.name}" if module == "shared" else module for alias in node.names}


def _outside(module: str, service: str) -> bool:
    top = module.partition(".")[0]
    return top != service and top not in sys.stdlib_module_names


def _within(module: str, allowed: AbstractSet[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)
