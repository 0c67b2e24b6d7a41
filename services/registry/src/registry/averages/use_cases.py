"""Average the Index over a set of municipalities and years."""

from registry.averages import repository
from registry.averages.domain import (
    LARGEST,
    Asked,
    Average,
    EditionUsed,
    average,
    checked,
    expect_all,
    expect_years,
)
from registry.averages.refusals import TooManyValues
from shared.transaction import Transaction


async def average_index(tx: Transaction, asked: Asked) -> tuple[Average, list[EditionUsed]]:
    """Return the average and the editions that it stands on; two statements.

    Raises what `checked`, `expect_years`, `expect_all` and `average` raise, and TooManyValues.
    """
    editions = await repository.editions(tx.session, checked(asked).years, method=asked.method)
    expect_years(asked, editions)
    values = await repository.values(tx.session, asked, editions)
    if len(values) > LARGEST:
        raise TooManyValues(most=LARGEST)
    expect_all(asked, list({value.municipality.unit_id: value.municipality for value in values}.values()))
    return average(values, asked.averaging, asked.missing), editions
