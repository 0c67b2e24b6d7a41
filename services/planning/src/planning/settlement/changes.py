"""From a comment to the text: how a place of the draft differs from what was consulted."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from planning.plans.difference import Added, Changed, Difference, Moved, Removed
from planning.settlement.domain import ChangeMade, Disposition, How


def change_made(difference: Difference, node_id: UUID | None) -> ChangeMade | None:
    """Return how the node differs, or with None the head of the plan; None where it does not."""
    if node_id is None:
        if not difference.head:
            return None
        return ChangeMade(node_id=None, kind=None, number="", title="", how=How.HEAD, fields=difference.head)
    places: Mapping[How, Sequence[Changed | Added | Removed | Moved]] = {
        How.CHANGED: difference.changed,
        How.ADDED: difference.added,
        How.REMOVED: difference.removed,
        How.MOVED: difference.moved,
    }
    for how, members in places.items():
        for each in members:
            if each.id == node_id:
                return _made(each, how)
    return None


def _made(each: Changed | Added | Removed | Moved, how: How) -> ChangeMade:
    fields = each.changes if isinstance(each, Changed) else ()
    return ChangeMade(
        node_id=each.id, kind=each.kind, number=each.number, title=each.title, how=how, fields=fields
    )


def standing_changes(difference: Difference, dispositions: Mapping[UUID, Disposition]) -> frozenset[UUID]:
    """Return the comments whose places still differ from what was consulted."""
    return frozenset(
        comment_id
        for comment_id, each in dispositions.items()
        if each.settled is not None
        and each.settled.change is not None
        and change_made(difference, each.settled.change.node_id) is not None
    )
