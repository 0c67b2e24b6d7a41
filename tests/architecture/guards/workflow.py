"""The services do what the workflow says, and all of it."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from shared.contracts.base import Event
from shared.contracts.workflow import On
from shared.reactions import Reaction
from tests.architecture.guards.sources import slice_modules


def differences(service: str, reactions: Iterable[Reaction], workflow: Sequence[On]) -> Iterator[str]:
    """Every line of the workflow has its reaction with the right annotation, every reaction its line."""
    declared = {
        (line.event.__name__, line.slice, line.reaction) for line in workflow if line.service == service
    }
    found = {
        (event.__name__, reaction.slice, reaction.name) for reaction in reactions for event in reaction.events
    }
    for event, slice_, name in sorted(declared - found):
        yield f"{service}: no reaction {slice_}.{name} to {event}"
    for event, slice_, name in sorted(found - declared):
        yield f"{service}: the workflow has no line for {slice_}.{name} on {event}"


def unheard_modules(root: Path, service: str, heard: Iterable[str]) -> Iterator[str]:
    """A slice that has a `reactions.py` is listed in the service's `app.py`."""
    known = set(heard)
    for source in slice_modules(root):
        if source.service == service and source.kind == "reactions":
            module = f"{service}.{source.slice}.reactions"
            if module not in known:
                yield f"{module}: not among the reactions of app.py"


TELLING: Final = frozenset({"telling", "_tell"})
"""Functions that are given the class of an event and tell it of many rows at once."""


def told_by(root: Path) -> dict[str, set[str]]:
    """Return, by the name of a class, the services that make instances of it, or tell it by a statement."""
    found: dict[str, set[str]] = {}
    for source in slice_modules(root):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                found.setdefault(name, set()).add(source.service)
                if name in TELLING:
                    for told in node.args:
                        found.setdefault(ast.unparse(told), set()).add(source.service)
    return found


PLANNED: Final[dict[str, str]] = {}
"""Events that a consumer waits for before their service can tell them, with the reason."""


def untold_events(root: Path, events: Iterable[type[Event]]) -> Iterator[str]:
    """Every event is told, and by the service that its type names alone; a planned one is not yet."""
    makers = told_by(root)
    for event in events:
        owner = event.type.partition(".")[0]
        tellers = makers.get(event.__name__, set())
        if owner in tellers and event.__name__ in PLANNED:
            yield f"{event.__name__}: {owner} tells it, it is planned no more"
        if owner not in tellers and event.__name__ not in PLANNED:
            yield f"{event.__name__}: {owner} never tells it"
        for other in sorted(tellers - {owner}):
            yield f"{event.__name__}: {other} tells what belongs to {owner}"
