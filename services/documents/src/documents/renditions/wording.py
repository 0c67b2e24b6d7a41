"""Words that several papers share, and sentences for what is empty."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from documents.papers.blocks import Note, says_kind
from documents.rendering.labels import AREAS
from documents.rendering.typography import NBSP, czech_date, czech_number

DASH: Final = "–"
REGIMES: Final[Mapping[str, str]] = {
    "IKP": "intenzivní komplexní podpora",
    "VIP": "vzdálená intenzivní podpora",
    "VDP": "vzdálená dílčí podpora",
    "VEX": "vzdálená ex-post podpora",
    "KPSV21": "spolupráce v KPSV 2021+",
}
VERDICTS: Final = {
    "yes": "ano",
    "rather-yes": "spíše ano",
    "rather-no": "spíše ne",
    "no": "ne",
    "cannot-tell": "nelze posoudit",
}
STRENGTHS: Final = {"strong": "silné", "moderate": "střední", "weak": "slabé"}
CRITERIA: Final = {
    "relevance": "relevance",
    "coherence": "soudržnost",
    "effectiveness": "účelnost",
    "efficiency": "účinnost",
    "impact": "dopad",
    "sustainability": "udržitelnost",
    "partnership": "partnerství",
    "participation": "zapojení obyvatel",
}
PRIORITIES: Final = {"high": "vysoká", "medium": "střední", "low": "nízká"}
EVIDENCE: Final = {
    "indicator": "ukazatel",
    "measure": "opatření",
    "quality-reading": "kritéria kvality",
    "document": "dokument",
    "meeting": "jednání",
}


def or_dash(text: str | None) -> str:
    return (text or "").strip() or DASH


def number(value: Decimal | int | None) -> str:
    return DASH if value is None else czech_number(value)


def signed(value: Decimal | int | None) -> str:
    """Return a difference with its sign: growth says so too."""
    if value is None:
        return DASH
    return f"+{czech_number(value)}" if value > 0 else czech_number(value)


def percent(value: Decimal | None, places: str = "0.1") -> str:
    return DASH if value is None else f"{czech_number(value.quantize(Decimal(places)))}{NBSP}%"


def day(value: date | None) -> str:
    return czech_date(value) or DASH


def area(code: str) -> str:
    return AREAS.get(code, code)


def nothing(said: str) -> Note:
    """Say what is not there, so that nobody takes a gap for a mistake of the press."""
    return Note(text=said)


def named(kind: str, title: str) -> str:
    """Return a title with its kind before it, once: `Exit strategie „Obrnice po roce 2028“`."""
    return f"„{title}“" if says_kind(title, kind) else f"{kind} „{title}“"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
