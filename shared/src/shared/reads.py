"""Hot reads: a Core select, compiled once; PostgreSQL builds the JSON, its bytes are the answer."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, TypeAlias, TypeVar
from urllib.parse import quote
from uuid import UUID

import asyncpg
from fastapi import Depends, Request
from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, func, literal_column, tuple_
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import SQLCoreOperations
from starlette.responses import Response

from shared.paging import CursorNotOurs, PageRequest, cursor_of

JSON = "application/json"
Row: TypeAlias = asyncpg.Record
"""A row as it is read, by name of the column."""
_Answer = TypeVar("_Answer")
_KEYS: Mapping[type, Callable[[str], object]] = {
    UUID: UUID,
    int: int,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
_ENDLESS = {"infinity", "-infinity"}
DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


def _reads_as(kind: type, given: str) -> bool:
    try:
        _KEYS.get(kind, str)(given)
    except ValueError:
        return issubclass(kind, date) and given in _ENDLESS
    return True


def json_object(members: Mapping[str, SQLCoreOperations[Any]]) -> ColumnElement[Any]:
    """Return a JSON object that PostgreSQL builds; the names are identifiers of ours, never input."""
    parts = [part for name, value in members.items() for part in (literal_column(f"'{name}'"), value)]
    return func.json_build_object(*parts)


def decimal_text(column: SQLCoreOperations[Any]) -> ColumnElement[str]:
    """Return a decimal as JSON text: a number would lose digits in most readers."""
    return cast(column, Text)


class Compiled:
    """SQL with `$1` parameters, and the names of the parameters in their order."""

    def __init__(self, statement: Select[*tuple[object, ...]]) -> None:
        compiled = statement.compile(dialect=DIALECT)
        given = dict.fromkeys(name for name, bind in compiled.binds.items() if bind.required)
        expanded = compiled.construct_expanded_state(given)  # `IN (…)` becomes as many parameters
        self.sql = expanded.statement
        self._names = tuple(expanded.positiontup or ())
        self._defaults = dict(expanded.parameters)

    def arguments(self, given: dict[str, object]) -> list[object]:
        return [given.get(name, self._defaults.get(name)) for name in self._names]


class Query:
    """A select to be read as JSON: keep it at module level (or behind `functools.cache`).

    `keys` are the columns of the order, unique together and never NULL; `version` is the column
    that becomes the ETag. `moves_on`: the row changes without a new version, by the day or by what
    neighbours do, and no answer of it is "not modified" – unless `still` names a boolean column, which
    is no part of the answer and says that whoever has this version has all of it.
    """

    def __init__(
        self,
        statement: Select[*tuple[object, ...]],
        *,
        keys: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]] = (),
        descending: bool = False,
        version: str | None = None,
        moves_on: bool = False,
        still: str | None = None,
    ) -> None:
        self._statement = statement
        self._keys = keys
        self._descending = descending
        self.version = version
        self.moves_on = moves_on
        self.still = still
        shown = (column.key for column in statement.selected_columns if column.key != still)
        self._columns = ", ".join(f'r."{name}"' for name in shown)

    @cached_property
    def plain(self) -> tuple[str, Compiled]:
        inner = Compiled(self._statement)
        return inner.sql, inner

    @cached_property
    def one(self) -> tuple[str, Compiled]:
        inner = Compiled(self._statement)
        version = f', r."{self.version}"' if self.version else ""
        if self.still:
            item = f"CROSS JOIN LATERAL (SELECT {self._columns}) item"
            found = f"row_to_json(item)::text{version}, r.{self.still}"
            return f"SELECT {found} FROM ({inner.sql}) r {item}", inner  # noqa: S608
        return f"SELECT row_to_json(r)::text{version} FROM ({inner.sql}) r", inner  # noqa: S608

    @cached_property
    def first_page(self) -> tuple[str, Compiled]:
        return self._page(self._statement)

    @cached_property
    def next_page(self) -> tuple[str, Compiled]:
        last = tuple_(*(cast(bindparam(f"_after{i}", type_=Text), k.type) for i, k in enumerate(self._keys)))
        here = tuple_(*self._keys)
        return self._page(self._statement.where(here < last if self._descending else here > last))

    def keys_fit(self, after: Sequence[str]) -> bool:
        """Tell whether these are keys of a row; a prepared statement casts only those that it needs."""
        if len(after) != len(self._keys):
            return False
        return all(
            _reads_as(key.type.python_type, given) for key, given in zip(self._keys, after, strict=True)
        )

    def _page(self, statement: Select[*tuple[object, ...]]) -> tuple[str, Compiled]:
        order = [key.desc() if self._descending else key for key in self._keys]
        keys = [key.label(f"_key{i}") for i, key in enumerate(self._keys)]
        inner = Compiled(statement.add_columns(*keys).order_by(*order).limit(bindparam("_limit")))
        texts = ", ".join(f"r._key{i}::text" for i in range(len(keys)))
        sequence = ", ".join(f"r._key{i}{' DESC' if self._descending else ''}" for i in range(len(keys)))
        item = f"CROSS JOIN LATERAL (SELECT {self._columns}) item"
        sql = f"SELECT row_to_json(item)::text, {texts} FROM ({inner.sql}) r {item} ORDER BY {sequence}"  # noqa: S608
        return sql, inner


class Reader:
    """Runs queries for one request, outside any transaction."""

    def __init__(self, pool: asyncpg.Pool, request: Request) -> None:
        self._pool = pool
        self._request = request

    async def one(self, query: Query, **parameters: object) -> Response | None:
        """Return the row as JSON with its ETag (304 where the caller has it and it stays), or None."""
        sql, inner = query.one
        row = await self._pool.fetchrow(sql, *inner.arguments(parameters))
        if row is None:
            return None
        if query.version is None:
            return Response(row[0], media_type=JSON)
        tag = f'"{row[1]}"'
        stays = row[2] if query.still else not query.moves_on
        if stays and self._request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(row[0], media_type=JSON, headers={"ETag": tag})

    async def rows(self, query: Query, **parameters: object) -> list[Row]:
        """Return all rows as they are, for an answer that is computed from them."""
        sql, inner = query.plain
        found: list[Row] = await self._pool.fetch(sql, *inner.arguments(parameters))
        return found

    async def row(self, query: Query, **parameters: object) -> Row | None:
        """Return the row as it is, for an answer that is not the row's JSON."""
        sql, inner = query.plain
        return await self._pool.fetchrow(sql, *inner.arguments(parameters))

    async def page(self, query: Query, page: PageRequest, **parameters: object) -> Response:
        """Return `{"items": […], "next": cursor or null}` and the link to the next page."""
        if page.cursor is not None and not query.keys_fit(page.after):
            raise CursorNotOurs
        sql, inner = query.next_page if page.cursor is not None else query.first_page
        after = {f"_after{i}": key for i, key in enumerate(page.after)}
        arguments = inner.arguments({**parameters, **after, "_limit": page.limit + 1})
        try:
            rows = await self._pool.fetch(sql, *arguments)
        except asyncpg.DataError as error:
            if page.cursor is None:
                raise
            raise CursorNotOurs from error
        more = len(rows) > page.limit
        items = ",".join(row[0] for row in rows[: page.limit])
        following = cursor_of(list(rows[page.limit - 1])[1:]) if more else None
        body = f'{{"items":[{items}],"next":{json.dumps(following)}}}'
        headers = {"Link": f'<{self._address_of(following)}>; rel="next"'} if following else {}
        return Response(body, media_type=JSON, headers=headers)

    def _address_of(self, cursor: str) -> str:
        asked = self._request.scope["query_string"].decode("latin-1").split("&")
        kept = [part for part in asked if part and not part.startswith("cursor=")]
        return f"{self._request.scope['path']}?{'&'.join([*kept, f'cursor={quote(cursor)}'])}"


async def _reader(request: Request) -> Reader:
    return Reader(request.app.state.resources.pool, request)


Reads = Annotated[Reader, Depends(_reader)]


async def _nothing_to_reset(_connection: asyncpg.Connection) -> None:
    """Our reads change no state of the session: the pool's four resetting statements are not needed."""


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    """Leaves nothing behind when an argument does not fit its type.

    asyncpg has the statement parsed by then and never tells the server that this was all: its locks
    would stay until the connection is used again.
    """

    async def fetch(self, query: str, *args: object, **options: object) -> list[Row]:
        return await self._whole(super().fetch(query, *args, **options))

    async def fetchrow(self, query: str, *args: object, **options: object) -> Row | None:
        return await self._whole(super().fetchrow(query, *args, **options))

    async def _whole(self, answer: Awaitable[_Answer]) -> _Answer:
        try:
            return await answer
        except asyncpg.DataError:
            await self.execute("SELECT 1")
            raise


async def create_read_pool(url: str, size: int) -> asyncpg.Pool:
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        timeout=5,
        command_timeout=30,
        reset=_nothing_to_reset,
        connection_class=_Connection,
        server_settings={"timezone": "UTC", "application_name": "pospolu-reads", "jit": "off"},
    )
