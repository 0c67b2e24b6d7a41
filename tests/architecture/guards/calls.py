"""What code of a service may not say: ends of transactions, clocks, random ids, relationships, Any."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.guards.imports import imported
from tests.architecture.guards.sources import Source, sources

ENDS: Final = frozenset({"commit", "rollback", "begin", "begin_nested"})
CLOCKS: Final = frozenset(
    {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "time.time_ns",
        "func.now",
        "func.current_date",
        "func.current_timestamp",
    }
)
IDS: Final = frozenset({"uuid1", "uuid4", "uuid7"})
ARRAYS: Final = frozenset({"numpy", "scipy", "xlsxwriter"})
WITH_FLOATS: Final = {
    "registry/exclusion/comparison.py": "distances in metres, as the arrays have them",
    "planning/reader.py": "numbers of a spreadsheet",
    "registry/reader.py": "numbers of a spreadsheet",
    "registry/reading.py": "numbers of a spreadsheet",
}
"""Modules without arrays that may speak of floats, with the reason."""
ANY_ALLOWED: Final = {
    "planning/plans/tree_repository.py": "rows of six kinds of node go through one table of columns"
}


def ended_transactions(root: Path) -> Iterator[str]:
    """The edge opens and ends a transaction; a service never does."""
    for source, call in _calls(root):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ENDS:
            yield _at(source, call, f"{call.func.attr}() stands in shared alone")


def own_clocks(root: Path) -> Iterator[str]:
    """`tx.now` is the time of a decision; a read has no transaction, its route may ask for the instant."""
    for source, call in _calls(root):
        name = _dotted(call.func)
        in_utc = [ast.unparse(argument) for argument in call.args] == ["UTC"]
        if source.kind == "routes" and name == "datetime.now" and in_utc:
            continue
        if ".".join(name.split(".")[-2:]) in CLOCKS:
            yield _at(source, call, f"{name}(): take tx.now")


def own_ids(root: Path) -> Iterator[str]:
    """Ids come from `tx.new_id()`, so that they sort by time."""
    for source, call in _calls(root):
        if _dotted(call.func).rpartition(".")[2] in IDS:
            yield _at(source, call, "take tx.new_id()")


def relationships(root: Path) -> Iterator[str]:
    """Load what you need: a relationship loads by surprise."""
    for source, call in _calls(root):
        if _dotted(call.func).rpartition(".")[2] in {"relationship", "backref", "lazyload", "joinedload"}:
            yield _at(source, call, "no relationships in tables")


def any_in_annotations(root: Path) -> Iterator[str]:
    """`Any` switches the type checker off."""
    for source in sources(root):
        if source.name in ANY_ALLOWED:
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name) and node.id == "Any":
                yield _at(source, node, "Any")


def floats(root: Path) -> Iterator[str]:
    """Money, ratios and thresholds are integers or decimals; arrays and cells of spreadsheets have floats."""
    for source in sources(root):
        if source.name in WITH_FLOATS or any(
            each.partition(".")[0] in ARRAYS for each in imported(source.tree)
        ):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name) and node.id == "float":
                yield _at(source, node, "float")


def _calls(root: Path) -> Iterator[tuple[Source, ast.Call]]:
    for source in sources(root):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                yield source, node


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{_dotted(node.value)}.{node.attr}".removeprefix(".")
    return ""


def _at(source: Source, node: ast.Call | ast.Name, what: str) -> str:
    return f"{source.name}:{node.lineno}: {what}"
