"""A form is checked by its schema: every keyword in two languages, drafts mildly, hostile input fast."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.applications.forms import (
    DEEPEST,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ITEMS,
    DecimalIsNotText,
    FormIsTooLarge,
    TextIsNotStorable,
    faults_in_draft,
    findings_in,
    tamed,
)
from shared.errors import Invalid
from tests.support.applications import FORM

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def found(form: dict[str, object], schema: dict[str, object]) -> list[tuple[str, str]]:
    return [(each.pointer, each.code) for each in findings_in(form, schema)]


@pytest.mark.parametrize(
    ("schema", "value", "code"),
    [
        ({"type": "integer"}, "3", "type"),
        ({"type": "integer"}, True, "type"),
        ({"enum": ["a", "b"]}, "c", "enum"),
        ({"const": True}, False, "const"),
        ({"minLength": 3}, "ab", "min-length"),
        ({"maxLength": 3}, "abcd", "max-length"),
        ({"pattern": "^[0-9]{3}$"}, "12", "pattern"),
        ({"format": "date"}, "2026-02-30", "format"),
        ({"format": "email"}, "jana", "format"),
        ({"minimum": 1}, 0, "minimum"),
        ({"maximum": 1}, 2, "maximum"),
        ({"exclusiveMinimum": 1}, 1, "exclusive-minimum"),
        ({"exclusiveMaximum": 1}, 1, "exclusive-maximum"),
        ({"multipleOf": 5}, 7, "multiple-of"),
        ({"minItems": 1}, [], "min-items"),
        ({"maxItems": 1}, [1, 2], "max-items"),
        ({"uniqueItems": True}, [1, 1], "unique-items"),
        ({"contains": {"const": 1}}, [2], "contains"),
        ({"minProperties": 1}, {}, "min-properties"),
        ({"maxProperties": 0}, {"a": 1}, "max-properties"),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, 3, "any-of"),
        ({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, 3, "one-of"),
        ({"not": {"const": 1}}, 1, "not"),
        (False, 1, "not-allowed"),
    ],
)
def test_each_keyword_that_is_not_met_is_told_in_both_languages(
    schema: object, value: object, code: str
) -> None:
    (finding,) = findings_in({"x": value}, {"type": "object", "properties": {"x": schema}})
    assert (finding.pointer, finding.code) == ("/form/x", code)
    for sentence in (finding.cs, finding.en):
        assert sentence.endswith(".")
        assert "{" not in sentence
    assert finding.cs != finding.en


def test_a_missing_value_is_told_by_its_title_even_where_a_condition_asks_for_it() -> None:
    assert found({"reason": "Dlouhý důvod", "localities": 1, "had_cooperation": True}, FORM) == [
        ("/form/earlier_cooperation", "required")
    ]
    (finding,) = findings_in({"reason": "Dlouhý důvod", "localities": 1, "had_cooperation": True}, FORM)
    assert finding.cs == "Chybí povinný údaj „Dřívější spolupráce“."
    assert found({"reason": "Dlouhý důvod", "localities": 1, "had_cooperation": False}, FORM) == []


def test_what_depends_on_another_value_is_missing_only_beside_it() -> None:
    schema: dict[str, object] = {"dependentRequired": {"loan": ["bank", "sum"]}}
    assert found({"loan": True, "sum": 1}, schema) == [("/form/bank", "required")]
    assert found({"sum": 1}, schema) == []


def test_places_inside_lists_and_odd_names_are_json_pointers() -> None:
    schema: dict[str, object] = {
        "properties": {
            "a/b": {"items": {"required": ["c~d"], "properties": {"c~d": {"title": "Ulice"}}}},
        }
    }
    (finding,) = findings_in({"a/b": [{"c~d": 1}, {}]}, schema)
    assert (finding.pointer, finding.en) == ("/form/a~1b/1/c~0d", "“Ulice” is required and missing.")


def test_a_draft_may_lack_everything_but_nothing_in_it_may_be_of_another_kind() -> None:
    assert faults_in_draft({}, FORM) == []
    assert faults_in_draft({"reason": "krátký", "email": "jana@", "localities": 0}, FORM) == []
    faults = faults_in_draft({"reason": 7, "localities": "tři", "unknown": 1}, FORM)
    assert [(each.pointer, each.code) for each in faults] == [
        ("/form/localities", "type"),
        ("/form/reason", "type"),
        ("/form/unknown", "additional-properties"),
    ]


def test_additional_values_follow_their_own_schema_unless_a_pattern_knows_them() -> None:
    schema: dict[str, object] = {
        "properties": {"a": {}},
        "patternProperties": {"^n_": {"type": "integer"}},
        "additionalProperties": {"type": "string"},
    }
    assert found({"a": 1, "n_1": 1, "b": "x"}, schema) == []
    assert found({"n_1": "x", "b": 1}, schema) == [("/form/b", "type"), ("/form/n_1", "type")]


def test_a_pattern_that_would_take_ages_is_matched_at_once() -> None:
    # `re` would need more than the age of the universe
    evil: dict[str, object] = {"properties": {"x": {"pattern": "^(a+)+$"}}}
    assert found({"x": "a" * (LONGEST_TEXT - 1) + "!"}, evil) == [("/form/x", "pattern")]


@pytest.mark.parametrize("pattern", [r"^\d{3} ?\d{2}$", r"^[A-ZŽŠČŘ]", r"(ano|ne)", r"\w+@\w+"])
@pytest.mark.parametrize("text", ["110 00", "Žatec", "ano", "a@b", "", "12"])
def test_patterns_find_what_re_finds(pattern: str, text: str) -> None:
    matched = found({"x": text}, {"properties": {"x": {"pattern": pattern}}}) == []
    assert matched == bool(re.search(pattern, text))


@pytest.mark.parametrize("reference", ["#/$defs/nowhere", "https://example.com/schema.json", "#"])
def test_a_form_that_leads_nowhere_is_told_and_nothing_is_fetched(reference: str) -> None:
    schema = {"$ref": reference, "properties": {}} if reference == "#" else {"$ref": reference}
    assert found({}, {"allOf": [schema]}) == [("/form", "form-of-the-call-broken")]


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"a": "x" * (LONGEST_TEXT + 1)}, FormIsTooLarge),
        ({"a" * (LONGEST_NAME + 1): 1}, FormIsTooLarge),
        ({"a": [1] * (MOST_ITEMS + 1)}, FormIsTooLarge),
        ({"a": [[1] * 400] * 20}, FormIsTooLarge),
        ({str(at): "x" * 10_000 for at in range(30)}, FormIsTooLarge),
        ({"a": 10**16}, FormIsTooLarge),
        ({"a": float("nan")}, FormIsTooLarge),
        ({"a": float("inf")}, FormIsTooLarge),
        ({"a": 2.5}, DecimalIsNotText),
        ({"a": "\0"}, TextIsNotStorable),
        ({"a": "\ud800"}, TextIsNotStorable),
        ({"\udfff": 1}, TextIsNotStorable),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_place(form: dict[str, object], error: type[Invalid]) -> None:
    with pytest.raises(error) as refused:
        tamed(form)
    assert (refused.value.pointer or "").startswith("/form")


def test_a_form_may_be_as_deep_as_it_is_said_and_no_deeper() -> None:
    inner: object = 1
    for _ in range(DEEPEST - 1):
        inner = {"a": inner}
    assert tamed({"a": inner}) == {"a": inner}
    with pytest.raises(FormIsTooLarge):
        tamed({"a": {"a": inner}})


def test_whole_numbers_stay_whole_and_truth_stays_truth() -> None:
    kept = tamed({"a": 5.0, "b": True, "c": 0})
    assert [type(value) for value in kept.values()] == [int, bool, int]


@given(form=st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_any_json_is_kept_or_refused_and_what_is_kept_is_checked(form: dict[str, object]) -> None:
    try:
        kept = tamed(form)
    except Invalid:
        return
    assert tamed(kept) == kept
    places = {each.pointer for each in findings_in(kept, FORM)}
    assert {"/form/reason", "/form/localities"} - places <= {f"/form/{name}" for name in kept}
