"""Tables of published files, CSV, XLSX or GeoJSON: parsed in a process of their own with hard limits."""

import asyncio
import json
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from shared.confined import OUT_OF_MEMORY, run_apart
from shared.errors import Invalid

Cell = str | int | float | bool | None


class FileKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"


class FileNotReadable(Invalid):
    cs = "Soubor nelze přečíst jako tabulku: není to platný XLSX ani CSV, nebo je poškozený ({reason})."
    en = "The file cannot be read as a table: it is no valid XLSX or CSV, or it is damaged ({reason})."


class FileOfWrongKind(Invalid):
    cs = "Čekáme soubor {expected}, přišel {found}."
    en = "We expect a {expected} file, this is {found}."


class WorkbookEncrypted(Invalid):
    cs = "Sešit je zašifrovaný. Uložte jej bez hesla a pošlete znovu."
    en = "The workbook is encrypted. Save it without a password and send it again."


class WorkbookTooOld(Invalid):
    cs = "Soubor je ve starém formátu XLS. Uložte jej jako XLSX a pošlete znovu."
    en = "The file is in the old XLS format. Save it as XLSX and send it again."


class SheetTooLarge(Invalid):
    cs = "Tabulka je příliš velká: přesahuje povolený rozsah ({limit})."
    en = "The table is too large: it exceeds what is allowed ({limit})."


class CellTooLong(Invalid):
    cs = "Na řádku {row} je příliš dlouhá hodnota (nejvýš {limit} znaků)."
    en = "A value in row {row} is too long ({limit} characters at most)."


class CellNotStorable(Invalid):
    cs = "Na řádku {row} nebo v některém z následujících je znak, který nelze uložit (NUL, půl znaku)."
    en = "Row {row} or one soon after it has a character that cannot be stored (NUL, half a character)."


class CellsMerged(Invalid):
    cs = "List má sloučené buňky ({where}). Zrušte sloučení a pošlete soubor znovu."
    en = "The sheet has merged cells ({where}). Split them and send the file again."


class FormulasFound(Invalid):
    cs = "List obsahuje vzorce. Uložte jen hodnoty (vložit jinak – hodnoty) a pošlete soubor znovu."
    en = "The sheet has formulas. Save the values alone (paste special – values) and send the file again."


class SheetMissing(Invalid):
    cs = "List nelze určit; sešit má listy: {sheets}."
    en = "It is not clear which sheet to read; the workbook has: {sheets}."


class CoordinatesInAnotherSystem(Invalid):
    cs = "Souřadnice jsou v systému „{found}“. Čekáme stupně WGS 84 (CRS84, EPSG:4326)."
    en = "The coordinates are in “{found}”. We expect degrees of WGS 84 (CRS84, EPSG:4326)."


class HeaderMissing(Invalid):
    cs = "Soubor nemá řádek se záhlavím."
    en = "The file has no header row."


REFUSALS: Final = {
    refusal.__name__: refusal
    for refusal in (
        FileNotReadable,
        FileOfWrongKind,
        WorkbookEncrypted,
        WorkbookTooOld,
        SheetTooLarge,
        CellTooLong,
        CellNotStorable,
        CellsMerged,
        FormulasFound,
        SheetMissing,
        CoordinatesInAnotherSystem,
        HeaderMissing,
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a table may be at most. The defaults keep the reading process and ours below 512 MiB together."""

    rows: int = 300_000
    columns: int = 256
    cells: int = 2_000_000
    characters: int = 32_000_000
    characters_of_a_cell: int = 32_767
    inflated_bytes: int = 200 * 1024 * 1024
    memory_bytes: int = 192 * 1024 * 1024
    cpu_seconds: int = 15
    seconds: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: `rows[0]` stands in row `first_row` of the file, as a spreadsheet counts them.

    Each row has at least as many cells as there are columns, more where the file has more. An empty
    cell is None; a day or an instant of a workbook is text in ISO format. `name` is None for CSV. A feature
    of GeoJSON is a row of `code` and `geometry` (JSON text), the first one in row 2.
    """

    kind: FileKind
    name: str | None
    columns: tuple[str, ...]
    rows: list[list[Cell]]
    first_row: int = 2


@dataclass(slots=True)
class _Answer:
    head: dict[str, object] = field(default_factory=dict)
    rows: list[list[Cell]] = field(default_factory=list)
    refused: Invalid | None = None


_ONE_AT_A_TIME: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
"""Two large files at once would need twice the memory."""
ORDINARY: Final = Limits()
_HERE: Final = Path(__file__).parents[1]


async def read_table(
    path: Path, *, kind: FileKind | None = None, sheet: str | None = None, limits: Limits = ORDINARY
) -> Sheet:
    """Read the one sheet of a file, or the one that is asked for.

    `kind` refuses the other kind; None takes what the content is. Raises the refusals of this module.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_ONE_AT_A_TIME, _read, path, kind, sheet, limits)


def _read(path: Path, kind: FileKind | None, sheet: str | None, limits: Limits) -> Sheet:
    asked = {"path": str(path), "kind": kind, "sheet": sheet, "limits": asdict(limits)}
    answer, status = run_apart(
        "registry.reader", json.dumps(asked), folder=_HERE, seconds=limits.seconds, take=_answer_of
    )
    if answer.refused is not None:
        raise answer.refused
    if status != 0:
        raise _why_it_died(status, limits)
    return Sheet(
        kind=FileKind(str(answer.head["kind"])),
        name=None if answer.head["name"] is None else str(answer.head["name"]),
        columns=tuple(answer.head["columns"]),  # type: ignore[arg-type]
        rows=answer.rows,
        first_row=int(str(answer.head["first_row"])),
    )


def _answer_of(lines: Iterable[bytes]) -> _Answer:
    """Take the lines as they come; equal texts become one object."""
    answer = _Answer()
    for line in lines:
        try:
            part = json.loads(line)
        except ValueError:  # killed in the middle of a line
            break
        if isinstance(part, list):
            intern = sys.intern
            answer.rows += [[intern(c) if type(c) is str else c for c in row] for row in part]
        elif "refused" in part:
            answer.refused = REFUSALS[part["refused"]](**part["facts"])
        else:
            answer.head = part
    return answer


def _why_it_died(status: int, limits: Limits) -> Invalid:
    """Tell why the reading process gave no answer: it was stopped by a limit, or the parser broke."""
    if status < 0 or status == OUT_OF_MEMORY:
        return SheetTooLarge(limit=f"{limits.memory_bytes // 2**20} MiB, {limits.seconds} s")
    return FileNotReadable(reason=f"status {status}")
