"""What changed between two editions of a description: fields, areas, results, criteria of the baseline."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from registry.descriptions.content import BaselineItem, Content, Result
from registry.descriptions.domain import Description
from shared.canonical import plain
from shared.contracts.registry import ThematicArea

Item = TypeVar("Item")
_LISTS: Final = frozenset({"areas", "results"})
"""Compared item by item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """From `before` to `after`, both numbers of editions."""

    before: int
    after: int
    fields: tuple[FieldChange, ...]
    areas_added: tuple[ThematicArea, ...]
    areas_removed: tuple[ThematicArea, ...]
    results_added: tuple[Result, ...]
    results_removed: tuple[Result, ...]
    baseline_added: tuple[BaselineItem, ...]


def changes(before: Description, after: Description) -> Changes:
    """Compare two editions of one description; the baseline only grows."""
    old, new = before.content, after.content
    return Changes(
        before=before.edition,
        after=after.edition,
        fields=tuple(_fields(old, new)),
        areas_added=_only_in(new.areas, old.areas),
        areas_removed=_only_in(old.areas, new.areas),
        results_added=_only_in(new.results, old.results),
        results_removed=_only_in(old.results, new.results),
        baseline_added=_only_in(after.baseline, before.baseline),
    )


def _fields(old: Content, new: Content) -> Sequence[FieldChange]:
    names = [each.name for each in fields(Content) if each.name not in _LISTS]
    pairs = [(name, plain(getattr(old, name)), plain(getattr(new, name))) for name in names]
    return [
        FieldChange(field=name, before=_text(was), after=_text(is_)) for name, was, is_ in pairs if was != is_
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _only_in(these: tuple[Item, ...], those: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(each for each in these if each not in those)
