"""What is kept as JSON comes back as the very value that was kept."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.activities.domain import Activity
from registry.applications.domain import Application
from registry.calls.domain import Call
from registry.calls.methodology import Methodology
from registry.calls.window import Extension
from registry.caseload.domain import Assignment
from registry.commission.assessing import Assessment
from registry.commission.domain import Commission
from registry.commission.scoring import Score
from registry.contacts.domain import Contact
from registry.cooperation.domain import Cooperation
from registry.correspondence.domain import Entry
from registry.correspondence.promises import Promise
from registry.descriptions.domain import Description
from registry.handovers.domain import Handover
from registry.handovers.elections import Election
from registry.memoranda.domain import Edition
from registry.statements.domain import Statement
from shared.canonical import plain
from shared.stored import from_json, from_row

KEPT = (
    *(Activity, Application, Assessment, Assignment, Call, Commission, Contact, Cooperation, Description),
    *(Edition, Election, Entry, Extension, Handover, Methodology, Promise, Score, Statement),
)
WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
st.register_type_strategy(object, WRITTEN)
st.register_type_strategy(Mapping, st.dictionaries(st.text(), WRITTEN, max_size=3))
st.register_type_strategy(Decimal, st.decimals(min_value=-(10**9), max_value=10**9, places=2))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@given(st.data())
@settings(max_examples=10)
def test_a_value_comes_back_from_its_json_and_from_its_row_as_it_was(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    row = cast("dict[str, object]", plain(value))
    assert from_json(kind, json.dumps(row)) == value
    nested = {name: json.dumps(part) for name, part in row.items() if isinstance(part, dict | list)}
    assert from_row(kind, {**row, **nested}, json_columns=nested) == value
