"""The snapshot's JSON."""

from pydantic import TypeAdapter, ValidationError

from documents.rendering.domain import Snapshot, SnapshotNotAPlan

SNAPSHOT: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)


def read_snapshot(body: bytes, *, revision: int) -> Snapshot:
    """Raise `SnapshotNotAPlan`, whose cause says where, unless `body` is a plan."""
    try:
        return SNAPSHOT.validate_json(body)
    except ValidationError as error:
        raise SnapshotNotAPlan(revision=revision) from error
