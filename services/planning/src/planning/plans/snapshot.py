"""The frozen text of an approved revision: canonical JSON, and the digest that proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from planning.plans.tree import Node, Placed, Problem, walk
from shared.canonical import canonical_json, digest

SCHEMA = "pospolu.plan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """`text` is canonical JSON in UTF-8, `digest` its SHA-256 in hexadecimal."""

    text: bytes
    digest: str


def snapshot_of(
    *,
    plan_id: UUID,
    revision: int,
    head: Mapping[str, object],
    approval: Mapping[str, object],
    units: Sequence[Mapping[str, object]],
    problems: tuple[Problem, ...],
) -> Snapshot:
    numbers = {placed.node.id: placed for placed in walk(problems)}
    content = {
        "schema": SCHEMA,
        "plan_id": plan_id,
        "revision": revision,
        **head,
        "approval": dict(approval),
        "units": sorted((dict(unit) for unit in units), key=lambda unit: str(unit["id"])),
        "problems": [as_content(problem, numbers) for problem in problems],
    }
    text = canonical_json(content)
    return Snapshot(text=text, digest=digest(text))


def as_content(node: Node, numbers: Mapping[UUID, Placed]) -> dict[str, object]:
    """Return a node and all below it as plain data, each with its number."""
    content: dict[str, object] = {"number": numbers[node.id].number}
    for field in fields(node):
        value: object = getattr(node, field.name)
        if isinstance(value, tuple) and field.name != "partners":
            content[field.name] = [as_content(child, numbers) for child in value]
        else:
            content[field.name] = value
    return content
