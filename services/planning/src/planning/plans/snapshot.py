"""The frozen text of an approved revision: canonical JSON, and the digest that proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from planning.plans.parts import NOTHING_ATTACHED, Attached, Part
from planning.plans.tree import ATTACHED, Node, Placed, Problem, walk, walk_attached
from shared.canonical import canonical_json, digest

SCHEMA = "pospolu.plan/1"
SCHEMA_WITH_PARTS = "pospolu.plan/2"
"""The form of a plan that holds parts or evidence; one without is frozen as ever, under its old digest."""
TEXTS = frozenset({"partners", "managers"})
PARTS = frozenset({"strategies", "budget", "projects"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """`text` is canonical JSON in UTF-8, `digest` its SHA-256 in hexadecimal."""

    text: bytes
    digest: str


def snapshot_of(  # noqa: PLR0913 – all that is frozen
    *,
    plan_id: UUID,
    revision: int,
    head: Mapping[str, object],
    approval: Mapping[str, object],
    units: Sequence[Mapping[str, object]],
    problems: tuple[Problem, ...],
    attached: Attached = NOTHING_ATTACHED,
    evidence: Sequence[Mapping[str, object]] = (),
    settlements: Sequence[Mapping[str, object]] = (),
) -> Snapshot:
    """Freeze a revision; `settlements` are those published of its consultations, with their digests."""
    placed = (*walk(problems), *walk_attached(attached))
    numbers = {each.node.id: each for each in placed}
    has_parts = any(isinstance(each.node, Part) for each in placed)
    content = {
        "schema": SCHEMA_WITH_PARTS if has_parts or evidence else SCHEMA,
        "plan_id": plan_id,
        "revision": revision,
        **head,
        "approval": dict(approval),
        "units": sorted((dict(unit) for unit in units), key=lambda unit: str(unit["id"])),
        "problems": [as_content(problem, numbers) for problem in problems],
        **_attached(attached, numbers),
        **({"evidence": [dict(link) for link in evidence]} if evidence else {}),
        **({"consultations": [dict(each) for each in settlements]} if settlements else {}),
    }
    text = canonical_json(content)
    return Snapshot(text=text, digest=digest(text))


def _attached(attached: Attached, numbers: Mapping[UUID, Placed]) -> dict[str, object]:
    hanging: dict[str, tuple[Node, ...]] = {field: getattr(attached, field) for field in ATTACHED}
    return {field: [as_content(node, numbers) for node in nodes] for field, nodes in hanging.items() if nodes}


def as_content(node: Node, numbers: Mapping[UUID, Placed]) -> dict[str, object]:
    """Return a node and all below it as plain data, each with its number; parts only where there are any."""
    content: dict[str, object] = {"number": numbers[node.id].number}
    for field in fields(node):
        value: object = getattr(node, field.name)
        if field.name in PARTS and not value:
            continue
        if isinstance(value, tuple) and field.name not in TEXTS:
            content[field.name] = [as_content(child, numbers) for child in value]
        else:
            content[field.name] = value
    return content
