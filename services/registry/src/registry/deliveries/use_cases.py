"""Take over a file of figures, and compute the Index anew where a method counts them."""

from collections.abc import Collection
from dataclasses import dataclass

from registry.deliveries import repository
from registry.deliveries.domain import yearly, years_moved
from registry.exclusion import computation_repository as computations
from registry.exclusion.method_repository import methods
from registry.exclusion.use_cases import recompute_all
from registry.reading import Sheet
from registry.receiving import Upload
from registry.statistics.domain import ImportAsked, Imported, PartTold
from registry.statistics.import_use_cases import import_published
from shared.contracts.registry import IndexPublished
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What was imported, and the editions of the Index that came out otherwise because of it."""

    imported: Imported
    published: list[IndexPublished]


async def import_figures(tx: Transaction, sheet: Sheet, *, upload: Upload, asked: ImportAsked) -> Delivered:
    """Import a file of figures; publish the Index of the years whose inputs it brought or corrected.

    Raises what `statistics.import_use_cases.import_published` raises; then nothing of it stays.
    """
    imported = await import_published(tx, sheet, upload=upload, asked=asked)
    published = await _published_anew(tx, imported.parts) if imported.is_new else []
    return Delivered(imported=imported, published=published)


async def _published_anew(tx: Transaction, parts: Collection[PartTold]) -> list[IndexPublished]:
    arrived = yearly(parts)
    if not arrived:
        return []
    await computations.wait_for_others(tx.session)  # a method enacted meanwhile is computed after us
    known = await repository.series_of_years(tx.session, arrived)
    published = await computations.publications(tx.session)
    told: list[IndexPublished] = []
    for each in await methods(tx.session):
        code = each.method.code
        before = {year for method, year, _ in published if method == code}
        years = years_moved(each.method, arrived, known=known, published=before)
        if years:
            told += (await recompute_all(tx, methods=[code], years=years)).published
    return told
