"""Render an approved plan."""

import json
from functools import cache
from importlib.resources import files

from documents.rendering.domain import Snapshot
from documents.rendering.layout import view_of
from documents.typesetting import typeset


@cache
def _template() -> bytes:
    return files("documents.rendering").joinpath("plan.typ").read_bytes()


def render(snapshot: Snapshot, *, digest: str) -> bytes:
    """Equal snapshots give equal bytes."""
    view = json.dumps(view_of(snapshot, digest=digest), ensure_ascii=False)
    return typeset(_template(), made_on=snapshot.approval.approved_on, plan=view)
