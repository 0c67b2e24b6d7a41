"""Every statement on the catalogue of indicators."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Select, Text, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.definitions.bridging import Bridge
from evaluation.definitions.domain import Content, Definition, Edition, is_same_unit
from evaluation.definitions.kinds import Kind
from evaluation.definitions.tables import DefinitionEditionRow, DefinitionRow
from shared.auth import Actor
from shared.canonical import plain
from shared.names import search_text, sort_key
from shared.reads import Query, Row, decimal_text, json_object
from shared.stored import from_row

_CONTENT: Final = tuple(Content.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An indicator of the catalogue in its newest edition."""

    code: str
    edition: int


async def named(session: AsyncSession, measured: Iterable[tuple[str, str]]) -> dict[str, Named]:
    """Return by each name the one indicator of the catalogue that is called and measured so.

    `measured` are names with their units of measure; letter case and diacritics are no matter.
    """
    texts = {(name, unit): search_text(name) for name, unit in measured}
    row = DefinitionEditionRow
    is_newest = (row.code == DefinitionRow.code) & (row.edition == DefinitionRow.edition)
    found = await session.execute(
        select(DefinitionRow.name_text, row)
        .join(row, is_newest)
        .where(DefinitionRow.name_text.in_(sorted(set(texts.values()))))
    )
    by_text: dict[str, list[DefinitionEditionRow]] = {}
    for text, edition in found:
        by_text.setdefault(text, []).append(edition)
    known: dict[str, Named] = {}
    for (name, unit), text in texts.items():
        fitting = [each for each in by_text.get(text, []) if is_same_unit(each.unit, unit)]
        if len(fitting) == 1:
            known[name] = Named(code=fitting[0].code, edition=fitting[0].edition)
    return known


async def lock(session: AsyncSession, code: str) -> Definition | None:
    """Lock an indicator, then read its editions."""
    asked = select(DefinitionRow.code).where(DefinitionRow.code == code)
    if await session.scalar(asked.with_for_update()) is None:
        return None
    return (await definitions(session, [code]))[code]


async def definitions(session: AsyncSession, codes: Iterable[str]) -> dict[str, Definition]:
    """Return those of the codes that the catalogue has, with all their editions."""
    found = await session.execute(
        select(DefinitionRow.version, DefinitionEditionRow)
        .join(DefinitionEditionRow, DefinitionEditionRow.code == DefinitionRow.code)
        .where(DefinitionRow.code.in_(sorted(set(codes))))
        .order_by(DefinitionEditionRow.code, DefinitionEditionRow.edition)
    )
    editions: dict[str, list[Edition]] = {}
    versions: dict[str, int] = {}
    for version, row in found:
        versions[row.code] = version
        editions.setdefault(row.code, []).append(_edition(row))
    return {
        code: Definition(code=code, version=versions[code], editions=tuple(each))
        for code, each in editions.items()
    }


async def numeric(session: AsyncSession, codes: Iterable[str]) -> frozenset[str]:
    """Return those of the codes whose newest edition is a number that can be counted with."""
    found = await session.execute(
        _newest(select(DefinitionRow.code)).where(
            DefinitionRow.code.in_(sorted(codes)),
            DefinitionEditionRow.kind.not_in([Kind.ORDINAL.value, Kind.QUALITATIVE.value]),
        )
    )
    return frozenset(str(code) for (code,) in found)


async def add_missing(
    session: AsyncSession, defined: Sequence[Definition], *, actor: Actor, now: datetime
) -> frozenset[str]:
    """Add the indicators whose codes the catalogue does not have, and return these codes."""
    statement = insert(DefinitionRow).values([_head(each) for each in defined])
    added = await session.scalars(statement.on_conflict_do_nothing().returning(DefinitionRow.code))
    codes = frozenset(added)
    rows = [_row(each, actor=actor, now=now) for each in defined if each.code in codes]
    if rows:
        await session.execute(insert(DefinitionEditionRow), rows)
    return codes


async def add_edition(session: AsyncSession, definition: Definition, *, actor: Actor, now: datetime) -> None:
    await session.execute(
        update(DefinitionRow).where(DefinitionRow.code == definition.code).values(**_head(definition))
    )
    await session.execute(insert(DefinitionEditionRow).values(**_row(definition, actor=actor, now=now)))


def _head(definition: Definition) -> dict[str, object]:
    newest = definition.newest.content
    return {
        "code": definition.code,
        "version": definition.version,
        "edition": definition.newest.edition,
        "name_text": search_text(newest.name_cs),
        "search_text": search_text(definition.code, newest.name_cs, newest.name_en, newest.source),
        "sort_key": sort_key(newest.name_cs),
    }


