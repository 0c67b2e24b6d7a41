"""The frozen minutes of an assessment as far as the paper shows them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

BODIES: Final = {
    "MSMT": "Ministerstvo školství, mládeže a tělovýchovy",
    "MPSV": "Ministerstvo práce a sociálních věcí",
    "URAD_VLADY": "Úřad vlády České republiky",
    "SMO_CR": "Svaz měst a obcí České republiky",
    "AK_CR": "Asociace krajů České republiky",
    "SMS_CR": "Sdružení místních samospráv České republiky",
    "MMR": "Ministerstvo pro místní rozvoj",
}
DUTIES: Final = {"chair": "předseda/předsedkyně", "member": "člen/členka", "secretary": "tajemník/tajemnice"}
OUTCOMES: Final = {
    "recommended": "doporučena",
    "reserve": "náhradník",
    "not-recommended": "nedoporučena",
}
TIES: Final = {
    "index": "při rovnosti bodů rozhodl Index",
    "receipt": "při rovnosti bodů rozhodlo datum přijetí",
    "number": "při rovnosti bodů rozhodlo číslo přihlášky",
}
RECUSALS: Final = {
    "declared": "prohlášení člena",
    "unit": "jedná za žadatele",
    "affiliation": "žadatel je jeho organizací",
    "chair": "rozhodnutí předsedy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    code: str
    name_cs: str
    weight: Decimal
    max_points: int
    min_points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    person_name: str
    body: str
    duty: str
    scored: int
    absences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    person_name: str
    body: str
    number: str
    recusal: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    criterion: str | None
    reached: Decimal
    needed: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    rank: int
    number: str
    unit_name: str
    result: Decimal
    scores: int
    means: dict[str, Decimal]
    spread: Decimal
    is_alarmed: bool
    discussion: str | None
    index: Decimal | None
    index_year: int | None
    recommendation: str
    missed: tuple[Missed, ...] = ()
    tied_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    number: str
    drawn_up_on: date
    assessment_id: UUID
    call_code: str
    call_title: str
    established_by: str
    secretary_name: str
    quorum: int
    spread_alarm: Decimal
    minimum_points: Decimal
    capacity: int | None
    criteria: tuple[Criterion, ...]
    attendance: tuple[Attendance, ...]
    recusals: tuple[Recusal, ...]
    ranking: tuple[Line, ...]
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    duty: str
    person_name: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesContent:
    digest: str
    minutes: Minutes
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPage:
    form: Literal[1]
    as_of: date
    content: MinutesContent
