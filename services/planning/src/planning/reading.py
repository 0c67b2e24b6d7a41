"""Workbooks that people send, read in a process of its own with hard limits."""

import asyncio
import json
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import ClassVar, Final

from shared.confined import OUT_OF_MEMORY, run_apart
from shared.errors import Invalid

Read = str | Decimal | date | None


class WorkbookNotReadable(Invalid):
    words: ClassVar[Mapping[str, tuple[str, str]]] = {
        "File is not a zip file": ("není to archiv ZIP", "it is no ZIP archive"),
        "ZIP, XLSX?": ("v archivu žádný sešit není", "there is no workbook in the archive"),
        "XML DOCTYPE": ("obsahuje deklaraci DOCTYPE nebo ENTITY", "it holds a DOCTYPE or an ENTITY"),
    }
    cs = "Soubor není platný sešit XLSX, nebo je poškozený ({reason})."
    en = "The file is no valid XLSX workbook, or it is damaged ({reason})."


class WorkbookEncrypted(Invalid):
    cs = "Sešit je zašifrovaný. Uložte jej bez hesla a pošlete znovu."
    en = "The workbook is encrypted. Save it without a password and send it again."


class WorkbookTooOld(Invalid):
    cs = "Soubor je ve starém formátu XLS. Uložte jej jako XLSX a pošlete znovu."
    en = "The file is in the old XLS format. Save it as XLSX and send it again."


class WorkbookTooLarge(Invalid):
    cs = "Sešit je příliš velký: přesahuje povolený rozsah ({limit})."
    en = "The workbook is too large: it exceeds what is allowed ({limit})."


class WorkbookHasFormulas(Invalid):
    cs = "Sešit obsahuje vzorce. Vložte místo nich hodnoty (vložit jinak – hodnoty) a pošlete jej znovu."
    en = "The workbook has formulas. Paste values in their place and send it again."


class WorkbookHasMergedCells(Invalid):
    cs = "List „{sheet}“ má sloučené buňky. Zrušte sloučení a pošlete sešit znovu."
    en = "The sheet “{sheet}” has merged cells. Split them and send the workbook again."


REFUSALS: Final[dict[str, type[Invalid]]] = {
    "FileNotReadable": WorkbookNotReadable,
    "SheetTooLarge": WorkbookTooLarge,
    **{
        refusal.__name__: refusal
        for refusal in (
            WorkbookNotReadable,
            WorkbookEncrypted,
            WorkbookTooOld,
            WorkbookTooLarge,
            WorkbookHasFormulas,
            WorkbookHasMergedCells,
        )
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a workbook may be at most."""

    cells: int = 500_000
    inflated_bytes: int = 64 * 1024 * 1024
    memory_bytes: int = 192 * 1024 * 1024
    cpu_seconds: int = 10
    seconds: int = 20


ORDINARY: Final = Limits()
_ONE_AT_A_TIME: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
"""Two workbooks at once would need twice the memory."""
_HERE: Final = Path(__file__).parents[1]


@dataclass(slots=True)
class _Answer:
    sheets: dict[str, list[list[Read]]] = field(default_factory=dict)
    refused: Invalid | None = None


async def read_workbook(content: bytes, *, limits: Limits = ORDINARY) -> dict[str, list[list[Read]]]:
    """Return sheet → rows; raises the refusals of this module."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_ONE_AT_A_TIME, _read, content, limits)


def _read(content: bytes, limits: Limits) -> dict[str, list[list[Read]]]:
    with tempfile.NamedTemporaryFile(prefix="pospolu-workbook-") as file:
        file.write(content)
        file.flush()
        asked = json.dumps({"path": file.name, "limits": asdict(limits)})
        answer, status = run_apart(
            "planning.reader", asked, folder=_HERE, seconds=limits.seconds, take=_answer_of
        )
    if answer.refused is not None:
        raise answer.refused
    if status < 0 or status == OUT_OF_MEMORY:
        raise WorkbookTooLarge(limit=f"{limits.memory_bytes // 2**20} MiB, {limits.seconds} s")
    if status != 0:
        raise WorkbookNotReadable(reason=f"status {status}")
    return answer.sheets


def _answer_of(lines: Iterable[bytes]) -> _Answer:
    answer = _Answer()
    for line in lines:
        try:
            part = json.loads(line)
        except ValueError:  # killed in the middle of a line
            break
        if "refused" in part:
            answer.refused = REFUSALS[part["refused"]](**part["facts"])
        else:
            answer.sheets[part["sheet"]] = [[_cell(cell) for cell in row] for row in part["rows"]]
    return answer


def _cell(cell: object) -> Read:
    if isinstance(cell, list):
        try:
            return Decimal(str(cell[0]))
        except InvalidOperation:
            return str(cell[0])
    if isinstance(cell, dict):
        return date.fromisoformat(str(cell["day"]))
    return None if cell is None else str(cell)
