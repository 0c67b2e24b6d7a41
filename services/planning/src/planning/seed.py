"""What a new planning begins with: templates of the library, which nobody has verified as practices.

Indicators are those that plans of the field usually have, by the codes of the catalogue of indicators.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from planning.library.content import Content
from planning.library.domain import Entry, EntryStatus
from planning.library.patterns import TYPES, PatternKind
from planning.library.use_cases import seed_templates
from shared.contracts.registry import ThematicArea
from shared.stored import from_row
from shared.transaction import Transaction

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:pospolu:library")
_AUTHOR: Final = "Pospolu"
REVIEWED_AFTER: Final = timedelta(days=365)


async def seed(tx: Transaction) -> None:
    text = files("planning").joinpath("data/library.json").read_text(encoding="utf-8")
    await seed_templates(tx, list(templates_in(text, today=tx.today)))


def templates_in(text: str, *, today: date) -> Iterator[Entry]:
    """Read published templates; their ids follow from their codes. Raises ValueError, TypeError, KeyError."""
    for said in json.loads(text):
        entry_id = id_of(said["code"])
        yield Entry(
            id=entry_id,
            version=1,
            lineage_id=entry_id,
            edition=1,
            code=said["code"],
            content=_content(said),
            status=EntryStatus.PUBLISHED,
            author=_AUTHOR,
            affiliation=_AUTHOR,
            edited_by=_AUTHOR,
            published_on=today,
            review_on=today + REVIEWED_AFTER,
        )


def id_of(code: str) -> UUID:
    return uuid5(_NAMESPACE, code)


def _content(said: Mapping[str, object]) -> Content:
    pattern = said["pattern"]
    if not isinstance(pattern, dict):
        raise TypeError(f"{said['code']}: a pattern is an object")
    kind = PatternKind(pattern["kind"])
    own = {name: value for name, value in pattern.items() if name != "kind"}
    return Content(
        pattern=from_row(TYPES[kind], own),
        areas=tuple(map(ThematicArea, _texts(said["areas"]))),
        target_groups=_texts(said["target_groups"]),
        sources=_texts(said["sources"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value} is no list of texts")
    return tuple(map(str, value))
