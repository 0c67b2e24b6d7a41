"""The draft as it is put before the public: canonical JSON, its digest, and what its nodes are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from planning.plans.edition import Edition, content_of, placed_nodes, title_of
from shared.canonical import canonical_json, digest
from shared.contracts.planning import PlanKind

SCHEMA = "pospolu.draft/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenDraft:
    """`nodes` gives the number and the title of each node, by the text of its id."""

    revision: int
    unit_ids: tuple[UUID, ...]
    text: str
    digest: str
    nodes: Mapping[str, tuple[str, str]]


def freeze(
    edition: Edition,
    *,
    plan_id: UUID,
    revision: int,
    kind: PlanKind,
    units: Sequence[Mapping[str, object]],
) -> FrozenDraft:
    """Return the frozen draft; the same edition gives the same bytes."""
    content = {
        "schema": SCHEMA,
        "plan_id": plan_id,
        "revision": revision,
        "kind": kind,
        "title": edition.title,
        "vision": edition.vision,
        "valid_from": edition.valid_from,
        "valid_until": edition.valid_until,
        "units": sorted((dict(unit) for unit in units), key=lambda unit: str(unit["id"])),
        **content_of(edition),
    }
    text = canonical_json(content)
    return FrozenDraft(
        revision=revision,
        unit_ids=edition.unit_ids,
        text=text.decode(),
        digest=digest(text),
        nodes={
            str(node_id): (placed.number, title_of(placed.node))
            for node_id, placed in placed_nodes(edition).items()
        },
    )
