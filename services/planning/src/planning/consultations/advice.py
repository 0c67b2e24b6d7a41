"""What the field advises of windows and hearings: warnings that never stop anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planning.consultations.domain import Channel, Consultation
from shared.days import day_of

SHORT_DAYS: Final = 14
VERY_SHORT_DAYS: Final = 8
HEARING_DAYS: Final = 14
"""Days of a window, and between the draft, its hearing and the end of comments (methodology of CpKP)."""


class Severity(StrEnum):
    ADVICE = "advice"
    WARNING = "warning"
    STRONG = "strong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    code: str
    severity: Severity
    cs: str
    en: str


def warnings_of(consultation: Consultation) -> list[Warned]:
    return [*_of_window(consultation), *_of_hearing(consultation), *_of_access(consultation)]


def _of_window(consultation: Consultation) -> Iterator[Warned]:
    days = consultation.days
    if days >= SHORT_DAYS:
        return
    severity = Severity.WARNING if days >= VERY_SHORT_DAYS else Severity.STRONG
    yield Warned(
        code="window-short" if severity is Severity.WARNING else "window-very-short",
        severity=severity,
        cs=f"Lhůta pro připomínky trvá jen {days} {_czech_days(days)}; obvyklých je nejméně {SHORT_DAYS}.",
        en=f"The window for comments lasts only {days} day{'' if days == 1 else 's'}; "
        f"at least {SHORT_DAYS} are usual.",
    )


def _czech_days(days: int) -> str:
    return "den" if days == 1 else "dny" if days in {2, 3, 4} else "dní"


def _of_hearing(consultation: Consultation) -> Iterator[Warned]:
    hearing = consultation.hearing
    if hearing is None:
        yield Warned(
            code="hearing-missing",
            severity=Severity.ADVICE,
            cs="Metodika doporučuje aspoň jedno veřejné projednání pracovní verze.",
            en="The methodology advises at least one public hearing of the working version.",
        )
        return
    held_on = day_of(hearing.held_at)
    if (held_on - consultation.first_day).days < HEARING_DAYS:
        yield Warned(
            code="hearing-too-soon",
            severity=Severity.WARNING,
            cs="Návrh má být k dispozici nejméně dva týdny před veřejným projednáním.",
            en="The draft should be available at least two weeks before the public hearing.",
        )
    if (consultation.last_day - held_on).days < HEARING_DAYS:
        yield Warned(
            code="hearing-too-late",
            severity=Severity.WARNING,
            cs="Připomínky mají být možné nejméně dva týdny po veřejném projednání.",
            en="Comments should be possible for at least two weeks after the public hearing.",
        )


def _of_access(consultation: Consultation) -> Iterator[Warned]:
    if consultation.channels == {Channel.WEB} or not consultation.paper_place:
        yield Warned(
            code="online-only",
            severity=Severity.ADVICE,
            cs="Kdo nemá internet, návrh neuvidí nebo se nevyjádří: uveďte, kde leží na papíře, "
            "a přijímejte připomínky i jinak než přes web.",
            en="People without the internet cannot read it or comment: say where it lies on paper and "
            "take comments in another way too.",
        )
