"""The register of a call as a table: all that an application holds, the answers of its form too."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from registry.applications.domain import Application
from registry.applications.steps import LABELS
from registry.calls.domain import Call
from shared.contracts.intake import DecisionOutcome
from shared.days import day_of
from shared.sheets import Bilingual, Cell, Column, Sheet, Table, day, text, whole

_OUTCOMES: Final[Mapping[DecisionOutcome, Bilingual]] = {
    DecisionOutcome.ACCEPTED: ("zařazena", "accepted"),
    DecisionOutcome.RESERVE: ("náhradník", "reserve"),
    DecisionOutcome.REJECTED: ("nezařazena", "rejected"),
}
_COLUMNS: Final = (
    text("číslo", "number"),
    text("kód celku", "unit code"),
    text("název", "name", 28),
    text("stav", "status", 24),
    day("doručeno", "received on"),
    text("datová zpráva", "data box message"),
    text("oblasti", "areas"),
    text("usnesení", "resolution"),
    day("usnesení přijato", "resolution adopted on"),
    day("lhůta do", "due on"),
    whole("zbývá pracovních dnů", "working days left"),
    text("rozhodnutí", "decision"),
    day("rozhodnuto", "decided on"),
    text("odůvodnění", "reasons", 50),
    text("důvod překročení kapacity", "reason for exceeding the capacity", 30),
    text("závěr hodnocení", "conclusion of the evaluation", 30),
    text("důvod stažení", "reason of the withdrawal", 30),
    text("metodika", "methodology"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An application with the unit as it is called today."""

    application: Application
    unit_code: str | None
    unit_name: str


def sheet_of(call: Call, lines: Sequence[Line], *, today: date) -> Sheet:
    """Return the register; the answers stand in the columns of the form, under their titles."""
    properties = call.form.get("properties", {})
    fields = properties if isinstance(properties, dict) else {}
    columns = (*_COLUMNS, *(_column(name, each) for name, each in fields.items()))
    rows = [
        [*_cells(line, today), *(_answer(line.application.form.get(name)) for name in fields)]
        for line in lines
    ]
    title = (f"Přihlášky výzvy {call.code}", f"Applications in the call {call.code}")
    return Sheet(name=("Přihlášky", "Applications"), tables=(Table(title=title, columns=columns, rows=rows),))


def _cells(line: Line, today: date) -> list[Cell]:
    found = line.application
    resolution, verdict = found.resolution, found.verdict
    return [
        found.number,
        line.unit_code,
        line.unit_name,
        LABELS[found.status],
        _day(found.received_at),
        found.message_id,
        ", ".join(found.areas),
        resolution.number if resolution else None,
        resolution.adopted_on if resolution else None,
        found.due_on,
        found.days_left(today),
        _OUTCOMES[verdict.outcome] if verdict else None,
        verdict.decided_on if verdict else None,
        verdict.reasons if verdict else None,
        verdict.exceeding_reason if verdict else None,
        found.evaluation_note,
        found.withdrawal_reason,
        found.methodology,
    ]


def _column(name: str, schema: object) -> Column:
    title = str(schema.get("title", name)) if isinstance(schema, dict) else name
    return text(title, title, 24)


def _answer(value: object) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return ("ano", "yes") if value else ("ne", "no")
        case int() | str():
            return value
    return json.dumps(value, ensure_ascii=False)


def _day(instant: datetime | None) -> date | None:
    return day_of(instant) if instant else None


def _said(words: Bilingual | str, language: str) -> str:
    if isinstance(words, str):
        return words
    return words[0] if language == "cs" else words[1]
