"""From when a document may be disposed of, and what forbids it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from documents.retention.domain import (
    ArchiveComesFirst,
    Basis,
    DocumentOnHold,
    Kept,
    Mark,
    RetentionNotCounted,
    RetentionRunsYet,
    StillPublic,
    due_on,
    expect_disposable,
)
from shared.errors import RuleBroken

TODAY = date(2026, 11, 23)
KEPT = Kept(
    document_id=UUID(int=1),
    kind="ZAPIS",
    mark=Mark.SHRED,
    due_on=date(2026, 1, 1),
    hold=None,
    is_public=False,
)


def test_years_are_counted_from_the_first_of_january_after() -> None:
    assert due_on(date(2020, 1, 1), 5) == date(2026, 1, 1)
    assert due_on(date(2020, 12, 31), 5) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("kept", "basis", "refusal"),
    [
        (KEPT, Basis.RETENTION, None),
        (replace(KEPT, due_on=TODAY), Basis.RETENTION, None),
        (replace(KEPT, due_on=date(2027, 1, 1)), Basis.RETENTION, RetentionRunsYet),
        (replace(KEPT, due_on=None), Basis.RETENTION, RetentionNotCounted),
        (replace(KEPT, mark=Mark.ARCHIVE), Basis.RETENTION, ArchiveComesFirst),
        (replace(KEPT, mark=Mark.SELECT), Basis.RETENTION, None),
        (replace(KEPT, mark=Mark.ARCHIVE, due_on=None), Basis.ERASURE, None),
        (replace(KEPT, hold="spor"), Basis.ERASURE, DocumentOnHold),
        (replace(KEPT, is_public=True), Basis.MISTAKE, StillPublic),
    ],
)
def test_what_forbids_a_disposal(kept: Kept, basis: Basis, refusal: type[RuleBroken] | None) -> None:
    if refusal is None:
        expect_disposable(kept, basis, today=TODAY)
        assert kept.hold is None
        return
    with pytest.raises(refusal):
        expect_disposable(kept, basis, today=TODAY)
