"""The JSON that planning froze."""

import json
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from documents.rendering.difference import Difference, NotADifference
from documents.rendering.domain import Snapshot, SnapshotNotAPlan, Summary
from documents.rendering.settlement import NotASettlement, Settlement

SNAPSHOT: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)
SUMMARY: TypeAdapter[Summary] = TypeAdapter(Summary)
SETTLEMENT: TypeAdapter[Settlement] = TypeAdapter(Settlement)
DIFFERENCE: TypeAdapter[Difference] = TypeAdapter(Difference)


def read_snapshot(body: bytes, *, revision: int) -> Snapshot:
    """Raise `SnapshotNotAPlan`, whose cause says where, unless `body` is a plan."""
    try:
        return SNAPSHOT.validate_json(body)
    except ValidationError as error:
        raise SnapshotNotAPlan(revision=revision) from error


def read_summary(body: bytes, *, revision: int, language: str) -> Summary:
    """Raise `SnapshotNotAPlan` unless `body` is a summary of that revision in that language."""
    try:
        summary = SUMMARY.validate_json(body)
    except ValidationError as error:
        raise SnapshotNotAPlan(revision=revision) from error
    if (summary.revision, summary.language) != (revision, language):
        raise SnapshotNotAPlan(revision=revision)
    return summary


def read_settlement(body: bytes, *, consultation_id: UUID) -> Settlement:
    """Raise `NotASettlement`, whose cause says where, unless `body` is a settlement."""
    try:
        return SETTLEMENT.validate_json(body)
    except ValidationError as error:
        raise NotASettlement(consultation_id=consultation_id) from error


def read_difference(body: bytes, *, plan_id: UUID, since: int, until: int) -> Difference:
    """Raise `NotADifference` unless `body` tells what changed between these two revisions of the plan."""
    try:
        told = json.loads(body)
        found = DIFFERENCE.validate_python(told | {"since": told["from"], "until": told["to"]})
    except (ValueError, KeyError, TypeError) as error:
        raise NotADifference(plan_id=plan_id) from error
    if (found.plan_id, found.since, found.until) != (plan_id, since, until):
        raise NotADifference(plan_id=plan_id)
    return found
