"""Every statement on the catalogue of indicators."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.definitions.tables import DefinitionRow
from shared.names import search_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An indicator of the catalogue in its newest edition."""

    code: str
    edition: int


async def named(session: AsyncSession, names: Iterable[str]) -> dict[str, Named]:
    """Return by each name the one indicator of the catalogue that is called so; letter case is no matter."""
    texts = {name: search_text(name) for name in names}
    found = await session.execute(
        select(
            DefinitionRow.name_text,
            func.min(DefinitionRow.code).label("code"),
            func.min(DefinitionRow.edition).label("edition"),
        )
        .where(DefinitionRow.name_text.in_(sorted(set(texts.values()))))
        .group_by(DefinitionRow.name_text)
        .having(func.count() == 1)
    )
    by_text = {row.name_text: Named(code=row.code, edition=row.edition) for row in found}
    return {name: by_text[text] for name, text in texts.items() if text in by_text}
