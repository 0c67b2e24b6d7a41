"""A workbook stands for a whole year: a part of it does not unpublish the others."""

import pytest

from registry.imports.domain import OnBadRows
from registry.workbooks.domain import WorkbookNamesTooFew
from registry.workbooks.use_cases import WorkbookDone, import_workbook
from tests.support.service import ServiceUnderTest
from tests.support.statistics import OBRNICE_ROW, TOWNS, Town, a_sheet, an_upload, seeded, state_of


async def imported(registry: ServiceUnderTest, *towns: Town, dry_run: bool = False) -> WorkbookDone:
    async with registry.transaction() as tx:
        return await import_workbook(
            tx,
            a_sheet(*towns),
            upload=an_upload(),
            year=2023,
            on_bad_rows=OnBadRows.REFUSE_ALL,
            dry_run=dry_run,
        )


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_part_of_a_workbook_is_refused_and_leaves_nothing(
    registry: ServiceUnderTest, *, dry_run: bool
) -> None:
    await seeded(registry)
    await imported(registry, *TOWNS)
    before = await state_of(registry)

    with pytest.raises(WorkbookNamesTooFew) as refused:
        await imported(registry, OBRNICE_ROW, dry_run=dry_run)

    assert refused.value.facts == {"rows": 1, "in_force": 3, "year": 2023}
    assert await state_of(registry) == before


async def test_the_first_workbook_of_a_year_may_name_as_few_as_it_likes(registry: ServiceUnderTest) -> None:
    await seeded(registry)

    assert len((await imported(registry, OBRNICE_ROW)).published) == 1
