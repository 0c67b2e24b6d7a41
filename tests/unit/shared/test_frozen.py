"""Pages frozen for paper: the same content of one day is the same page."""

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

import pytest

from shared.frozen import FORM, freeze

SUBJECT = UUID("0199a000-0000-7000-8000-000000000001")
DAY = date(2026, 6, 30)


def test_the_digest_is_of_all_that_was_frozen() -> None:
    page = freeze("unit-profile", SUBJECT, as_of=DAY, content={"index": Decimal("23.50"), "on": DAY})
    assert page.digest == sha256(page.body).hexdigest()
    assert json.loads(page.body) == {
        "form": FORM,
        "kind": "unit-profile",
        "subject_id": str(SUBJECT),
        "as_of": "2026-06-30",
        "content": {"index": "23.50", "on": "2026-06-30"},
    }


def test_order_of_members_makes_no_other_page_and_a_day_does() -> None:
    one = freeze("minutes", SUBJECT, as_of=DAY, content={"a": 1, "b": 2})
    assert one == freeze("minutes", SUBJECT, as_of=DAY, content={"b": 2, "a": 1})
    assert one.digest != freeze("minutes", SUBJECT, as_of=date(2026, 7, 1), content={"a": 1, "b": 2}).digest


def test_a_float_is_frozen_nowhere() -> None:
    with pytest.raises(TypeError):
        freeze("minutes", SUBJECT, as_of=DAY, content={"mean": 1.5})
