"""What changed in a plan, with the changes marked as a word processor marks them."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from documents.papers.blocks import (
    Align,
    Block,
    Bullets,
    Change,
    Column,
    Heading,
    Marked,
    Paper,
    Paragraph,
    Run,
    Table,
)
from documents.rendering import typography as cs
from documents.rendering.difference import Added, Changed, Difference, FieldChange, Value
from documents.rendering.domain import Snapshot
from documents.rendering.labels import CODES, FIELDS, NODE_KINDS
from documents.rendering.marking import runs_of
from documents.rendering.plan_blocks import DASH
from documents.rendering.plan_paper import paper_of

SUBTITLE: Final = "Změny proti revizi {since}"
REMARK: Final = (
    "Doplněná slova jsou podtržena, vypuštěná přeškrtnuta; v souboru DOCX jsou to sledované změny. "
    "Otisk SHA-256 v zápatí patří schválenému znění, ke kterému změny vedou."
)
_DAYS: Final = frozenset({"valid_from", "valid_until"})
_MONEY: Final = frozenset({"cost_czk", "amount_czk", "budget_czk"})
_COUNTED: Final = frozenset({"estimated_people", "baseline", "target"})


def difference_paper(snapshot: Snapshot, difference: Difference, *, digest: str) -> Paper:
    """Return the changes that led to the snapshot."""
    names = {str(unit.id): unit.name for unit in snapshot.units}
    return paper_of(
        snapshot,
        digest=digest,
        blocks=tuple(_Teller(names).blocks(difference)),
        subtitle=SUBTITLE.format(since=difference.since),
        remark=REMARK,
    )


class _Teller:
    """Tells one difference; `names` are those of units, by the text of their ids."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def blocks(self, difference: Difference) -> Iterator[Block]:
        if difference.is_empty:
            yield Paragraph(text="Obsah plánu se nemění.")
            return
        if difference.head:
            yield Heading(level=1, text="Plán jako celek")
            yield from self._fields(difference.head)
        if difference.changed:
            yield Heading(level=1, text="Co se mění")
            for changed in difference.changed:
                yield from self._changed(changed)
        if difference.added:
            yield Heading(level=1, text="Co se doplňuje")
            for added in difference.added:
                yield from self._added(added)
        if difference.removed:
            yield Heading(level=1, text="Co se vypouští")
            for gone in difference.removed:
                yield Marked(runs=(_gone(_named(gone.kind, gone.number, gone.title)),))
        if difference.moved:
            yield Heading(level=1, text="Co se přesouvá")
            yield Bullets(
                items=tuple(
                    f"{_named(each.kind, each.number, each.title)} (dosud {each.number_before})"
                    for each in difference.moved
                )
            )
        yield from _costs(difference)

    def _changed(self, changed: Changed) -> Iterator[Block]:
        called = _named(changed.kind, changed.number, changed.title)
        before = "" if changed.number == changed.number_before else f" (dosud {changed.number_before})"
        yield Heading(level=2, text=called + before)
        yield from self._fields(changed.changes)

    def _fields(self, changes: tuple[FieldChange, ...]) -> Iterator[Block]:
        for change in changes:
            label = Run(text=f"{_label(change.field)}: ")
            before, after = (self._shown(change.field, value) for value in (change.before, change.after))
            yield Marked(runs=(label, *runs_of(before, after)))

    def _added(self, added: Added) -> Iterator[Block]:
        yield Marked(runs=(_new(_named(added.kind, added.number, added.title)),))
        for field, value in added.values.items():
            shown = self._shown(field, value)
            if shown and field not in {"title", "name"}:
                yield Marked(runs=(_new(f"{_label(field)}: {shown}"),))

    def _shown(self, field: str, value: Value) -> str:
        """Write a value as people do: money, numbers, days, codes, names of units."""
        if value is None or value == "":
            return ""
        if isinstance(value, list):
            return ", ".join(self._names.get(each, each) for each in value)
        text = str(value)
        if field in _MONEY or field in _COUNTED:
            return _number(text, is_money=field in _MONEY)
        if field in _DAYS or field.endswith("_on"):
            return _day(text)
        return CODES.get(field, {}).get(text, text)


def _number(text: str, *, is_money: bool) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return cs.czech_money(value) if is_money else cs.czech_number(value)


def _day(text: str) -> str:
    try:
        return cs.czech_date(date.fromisoformat(text))
    except ValueError:
        return text


def _label(field: str) -> str:
    called = FIELDS.get(field, field)
    return called[:1].upper() + called[1:]


def _named(kind: str, number: str, title: str) -> str:
    called = NODE_KINDS.get(kind, kind)
    return f"{called[:1].upper()}{called[1:]} {number} {title}".strip()


def _new(text: str) -> Run:
    return Run(text=text, change=Change.INSERTED)


def _gone(text: str) -> Run:
    return Run(text=text, change=Change.DELETED)


def _costs(difference: Difference) -> Iterator[Block]:
    if not (difference.total.delta or difference.costs):
        return
    yield Heading(level=1, text="Co to znamená pro náklady")
    total = difference.total
    money = Align.RIGHT
    yield Table(
        columns=(
            Column(title="Zdroj financování"),
            *(Column(title=title, width_mm=34, align=money) for title in ("Dosud", "Nově", "Rozdíl")),
        ),
        rows=tuple(
            (each.funding_source or "bez uvedeného zdroje", *_amounts(each.before, each.after, each.delta))
            for each in difference.costs
        ),
        totals=("Náklady opatření celkem", *_amounts(total.before, total.after, total.delta)),
    )


def _amounts(before: Decimal, after: Decimal, delta: Decimal) -> tuple[str, str, str]:
    sign = "+" if delta > 0 else ""
    return cs.czech_money(before), cs.czech_money(after), f"{sign}{cs.czech_money(delta)}" if delta else DASH
