"""What a new leadership is given: the parts of the pack, in the order in which they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.canonical import canonical_json, digest

Items = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The name of a part, and what it says when there is nothing in it."""

    cs: str
    en: str
    empty_cs: str
    empty_en: str


HEADINGS = {
    "cooperations": Heading(
        cs="Spolupráce s Agenturou a její fáze",
        en="Cooperation with the Agency and its phases",
        empty_cs="Celek s Agenturou nikdy nespolupracoval.",
        empty_en="The unit has never cooperated with the Agency.",
    ),
    "memorandum": Heading(
        cs="Platné memorandum",
        en="Memorandum in force",
        empty_cs="Žádné memorandum neplatí.",
        empty_en="No memorandum is in force.",
    ),
    "descriptions": Heading(
        cs="Popisy spolupráce a dohodnuté oblasti",
        en="Descriptions of cooperation and agreed areas",
        empty_cs="Žádný popis spolupráce neplatí.",
        empty_en="No description of cooperation is in force.",
    ),
    "plans": Heading(
        cs="Platné plány",
        en="Plans in force",
        empty_cs="Žádný schválený plán neběží.",
        empty_en="No approved plan is running.",
    ),
    "index": Heading(
        cs="Index sociálního vyloučení (poslední roky)",
        en="Index of social exclusion (latest years)",
        empty_cs="Index pro tento celek není vypočten; má jej jen obec.",
        empty_en="There is no Index of this unit; only a municipality has one.",
    ),
    "people": Heading(
        cs="Kdo má celek v Agentuře na starosti",
        en="Who looks after the unit at the Agency",
        empty_cs="Nikdo není určen; celek je na starosti celé Agentuře.",
        empty_en="Nobody is assigned; the whole Agency looks after the unit.",
    ),
    "contacts": Heading(
        cs="Kontaktní osoby celku podle úlohy (jména jsou v kontaktech)",
        en="Contacts of the unit by role (the names are among contacts)",
        empty_cs="Žádný kontakt není veden.",
        empty_en="There are no contacts.",
    ),
    "applications": Heading(
        cs="Rozpracované a nerozhodnuté přihlášky",
        en="Applications being drafted or decided",
        empty_cs="Žádná přihláška není otevřená.",
        empty_en="No application is open.",
    ),
    "statements": Heading(
        cs="Nevyřízené žádosti o vyjádření a jejich lhůty",
        en="Requests for statements that are open, and their deadlines",
        empty_cs="Žádná žádost o vyjádření neběží.",
        empty_en="No request for a statement is open.",
    ),
    "promises": Heading(
        cs="Nesplněné sliby obou stran",
        en="Open promises of both parties",
        empty_cs="Žádný slib není otevřený.",
        empty_en="No promise is open.",
    ),
    "correspondence": Heading(
        cs="Poslední korespondence",
        en="Latest correspondence",
        empty_cs="Žádná korespondence není zapsána.",
        empty_en="No correspondence is written down.",
    ),
    "activities": Heading(
        cs="Poslední odborné činnosti",
        en="Latest expert activities",
        empty_cs="Žádná odborná činnost není zapsána.",
        empty_en="No expert activity is written down.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part says by itself that it is empty: nothing is left out without a word."""

    code: str
    title_cs: str
    title_en: str
    note_cs: str
    note_en: str
    items: Items


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that was agreed with a unit, as of a day."""

    unit_id: UUID
    unit_name: str
    election: str
    as_of: date
    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical JSON."""
        return digest(canonical_json(self))


def parts_of(found: Mapping[str, Items | None]) -> tuple[Part, ...]:
    """Return all parts in order; one that nothing was found for says so."""
    return tuple(
        Part(
            code=code,
            title_cs=heading.cs,
            title_en=heading.en,
            note_cs="" if found[code] else heading.empty_cs,
            note_en="" if found[code] else heading.empty_en,
            items=found[code] or (),
        )
        for code, heading in HEADINGS.items()
    )
