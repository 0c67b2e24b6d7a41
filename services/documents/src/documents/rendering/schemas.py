"""The snapshot's JSON."""

from pydantic import TypeAdapter

from documents.rendering.domain import Snapshot

SNAPSHOT: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)
