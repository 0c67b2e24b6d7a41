"""One letter for all that waits for a person: the most urgent first, each thing once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from evaluation.mail.domain import RIGHTS_LAST, Language
from evaluation.mail.letter import letter
from evaluation.reminders.domain import LATE, URGENT_FIRST, Stage
from evaluation.reminders.notice_text import Item, path_of, sentence_of
from shared.days import day_of, day_text
from shared.mail_letter import Line, Section
from shared.mail_message import Letter

FEW = 4
"""Up to here a Czech noun in the plural is counted in the nominative."""
MOST_LINES = 100
"""Of a section; the rest is a number and the address of the list."""


_HEADINGS = {
    Language.CS: {
        Stage.ESCALATED: "Dlouho po termínu",
        Stage.OVERDUE: "Po termínu",
        Stage.DUE_TODAY: "Termín je dnes",
        Stage.DUE_SOON: "Termín se blíží",
        Stage.EVALUATION_DUE: "Evaluace, které mají začít",
        Stage.RECOMMENDATION_ISSUED: "Nová doporučení",
        Stage.ANSWER_OVERDUE: "Doporučení bez odpovědi",
        Stage.READING_DUE: "Kritéria kvality k hodnocení",
        Stage.APPROVAL_OVERDUE: "Schvalování po termínu",
        Stage.OWNER_LAPSED: "Opatření bez vlastníka",
    },
    Language.EN: {
        Stage.ESCALATED: "Long overdue",
        Stage.OVERDUE: "Overdue",
        Stage.DUE_TODAY: "Due today",
        Stage.DUE_SOON: "Due soon",
        Stage.EVALUATION_DUE: "Evaluations that should begin",
        Stage.RECOMMENDATION_ISSUED: "New recommendations",
        Stage.ANSWER_OVERDUE: "Recommendations without an answer",
        Stage.READING_DUE: "Quality criteria to be read",
        Stage.APPROVAL_OVERDUE: "Approvals that are overdue",
        Stage.OWNER_LAPSED: "Measures without an owner",
    },
}


def digest(
    items: Iterable[Item], *, language: Language, public_url: str, rights_at: datetime | None = None
) -> Letter:
    """Return the letter; of two stages of the same thing the more urgent is told."""
    told = most_urgent(items)
    sections = [
        _section(stage, of_stage, language, public_url)
        for stage in URGENT_FIRST
        if (of_stage := [item for item in told if item.stage is stage])
    ]
    late = sum(item.stage in LATE for item in told)
    return letter(
        _subject(len(told), late, language),
        _OPENING[language],
        sections,
        language=language,
        settings_address=_at(public_url, "settings/reminders"),
        note="" if rights_at is None else _rights_note(rights_at, language),
    )


def _rights_note(rights_at: datetime, language: Language) -> str:
    """Say until when letters come without a new login: it alone tells what the person may still see."""
    since = day_text(day_of(rights_at), language)
    until = day_text(day_of(rights_at + RIGHTS_LAST), language)
    if language is Language.CS:
        return (
            f"Co smíte vidět, víme z Vašeho přihlášení {since}. Nepřihlásíte-li se znovu, "
            f"obsah upomínek Vám přestaneme posílat po {until}."
        )
    return (
        f"What you may see we know from your login of {since}. Unless you log in again, "
        f"we stop sending what reminders say after {until}."
    )


def login_letter(*, language: Language, public_url: str) -> Letter:
    """Ask for a login without a word of what waits: whether the person may see it, nobody knows."""
    place = [Line(text=_at(public_url, "tasks"), address=_at(public_url, "tasks"))] if public_url else []
    if language is Language.CS:
        subject = "Pospolu: něco na Vás čeká, přihlaste se"
        opening = (
            "Dobrý den, v Pospolu na Vás čekají upomínky. Dlouho jste se nepřihlásili, a nevíme proto, "
            "co ještě smíte vidět. Přihlaste se, prosím; upomínky pak zase začnou chodit."
        )
    else:
        subject = "Pospolu: something waits for you, please log in"
        opening = (
            "Hello, reminders wait for you in Pospolu. You have not logged in for long, so we do not know "
            "what you may still see. Please log in; reminders come again then."
        )
    heading = {Language.CS: "Kde", Language.EN: "Where"}[language]
    sections = [Section(heading=heading, lines=tuple(place))] if place else []
    return letter(
        subject, opening, sections, language=language, settings_address=_at(public_url, "settings/reminders")
    )


_OPENING = {
    Language.CS: "Dobrý den, v tom, co sledujete, čeká:",
    Language.EN: "Hello, in what you follow the following is awaited:",
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
    return Line(text=sentence_of(item, language), address=_at(public_url, path_of(item)))


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
