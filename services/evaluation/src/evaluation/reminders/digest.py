"""One letter for all that waits for a person: the most urgent first, each thing once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from evaluation.evaluations.kinds import KINDS
from evaluation.mail.domain import Language, Letter
from evaluation.mail.letter import Line, Section, letter
from evaluation.reminders.domain import URGENT_FIRST, Stage
from shared.contracts.reports import EvaluationType
from shared.days import day_text

FEW = 4
"""Up to here a Czech noun in the plural is counted in the nominative."""
MOST_LINES = 100
"""Of a section; the rest is a number and the address of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing to be told: a value of an indicator, or an evaluation (`type`)."""

    stage: Stage
    subject_id: UUID
    plan_title: str
    due_on: date
    indicator: str = ""
    period: str = ""
    owner: str = ""
    type: EvaluationType | None = None


_HEADINGS = {
    Language.CS: {
        Stage.ESCALATED: "Dlouho po termínu",
        Stage.OVERDUE: "Po termínu",
        Stage.DUE_TODAY: "Termín je dnes",
        Stage.DUE_SOON: "Termín se blíží",
        Stage.EVALUATION_DUE: "Evaluace, které mají začít",
    },
    Language.EN: {
        Stage.ESCALATED: "Long overdue",
        Stage.OVERDUE: "Overdue",
        Stage.DUE_TODAY: "Due today",
        Stage.DUE_SOON: "Due soon",
        Stage.EVALUATION_DUE: "Evaluations that should begin",
    },
}


def digest(items: Iterable[Item], *, language: Language, public_url: str) -> Letter:
    """Return the letter; of two stages of the same thing the more urgent is told."""
    told = most_urgent(items)
    sections = [
        _section(stage, of_stage, language, public_url)
        for stage in URGENT_FIRST
        if (of_stage := [item for item in told if item.stage is stage])
    ]
    late = sum(item.stage in {Stage.OVERDUE, Stage.ESCALATED} for item in told)
    return letter(
        _subject(len(told), late, language),
        _OPENING[language],
        sections,
        language=language,
        settings_address=_at(public_url, "settings/reminders"),
    )


_OPENING = {
    Language.CS: "Dobrý den, v plánech, které sledujete, čeká na zápis:",
    Language.EN: "Hello, in the plans that you follow the following is awaited:",
}


def most_urgent(items: Iterable[Item]) -> list[Item]:
    """Return each thing once, by due date."""
    chosen: dict[UUID, Item] = {}
    for item in sorted(items, key=lambda item: URGENT_FIRST.index(item.stage)):
        chosen.setdefault(item.subject_id, item)
    return sorted(
        chosen.values(), key=lambda item: (item.due_on, item.plan_title, item.indicator, item.period)
    )


def _section(stage: Stage, items: Sequence[Item], language: Language, public_url: str) -> Section:
    lines = [_line(item, language, public_url) for item in items[:MOST_LINES]]
    if len(items) > MOST_LINES:
        lines.append(Line(text=_more(len(items) - MOST_LINES, language), address=_at(public_url, "tasks")))
    return Section(heading=_HEADINGS[language][stage], lines=tuple(lines))


def _line(item: Item, language: Language, public_url: str) -> Line:
    day = day_text(item.due_on, language)
    due = f"termín {day}" if language is Language.CS else f"due {day}"
    if item.type is not None:
        text = f"{item.plan_title}: {_name_of(item.type, language)}, {due}"
        return Line(text=text, address=_at(public_url, f"evaluations/{item.subject_id}"))
    text = f"{item.plan_title}: {item.indicator}, {item.period}, {due} ({item.owner})"
    return Line(text=text, address=_at(public_url, f"obligations/{item.subject_id}"))


def _name_of(of_type: EvaluationType, language: Language) -> str:
    return KINDS[of_type].cs if language is Language.CS else KINDS[of_type].en


def _at(public_url: str, path: str) -> str:
    """Return the address, or nothing where the place of the application is not set."""
    return f"{public_url.rstrip('/')}/{path}" if public_url else ""


def _subject(count: int, late: int, language: Language) -> str:
    if language is Language.EN:
        return f"Pospolu: {count} awaited" + (f", {late} of them overdue" if late else "")
    return f"Pospolu: {awaited_in_czech(count)}" + (f", z toho po termínu {late}" if late else "")


def awaited_in_czech(count: int) -> str:
    """Return the count with its noun: 1 položka, 2–4 položky, 5 and more položek."""
    if count == 1:
        return "čeká 1 položka"
    return f"čekají {count} položky" if count <= FEW else f"čeká {count} položek"


def _more(count: int, language: Language) -> str:
    if language is Language.EN:
        return f"and {count} more"
    return f"a {count} {'další' if count <= FEW else 'dalších'}"
