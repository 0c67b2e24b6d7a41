"""The process that parses what others made: `python -m registry.reader {…}`, rows as JSON on stdout."""

import codecs
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from registry.geojson import feature_rows, is_geojson
from registry.workbook import open_sheet
from shared.archives import Refused, is_workbook
from shared.confined import OUT_OF_MEMORY, confine

CSV, XLSX, GEOJSON = "csv", "xlsx", "geojson"
CHUNK = 500
MEGABYTE = 1024 * 1024
DELIMITERS = ";,\t"


Row = Sequence[object]


class Asked(NamedTuple):
    """What is to be read, and how much of it at most."""

    path: str
    kind: str | None
    sheet: str | None
    limits: dict[str, int]


def main(asked: Asked) -> None:
    """Print the head of the table, its rows in chunks, or last why it was refused."""
    limits = asked.limits
    confine(memory_bytes=limits["memory_bytes"], cpu_seconds=limits["cpu_seconds"])
    try:
        path = Path(asked.path)
        kind = _kind_of(path, expected=asked.kind)
        name, rows = _open(path, kind, asked.sheet, limits)
        _write_out(kind, name, rows, limits)
    except Refused as refused:
        _print({"refused": refused.name, "facts": refused.facts})
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever breaks a parser is the file's fault
        _print({"refused": "FileNotReadable", "facts": {"reason": repr(error)[:200]}})


def _open(
    path: Path, kind: str, sheet: str | None, limits: dict[str, int]
) -> tuple[str | None, Iterable[Row]]:
    if kind == XLSX:
        return open_sheet(path, sheet, limits)
    return None, feature_rows(path) if kind == GEOJSON else _csv_rows(path, limits)


def _kind_of(path: Path, *, expected: str | None) -> str:
    with path.open("rb") as file:
        start = file.read(64)
    text_kind = GEOJSON if is_geojson(start) else CSV
    kind = XLSX if is_workbook(path, start[:8]) else text_kind
    if expected not in {None, kind}:
        raise Refused("FileOfWrongKind", expected=str(expected).upper(), found=kind.upper())
    return kind


def _csv_rows(path: Path, limits: dict[str, int]) -> Iterator[list[str]]:
    encoding = _encoding_of(path)
    csv.field_size_limit(limits["characters_of_a_cell"])
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(limits["characters"])
        file.seek(0)
        rows = csv.reader(file, delimiter=_delimiter_of(first), strict=True)
        number = 0
        try:
            for number, row in enumerate(rows, start=1):  # noqa: B007 - told when the next one fails
                yield row
        except csv.Error as error:
            if "field larger" in str(error):
                limit = limits["characters_of_a_cell"]
                raise Refused("CellTooLong", row=number + 1, limit=limit) from error
            raise Refused("FileNotReadable", reason=f"CSV, {number + 1}: {error}") from error


def _encoding_of(path: Path) -> str:
    """Return UTF-8 where the whole file is that, else Windows-1250 where it can be."""
    if not _is_text(path, "utf-8"):
        if not _is_text(path, "cp1250"):
            raise Refused("FileNotReadable", reason="UTF-8, Windows-1250")
        return "cp1250"
    return "utf-8-sig"


def _is_text(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(MEGABYTE):
                if b"\0" in chunk:
                    raise Refused("FileNotReadable", reason="NUL")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter_of(header: str) -> str:
    """Return the delimiter that stands most often outside quotes; a single column has none."""
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _write_out(kind: str, name: str | None, rows: Iterable[Row], limits: dict[str, int]) -> None:
    numbered = _numbered(rows, limits)
    columns: list[str] = []
    header_row = 0
    for header_row, row in numbered:  # noqa: B007 - the row at which it stopped
        columns = [str(_plain(cell) or "").strip() for cell in row]
        while columns and not columns[-1]:
            columns.pop()
        if columns:
            break
    if not columns:
        raise Refused("HeaderMissing")
    _within("columns", len(columns), limits)
    _print({"kind": kind, "name": name, "columns": columns, "first_row": header_row + 1})
    _write_rows(numbered, len(columns), limits)


def _numbered(rows: Iterable[Row], limits: dict[str, int]) -> Iterator[tuple[int, Row]]:
    """Give the rows with their numbers; blank ones count too, or a file of commas would take for ever."""
    cells = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        _within("rows", number, limits)
        _within("cells", cells, limits)
        yield number, row


def _write_rows(numbered: Iterable[tuple[int, Row]], width: int, limits: dict[str, int]) -> None:
    """Print the rows in chunks; those that are blank at the end are left out."""
    chunk: list[list[object]] = []
    characters = blank = last = 0
    for number, row in numbered:
        plain = [_plain(cell) for cell in row]
        while len(plain) > width and plain[-1] is None:
            plain.pop()
        if not any(cell is not None for cell in plain):
            blank += 1
            continue
        _within("columns", len(plain), limits)
        _within("cells", number * width, limits)
        chunk += [[None] * width for _ in range(blank)]
        chunk.append(plain + [None] * (width - len(plain)))
        blank, last = 0, number
        if len(chunk) >= CHUNK:
            characters += _print_chunk(chunk, number, characters, limits)
            chunk = []
    if chunk:
        _print_chunk(chunk, last, characters, limits)


def _print_chunk(chunk: Sequence[Row], last_row: int, characters: int, limits: dict[str, int]) -> int:
    first_row = last_row - len(chunk) + 1
    longest = limits["characters_of_a_cell"]
    total = 0
    for number, row in enumerate(chunk, start=first_row):
        lengths = [len(cell) for cell in row if type(cell) is str]
        total += sum(lengths)
        if lengths and max(lengths) > longest:
            raise Refused("CellTooLong", row=number, limit=longest)
    _within("characters", characters + total, limits)
    try:
        line = json.dumps(chunk, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise Refused("CellNotStorable", row=first_row) from error
    if b"\\u0000" in line and any(type(c) is str and "\0" in c for row in chunk for c in row):
        raise Refused("CellNotStorable", row=first_row)
    sys.stdout.buffer.write(line + b"\n")
    return total


def _within(what: str, found: int, limits: dict[str, int]) -> None:
    if found > limits[what]:
        raise Refused("SheetTooLarge", limit=f"{what} ≤ {limits[what]}")


def _plain(cell: object) -> object:
    """Return text, a number, a truth or None: a day as ISO text, a whole float as an integer."""
    if type(cell) is str:
        return cell if cell and not cell.isspace() else None
    if type(cell) is float:
        if cell.is_integer() and abs(cell) < 2**53:
            return int(cell)
        return cell if cell - cell == 0 else str(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return cell if isinstance(cell, bool | int | None) else str(cell)


def _print(part: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(part).encode() + b"\n")


if __name__ == "__main__":
    main(Asked(**json.loads(sys.argv[1])))
