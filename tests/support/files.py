"""Published files made by hand: code lists and relations of ČSÚ in both dialects, exports of RÚIAN."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import pytest

PUBLISHED: Final = Path(__file__).parents[3] / "shared" / "data"
Row = Mapping[str, str]
FOR_EVER: Final = date(9999, 9, 9)
ACRONYMS: Final = {"43": "CISOB", "61": "CISPOU", "65": "CISORP", "100": "KRAJ_NUTS", "101": "OKRES_NUTS"}


class Dialect(StrEnum):
    """How the statistical office writes: until its new web, and since."""

    OLD = "old"  # Windows-1250, semicolons, upper case, DD.MM.YYYY
    NEW = "new"  # UTF-8 without BOM, commas, quotes, lower case, YYYY-MM-DD

    def day(self, day: date) -> str:
        return day.isoformat() if self is Dialect.NEW else f"{day:%d.%m.%Y}"


def published(name: str) -> bytes:
    """Return a real file that lies beside the checkout; the test is skipped, loudly, where it does not."""
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"the published file {name} does not lie beside the checkout")
    return path.read_bytes()


def a_csv(rows: Sequence[Row], dialect: Dialect = Dialect.NEW) -> bytes:
    """Return rows as CSV; the columns are those of the first row."""
    columns = list(rows[0])
    lines = [columns, *([row[column] for column in columns] for row in rows)]
    if dialect is Dialect.OLD:
        lines[0] = [column.upper() for column in columns]
        return "".join(";".join(line) + "\r\n" for line in lines).encode("cp1250")
    return "".join(",".join(f'"{value}"' for value in line) + "\n" for line in lines).encode()


def an_item(
    code: str,
    name: str,
    first: date = date(1993, 1, 1),
    last: date = FOR_EVER,
    *,
    code_list: str = "43",
    language: str = "CS",
    dialect: Dialect = Dialect.NEW,
    **more: str,
) -> Row:
    """Return one row of a code list."""
    return {
        "kodjaz": language,
        "akrcis": ACRONYMS.get(code_list, "CIS"),
        "kodcis": code_list,
        "chodnota": code,
        "zkrtext": name,
        "text": name,
        "admplod": dialect.day(first),
        "admnepo": dialect.day(last),
        **more,
    }


def a_relation(one: tuple[str, str], other: tuple[str, str], language: str = "CS") -> Row:
    """Return one row of a relation file: (list, code) belongs to (list, code)."""
    return {
        "kodjaz": language,
        "typvaz": "Editační vazba",
        "akrcis1": ACRONYMS.get(one[0], "CIS"),
        "kodcis1": one[0],
        "chodnota1": one[1],
        "text1": "",
        "akrcis2": ACRONYMS.get(other[0], "CIS"),
        "kodcis2": other[0],
        "chodnota2": other[1],
        "text2": "",
    }


def relations(list_one: str, list_other: str, pairs: Iterable[tuple[str, str]]) -> list[Row]:
    return [a_relation((list_one, one), (list_other, other)) for one, other in pairs]


def a_municipality_of_ruian(code: str = "567337", name: str = "Obrnice", **changes: str) -> Row:
    """Return one row of UI_OBEC."""
    return {
        "kod": code,
        "nazev": name,
        "status_kod": "2",
        "pou_kod": "",
        "okres_kod": "3508",
        "cleneni_sm_rozsah_kod": "",
        "cleneni_sm_typ_kod": "",
        "plati_od": "18.09.2025 00:00:00",
        "plati_do": "",
        "datum_vzniku": "",
        **changes,
    }


def a_part_of_ruian(code: str, name: str, municipality: str = "567337", **changes: str) -> Row:
    """Return one row of UI_CAST_OBCE."""
    return {
        "kod": code,
        "nazev": name,
        "obec_kod": municipality,
        "plati_od": "01.07.2011 00:00:00",
        "plati_do": "",
        "datum_vzniku": "",
        **changes,
    }
