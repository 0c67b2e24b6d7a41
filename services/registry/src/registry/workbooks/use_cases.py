"""Import the workbook of a year, compute the Index from it, and compare."""

from dataclasses import dataclass

from registry.exclusion.comparison import Comparison, compare
from registry.exclusion.records import Computed
from registry.exclusion.use_cases import recompute_all
from registry.imports.domain import OnBadRows
from registry.reading import Sheet
from registry.receiving import Upload
from registry.statistics import use_cases as statistics
from registry.statistics.domain import WorkbookImported
from registry.workbooks import repository
from registry.workbooks.domain import NamedDifference, expect_whole, named, units_of
from shared.contracts.registry import IndexPublished
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    comparison: Comparison
    differences: list[NamedDifference]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookDone:
    """Nothing is compared in a dry run: it leaves no figures to compute from."""

    imported: WorkbookImported
    published: list[IndexPublished]
    compared: Compared | None


async def import_workbook(
    tx: Transaction, sheet: Sheet, *, upload: Upload, year: int, on_bad_rows: OnBadRows, dry_run: bool
) -> WorkbookDone:
    """Take over the workbook, compute its year by every method that applies, publish what is new.

    Raises what `statistics.use_cases.import_workbook` raises, and WorkbookNamesTooFew; then nothing stays.
    """
    imported = await statistics.import_workbook(
        tx, sheet, upload=upload, year=year, on_bad_rows=on_bad_rows, dry_run=dry_run
    )
    in_force = await repository.municipalities_in_force(tx.session, year)
    expect_whole(len(imported.unit_ids), in_force=in_force, year=year)
    if dry_run:
        return WorkbookDone(imported=imported, published=[], compared=None)
    done = await recompute_all(tx, years=[year])
    return WorkbookDone(
        imported=imported,
        published=list(done.published),
        compared=await _compared(tx, done.in_force(year)),
    )


async def _compared(tx: Transaction, computed: Computed | None) -> Compared | None:
    if computed is None:
        return None
    inputs = computed.inputs
    comparison = compare(computed.method, inputs, computed.results)
    names = await repository.names(tx.session, units_of(comparison.differences, inputs))
    return Compared(comparison=comparison, differences=named(comparison, inputs, names))
