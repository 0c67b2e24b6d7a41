"""Files for people who enter participants in IS ESF: a card a person, or a record of support a line.

The columns are inferred from what the system is known to keep (karta účastníka, evidence podpor): its own
import format is not published. Keys are pseudonymous; whoever holds the names fills them in.
"""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Final

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_SHARED: Final = {
    "registration_number": ("Registrační číslo projektu", "Registration number of the project"),
    "key": ("Klíč účastníka", "Key of the participant"),
}
CARDS: Final[Mapping[str, tuple[str, str]]] = {
    **_SHARED,
    "role": ("Role", "Role"),
    "legal_basis": ("Právní základ", "Legal basis"),
    "registered_on": ("Datum vstupu do projektu", "Day of entry"),
    "withdrawn_on": ("Datum odchodu z projektu", "Day of withdrawal"),
    "hours": ("Rozsah podpory (h:min)", "Support (h:min)"),
    "counted": ("Nebagatelní podpora", "Above the threshold"),
    "counted_on": ("Datum překročení limitu", "Day of crossing the threshold"),
    "indicator": ("Indikátor", "Indicator"),
}
RECORDS: Final[Mapping[str, tuple[str, str]]] = {
    **_SHARED,
    "supported_on": ("Datum podpory", "Day of support"),
    "kind": ("Typ podpory", "Kind of support"),
    "key_activity": ("Klíčová aktivita", "Key activity"),
    "unit": ("Jednotka podpory", "Unit of support"),
    "amount": ("Množství", "Amount"),
    "hours": ("Rozsah (h:min)", "Support (h:min)"),
    "origin": ("Původ zápisu", "Origin of the entry"),
    "reason": ("Poznámka", "Note"),
}


def csv_of(
    columns: Mapping[str, tuple[str, str]], rows: Iterable[Mapping[str, object]], *, language: str
) -> bytes:
    """Return CSV in UTF-8 with a byte-order mark and semicolons, as Czech spreadsheets open it.

    Text that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([names[0 if language == "cs" else 1] for names in columns.values()])
    for row in rows:
        writer.writerow([_cell(row[name], language) for name in columns])
    return (BOM + out.getvalue()).encode()


def _cell(value: object, language: str) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("ano" if value else "ne") if language == "cs" else ("yes" if value else "no")
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(":", "").isdigit()
