"""What a reader with an old link sees: when a version was withdrawn, why, and what is read instead."""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from shared.days import day_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of a withdrawn version; `replaced_by` is the address of what is read instead."""

    document_title: str
    number: int
    published_on: date
    withdrawn_on: date
    reason: str
    digest: str
    replaced_by: str | None


WITHDRAWN: Final = {"cs": "Dokument byl stažen.", "en": "The document was withdrawn."}
_LABELS: Final = {
    "cs": ("Dokument", "Verze", "Zveřejněno", "Staženo", "Důvod", "Otisk SHA-256"),
    "en": ("Document", "Version", "Published", "Withdrawn", "Reason", "SHA-256 digest"),
}
_INSTEAD: Final = {"cs": "Číst platnou verzi", "en": "Read the version in force"}
_NOTHING: Final = {
    "cs": "Jiná verze dokumentu zveřejněna není.",
    "en": "No other version of the document is published.",
}


def tombstone(left: Left, language: str) -> str:
    """Return a page without scripts, pictures or anything of others."""
    days = (day_text(left.published_on, language), day_text(left.withdrawn_on, language))
    facts = (left.document_title, str(left.number), *days, left.reason, left.digest)
    pairs = "".join(
        f"<dt>{label}</dt><dd>{escape(fact)}</dd>"
        for label, fact in zip(_LABELS[language], facts, strict=True)
    )
    instead = (
        f'<a href="{escape(left.replaced_by)}">{_INSTEAD[language]}</a>'
        if left.replaced_by
        else _NOTHING[language]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{WITHDRAWN[language]}</title></head>\n<body><main><h1>{WITHDRAWN[language]}</h1>"
        f"<dl>{pairs}</dl><p>{instead}</p></main></body></html>\n"
    )
