"""What names promise: rows, instants and dates, errors, events."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from string import Formatter
from typing import Final, get_type_hints
from uuid import UUID

from shared.contracts.base import Event
from shared.errors import Finding, Refusal
from tests.architecture.guards.sources import slice_modules

DATES: Final = re.compile(r"^(\w+_(on|from|until|day|before|after)|on|since|until|day|today|as_of|period)$")
"""`period` is told by its first day, as statistics do."""
INSTANTS: Final = re.compile(r"^(\w+_at|at)$")
SINGULAR_IN_S: Final = frozenset({"status", "progress", "address", "series"})
EVENT_TYPE: Final = re.compile(r"^[a-z]+\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$")
OF_PERSONS: Final = re.compile(
    r"(^|_)(person|email|mail|phone|birth\w*|first_name|last_name|surname|national_id|actor|address)(_|$)"
)


def misnamed_rows(root: Path) -> Iterator[str]:
    """Rows are `PlanRow`, tables singular."""
    for source in slice_modules(root):
        if source.kind != "tables":
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and any(_table_of(node)):
                table = next(_table_of(node))
                if not node.name.endswith("Row"):
                    yield f"{source.name}: {node.name} holds rows and is not named …Row"
                if table.endswith("s") and table.rpartition("_")[2] not in SINGULAR_IN_S:
                    yield f"{source.name}: the table {table} is not singular"


def misnamed_times(root: Path) -> Iterator[str]:
    """A field with an instant is `…_at`, one with a day `…_on`, `…_from`, `…_until` and the like."""
    for source in slice_modules(root):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                for name, annotation in _fields_of(node):
                    if re.search(r"\bdatetime\b", annotation) and not INSTANTS.match(name):
                        yield f"{source.name}: {node.name}.{name} is an instant"
                    if re.search(r"\b(date|Day)\b", annotation) and not DATES.match(name):
                        yield f"{source.name}: {node.name}.{name} is a day"


def _table_of(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if (
            isinstance(line, ast.Assign)
            and ast.unparse(line.targets[0]) == "__tablename__"
            and isinstance(line.value, ast.Constant)
        ):
            yield str(line.value.value)


def _fields_of(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            yield line.target.id, ast.unparse(line.annotation)


def careless_refusals(refusals: Iterable[type[Refusal]]) -> Iterator[str]:
    """A refusal is a fact with a title of its own in both languages, over the same facts."""
    seen: dict[str, type[Refusal]] = {}
    for refusal in refusals:
        name = f"{refusal.__module__}.{refusal.__name__}"
        code = refusal.__new__(refusal).code
        if refusal.__name__.endswith(("Error", "Exception")):
            yield f"{name}: the fact that stopped us has no suffix"
        if not any({"cs", "en"} <= vars(kind).keys() for kind in _between(refusal)):
            yield f"{name}: no title of its own in cs and en"
        elif refusal.cs == refusal.en:
            yield f"{name}: the same title in cs and en"
        if _placeholders(refusal.cs) != _placeholders(refusal.en):
            yield f"{name}: cs and en tell different facts"
        other = seen.setdefault(code, refusal)
        if other is not refusal and other.__module__.split(".")[0] == refusal.__module__.split(".")[0]:
            yield f"{name}: {other.__module__}.{other.__name__} has the same code {code}"


def _between(refusal: type[Refusal]) -> Iterator[type]:
    """Give the refusal and what it is made of, up to the base classes of all errors."""
    yield refusal
    yield from (kind for kind in refusal.__mro__ if kind.__module__ != Refusal.__module__)


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


TOLD_BY: Final = {
    "consultation": "planning",
    "intake": "registry",
    "measures": "planning",
    "quality": "evaluation",
    "reports": "evaluation",
}
"""Modules of contracts that are not named after their service."""


def careless_events(events: Iterable[type[Event]]) -> Iterator[str]:
    """An event is frozen, says why it exists, names its aggregate, and carries nothing of a person."""
    for event in events:
        hints = get_type_hints(event)
        if not EVENT_TYPE.match(event.type):
            yield f"{event.__name__}: {event.type} is not <service>.<aggregate>.<fact>.v<major>"
        module = event.__module__.rpartition(".")[2]
        if event.type.partition(".")[0] != TOLD_BY.get(module, module):
            yield f"{event.__name__}: {event.type} is told by another service than its module says"
        if not (event.__doc__ or "").strip().partition("\n")[0].endswith(".") or "(" in _first(event):
            yield f"{event.__name__}: no sentence of why it exists"
        if hints.get(event.identity) is not UUID:
            yield f"{event.__name__}: {event.identity} is not the id of its aggregate"
        if not is_dataclass(event) or not event.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            yield f"{event.__name__}: not frozen"
        for field in fields(event):
            if OF_PERSONS.search(field.name):
                yield f"{event.__name__}.{field.name}: no personal data in an event"


def _first(event: type[Event]) -> str:
    """Return the first line of the docstring; a dataclass without one gets its signature there."""
    return (event.__doc__ or "").strip().partition("\n")[0]


def all_refusals(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Give every concrete refusal that is loaded: those that have no subclasses of their own."""
    for kind in base.__subclasses__():
        is_base = kind.__subclasses__() and "cs" not in vars(kind)
        if kind.__name__ == "VersionIsStale" or not (is_base or kind.__module__ == Finding.__module__):
            yield kind
        yield from all_refusals(kind)
