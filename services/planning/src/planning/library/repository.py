"""Every statement with which entries of the library are written; `list_repository` reads them."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.ext.asyncio import AsyncSession

from planning.library.content import Content, Practice
from planning.library.domain import LIVING, Entry, EntryStatus
from planning.library.patterns import TYPES, Pattern, PatternKind, words_of
from planning.library.refusals import EntryUnknown
from planning.library.tables import LibraryEntryRow
from planning.plans.kinds import THEMATIC
from shared.canonical import plain
from shared.contracts.planning import PlanKind
from shared.contracts.registry import ThematicArea
from shared.names import search_text, sort_key
from shared.stored import from_row

_AREAS = {area.code: area.cs for area in THEMATIC}


async def load(session: AsyncSession, entry_id: UUID) -> Entry:
    """Raise EntryUnknown."""
    row = await session.scalar(select(LibraryEntryRow).where(LibraryEntryRow.id == entry_id))
    if row is None:
        raise EntryUnknown
    return _entry(row)


async def lock_editions(session: AsyncSession, entry_id: UUID) -> list[Entry]:
    """Lock an entry with all its editions, then read them. Raises EntryUnknown."""
    of_entry = select(LibraryEntryRow.lineage_id).where(LibraryEntryRow.id == entry_id).scalar_subquery()
    editions = (
        select(LibraryEntryRow)
        .where(LibraryEntryRow.lineage_id == of_entry)
        .order_by(LibraryEntryRow.edition)
    )
    await session.execute(editions.with_only_columns(LibraryEntryRow.id).with_for_update())
    found = [_entry(row) for row in await session.scalars(editions)]
    if not found:
        raise EntryUnknown
    return found


async def add(session: AsyncSession, entry: Entry, *, now: datetime) -> None:
    await session.execute(insert(LibraryEntryRow).values(id=entry.id, **_values(entry), changed_at=now))


async def add_missing(session: AsyncSession, entries: Sequence[Entry], *, now: datetime) -> None:
    """Add the entries whose codes are not there yet; one that is there stays as it is."""
    rows = [{"id": entry.id, **_values(entry), "changed_at": now} for entry in entries]
    await session.execute(insert_or_not(LibraryEntryRow).on_conflict_do_nothing(), rows)


async def save(session: AsyncSession, entry: Entry, *, now: datetime) -> None:
    await session.execute(
        update(LibraryEntryRow).where(LibraryEntryRow.id == entry.id).values(**_values(entry), changed_at=now)
    )


async def entry_of_measure(session: AsyncSession, plan_id: UUID, node_id: UUID) -> UUID | None:
    """Return the practice that came of a measure, in the edition that is published or in work."""
    found: UUID | None = await session.scalar(
        select(LibraryEntryRow.id).where(
            LibraryEntryRow.plan_id == plan_id,
            LibraryEntryRow.node_id == node_id,
            LibraryEntryRow.status.in_(sorted(LIVING)),
        )
    )
    return found


def _values(entry: Entry) -> dict[str, object]:
    content = entry.content
    title, *others = words_of(content.pattern)
    areas = [_AREAS[area] for area in content.areas]
    practice = content.practice
    return {
        "version": entry.version,
        "lineage_id": entry.lineage_id,
        "edition": entry.edition,
        "code": entry.code,
        "sort": content.sort.value,
        "kind": content.kind.value,
        "status": entry.status.value,
        "title": title,
        "areas": [area.value for area in content.areas],
        "plan_kinds": [kind.value for kind in content.plan_kinds],
        "content": _stored(content),
        "sort_key": sort_key(title),
        "title_text": search_text(title),
        "group_text": search_text(*content.target_groups),
        "search_text": search_text(title, *others, *areas, *content.target_groups),
        "unit_id": entry.unit_id,
        "plan_id": practice and practice.plan_id,
        "node_id": practice and practice.node_id,
        "author": entry.author,
        "affiliation": entry.affiliation,
        "edited_by": entry.edited_by,
        "published_on": entry.published_on,
        "verified_by": entry.verified_by,
        "review_on": entry.review_on,
        "reason": entry.reason,
        "superseded_by": entry.superseded_by,
    }


def _fields(pattern: Pattern) -> dict[str, object]:
    return {field.name: plain(getattr(pattern, field.name)) for field in fields(pattern)}


def _stored(content: Content) -> dict[str, object]:
    return {
        "pattern": {"kind": content.kind.value, **_fields(content.pattern)},
        "target_groups": list(content.target_groups),
        "sources": list(content.sources),
        "practice": plain(content.practice),
    }


def _entry(row: LibraryEntryRow) -> Entry:
    said = dict(row.content)
    pattern = dict(said["pattern"])  # type: ignore[call-overload]
    practice = said["practice"]
    content = Content(
        pattern=from_row(TYPES[PatternKind(pattern.pop("kind"))], pattern),
        areas=tuple(map(ThematicArea, row.areas)),
        plan_kinds=tuple(map(PlanKind, row.plan_kinds)),
        target_groups=_texts(said["target_groups"]),
        sources=_texts(said["sources"]),
        practice=from_row(Practice, practice) if isinstance(practice, dict) else None,
    )
    return Entry(
        id=row.id,
        version=row.version,
        lineage_id=row.lineage_id,
        edition=row.edition,
        content=content,
        status=EntryStatus(row.status),
        code=row.code,
        unit_id=row.unit_id,
        author=row.author,
        affiliation=row.affiliation,
        edited_by=row.edited_by,
        published_on=row.published_on,
        verified_by=row.verified_by,
        review_on=row.review_on,
        reason=row.reason,
        superseded_by=row.superseded_by,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