def _row(definition: Definition, *, actor: Actor, now: datetime) -> dict[str, object]:
    newest = definition.newest
    content = {name: plain(getattr(newest.content, name)) for name in _CONTENT}
    return content | {
        "code": definition.code,
        "edition": newest.edition,
        "levels": content["levels"] or None,
        "valid_from": newest.valid_from,
        "reason": newest.reason,
        "bridge": newest.bridge and newest.bridge.kind.value,
        "bridge_factor": newest.bridge and newest.bridge.factor,
        "bridge_offset": newest.bridge and newest.bridge.offset,
        "actor_id": actor.id,
        "actor_affiliation": actor.affiliation,
        "at": now,
    }


def _edition(row: DefinitionEditionRow) -> Edition:
    return _edition_in({name: getattr(row, name) for name in _STORED})


def _edition_in(row: Mapping[str, object]) -> Edition:
    """Read an edition from the row of either path; JSON may be text there."""
    content = {name: row[name] for name in _CONTENT} | {"levels": row["levels"] or []}
    bridge = {name: row[f"bridge_{name}"] for name in ("factor", "offset")} | {"kind": row["bridge"]}
    told = {name: row[name] for name in ("edition", "valid_from", "reason")}
    has_bridge = row["bridge"] is not None
    whole = told | {
        "content": from_row(Content, content, json_columns=["levels"]),
        "bridge": from_row(Bridge, bridge) if has_bridge else None,
    }
    return from_row(Edition, whole)


_STORED: Final = (*_CONTENT, "edition", "valid_from", "reason", "bridge", "bridge_factor", "bridge_offset")
EDITIONS: Final = Query(
    select(
        DefinitionRow.code,
        DefinitionRow.version,
        *(getattr(DefinitionEditionRow, name).label(name) for name in _STORED),
    )
    .join(DefinitionEditionRow, DefinitionEditionRow.code == DefinitionRow.code)
    .where(DefinitionRow.code == bindparam("code", type_=Text()))
    .order_by(DefinitionEditionRow.edition)
)
"""An indicator of the catalogue with all its editions, for the path of reads."""


def definition_in(rows: Sequence[Row]) -> Definition | None:
    """Return the indicator that `EDITIONS` found, if any."""
    if not rows:
        return None
    editions = tuple(_edition_in(row) for row in rows)
    return Definition(code=rows[0]["code"], version=rows[0]["version"], editions=editions)


def _newest(statement: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    row = DefinitionEditionRow
    is_newest = (row.code == DefinitionRow.code) & (row.edition == DefinitionRow.edition)
    return statement.select_from(DefinitionRow).join(row, is_newest)


_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "area": DefinitionEditionRow.area == bindparam("area", type_=Text()),
    "kind": DefinitionEditionRow.kind == bindparam("kind", type_=Text()),
    "value_source": DefinitionEditionRow.value_source == bindparam("value_source", type_=Text()),
    "q": DefinitionRow.search_text.like(bindparam("q", type_=Text())),
}


def _shown() -> list[ColumnElement[object]]:
    edition = DefinitionEditionRow
    own = [getattr(edition, name).label(name) for name in (*_CONTENT, "edition", "valid_from")]
    return [DefinitionRow.code.label("code"), DefinitionRow.version.label("version"), *own]


@cache
def catalogue(filters: frozenset[str]) -> Query:
    """Return the list by Czech name, with those of `_FILTERS`."""
    keys = (DefinitionRow.sort_key, DefinitionRow.code)
    return Query(_newest(select(*_shown())).where(*(_FILTERS[name] for name in sorted(filters))), keys=keys)


@cache
def one_definition() -> Query:
    """Return an indicator with all its editions, the oldest first."""
    row = DefinitionEditionRow
    shown = {name: getattr(row, name) for name in (*_CONTENT, "edition", "valid_from", "reason", "bridge")}
    edition = json_object(
        shown
        | {
            "bridge_factor": decimal_text(row.bridge_factor),
            "bridge_offset": decimal_text(row.bridge_offset),
            "actor_affiliation": row.actor_affiliation,
            "at": row.at,
        }
    )
    editions = (
        select(func.json_agg(aggregate_order_by(edition, row.edition)))
        .where(row.code == DefinitionRow.code)
        .correlate(DefinitionRow)
        .scalar_subquery()
    )
    asked = DefinitionRow.code == bindparam("code", type_=Text())
    return Query(
        select(DefinitionRow.code, DefinitionRow.version, editions.label("editions")).where(asked),
        version="version",
    )
