"""An official board as open data: OFN Úřední desky of 2021-07-20 (JSON-LD)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from documents.boards.domain import Board

Json = dict[str, object]
CONTEXT: Final = "https://ofn.gov.cz/úřední-desky/2021-07-20/kontexty/úřední-deska.jsonld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """What hangs: the posting with what the document says of itself."""

    id: UUID
    document_id: UUID
    number: int
    title: str
    reference_number: str | None
    file_mark: str | None
    file_name: str
    approved_on: date | None
    posted_on: date
    remove_on: date | None


def board_of(board: Board, hanging: Sequence[Hanging], *, base: str) -> Json:
    """Return the board with all that hangs on it; `base` is the address of this service."""
    address = f"{base}/boards/{board.code}/board.jsonld"
    return {
        "@context": CONTEXT,
        "typ": "Úřední deska",
        "iri": address,
        "název": {"cs": board.title},
        "stránka": board.page or address,
        "provozovatel": {"typ": "Osoba", "ičo": board.operator_ico, "název": {"cs": board.operator}},
        "informace": [_notice(each, base) for each in hanging],
    }


def _notice(hanging: Hanging, base: str) -> Json:
    document = f"{base}/documents/{hanging.document_id}"
    content = f"{document}/versions/{hanging.number}/content"
    notice: Json = {
        "typ": ["Digitální objekt", "Informace na úřední desce"],
        "iri": f"{base}/postings/{hanging.id}",
        "url": document,
        "název": {"cs": hanging.title},
        "vyvěšení": _day(hanging.posted_on),
        "relevantní_do": _day(hanging.remove_on),
        "dokument": [{"typ": "Digitální objekt", "název": {"cs": hanging.file_name}, "url": content}],
    }
    if hanging.approved_on is not None:
        notice["schválení"] = _day(hanging.approved_on)
    if hanging.reference_number is not None:
        notice["číslo_jednací"] = hanging.reference_number
    if hanging.file_mark is not None:
        notice["spisová_značka"] = hanging.file_mark
    return notice


def _day(day: date | None) -> Json:
    moment: Json = {"typ": "Časový okamžik"}
    return moment | ({"nespecifikovaný": True} if day is None else {"datum": day.isoformat()})
