"""Rows as a typed frame, and the frame as CSV, NDJSON or Parquet: the same content, the same bytes again."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Final

import polars as pl

from registry.datasets.domain import Column, Dataset, Dialect, Kind

_READ: Final[Mapping[Kind, type[pl.DataType]]] = {
    Kind.TEXT: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.DECIMAL: pl.String,
    Kind.DATE: pl.Date,
    Kind.YEAR: pl.Int16,
    Kind.BOOLEAN: pl.Boolean,
}
DECIMALS: Final = pl.Decimal(38, 18)
"""Of decimals in Parquet: enough for what a float of a published workbook may have."""
_FORMULA: Final = r"^[=+\-@\t\r]"


def frame_of(dataset: Dataset, rows: bytes) -> pl.DataFrame:
    """Return PostgreSQL's CSV as a frame with the columns of the dataset; decimals stay as written."""
    schema = {column.name: _READ[column.kind] for column in dataset.columns}
    return pl.read_csv(BytesIO(rows), schema=schema)


def write_csv(frame: pl.DataFrame, dataset: Dataset, dialect: Dialect, out: IO[bytes]) -> None:
    """Write UTF-8 with CRLF (RFC 4180); for a spreadsheet with a byte-order mark, semicolons, Czech headings.

    There decimals have a comma, and a text that a spreadsheet would take for a formula has an apostrophe
    before it.
    """
    if dialect is Dialect.MACHINE:
        frame.write_csv(out, line_terminator="\r\n")
        return
    czech = frame.select(_for_spreadsheet(column) for column in dataset.columns)
    czech.columns = headings(dataset)
    czech.write_csv(out, separator=";", line_terminator="\r\n", include_bom=True)


def write_ndjson(frame: pl.DataFrame, out: IO[bytes]) -> None:
    """Write an object a line: numbers as numbers, decimals and days as text, what is not known as null."""
    frame.write_ndjson(out)


def write_parquet(frame: pl.DataFrame, dataset: Dataset, out: IO[bytes]) -> None:
    """Write with the titles of the dataset and of its columns (cs, en) in the metadata of the file."""
    decimals = [column.name for column in dataset.columns if column.kind is Kind.DECIMAL]
    told = {"id": dataset.id, "title_cs": dataset.title.cs, "title_en": dataset.title.en}
    for column in dataset.columns:
        told[f"{column.name}.title_cs"] = column.title.cs
        told[f"{column.name}.title_en"] = column.title.en
    frame.with_columns(pl.col(decimals).cast(DECIMALS)).write_parquet(out, metadata=told)


def headings(dataset: Dataset) -> list[str]:
    """Return the Czech headings with units, each once."""
    return [heading(column) for column in dataset.columns]


def heading(column: Column) -> str:
    return f"{column.title.cs} [{column.unit}]" if column.unit else column.title.cs


def _for_spreadsheet(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    match column.kind:
        case Kind.TEXT:
            is_formula = value.str.contains(_FORMULA)
            return (
                pl.when(is_formula)
                .then(pl.concat_str(pl.lit("'"), value))
                .otherwise(value)
                .alias(column.name)
            )
        case Kind.DECIMAL:
            return value.str.replace(".", ",", literal=True)
        case Kind.BOOLEAN:
            return pl.when(value).then(pl.lit("ano")).otherwise(pl.lit("ne")).alias(column.name)
        case _:
            return value
