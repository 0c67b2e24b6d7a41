"""Permanent addresses of what is public, and how it is cited."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from shared.days import day_text

PREFIX: Final = "/api/documents/publications"


def address_of(public_url: str, document_id: UUID, number: int | None = None) -> str:
    """Return the address that lasts: of a document (its newest public version), or of one version."""
    of_version = "" if number is None else f"/versions/{number}"
    return f"{public_url.rstrip('/')}{PREFIX}/{document_id}{of_version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    title: str
    issuer: str
    number: int
    label: str | None
    published_on: date
    address: str
    digest: str


_WORDS: Final = {
    "cs": ("Verze", "Zveřejněno", "Dostupné z"),
    "en": ("Version", "Published", "Available at"),
}


def citation(cited: Cited, language: str) -> str:
    """Return how to cite a version: issuer, title, version, day, address, digest (ČSN ISO 690)."""
    version = cited.label or str(cited.number)
    day = day_text(cited.published_on, language)
    issuer = f"{cited.issuer.rstrip('.')}. " if cited.issuer else ""
    words = (
        ("Verze", "Zveřejněno", "Dostupné z")
        if language == "cs"
        else ("Version", "Published", "Available at")
    )
    return (
        f"{issuer}{cited.title} [online]. {words[0]}: {version}. {words[1]} {day}. "
        f"{words[2]}: {cited.address}. SHA-256: {cited.digest}."
    )


def wanted_media_type(accept: str, offered: Sequence[str]) -> str | None:
    """Return which file is asked for by `Accept` (RFC 9110); None: the facts as JSON.

    What a browser sends (`text/html`) asks for the first file; who asks for nothing gets JSON. Of what is
    accepted equally what stands first counts.
    """
    ranked = sorted(_weighted(accept), key=lambda each: -each[1])
    for wanted, _ in ranked:
        if wanted in offered:
            return wanted
        if wanted == "text/html":
            return offered[0]
        if wanted in {"application/json", "application/*", "*/*"}:
            return None
    return None


def _weighted(accept: str) -> Iterator[tuple[str, Decimal]]:
    for part in accept.lower().split(",")[:50]:
        name, *parameters = (each.strip() for each in part.split(";"))
        weight = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        if _WEIGHT.fullmatch(weight) and Decimal(weight):
            yield name, Decimal(weight)


_WEIGHT: Final = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?", re.ASCII)
