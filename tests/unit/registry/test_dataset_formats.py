"""Frames as files: texts survive, formulas stay texts, what is declared fits together."""

import csv
import io
from collections.abc import Sequence

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.datasets.catalogue import DATASETS, RISKS
from registry.datasets.csvw import schema_of
from registry.datasets.domain import Asked, Dialect, Risk, TooLargeForSpreadsheet
from registry.datasets.frames import frame_of, headings, write_csv, write_ndjson, write_parquet
from registry.datasets.spreadsheet import most_rows, write_xlsx

SERIES = DATASETS["series"]
POINTS = DATASETS["definition-points"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
DATASET_IDS = sorted(DATASETS)


def a_frame(*texts: str) -> pl.DataFrame:
    """Return rows of the dataset `series` with the same text in every cell of a row."""
    out = io.StringIO()
    width = len(SERIES.columns)
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [[column.name for column in SERIES.columns], *([text] * width for text in texts)]
    )
    return frame_of(SERIES, out.getvalue().encode())


def cells(frame: pl.DataFrame, dialect: Dialect) -> list[list[str]]:
    out = io.BytesIO()
    write_csv(frame, SERIES, dialect, out)
    delimiter = ";" if dialect is Dialect.EXCEL else ","
    text = out.getvalue().decode("utf-8-sig" if dialect is Dialect.EXCEL else "utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))[1:]


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_survives_a_csv(texts: Sequence[str]) -> None:
    found = cells(a_frame(*texts), Dialect.MACHINE)
    assert found == [[text] * len(SERIES.columns) for text in texts]


@given(st.lists(st.one_of(TEXTS, TEXTS.map("={}".format), TEXTS.map("@{}".format)), min_size=1, max_size=5))
def test_no_cell_for_a_spreadsheet_begins_like_a_formula(texts: Sequence[str]) -> None:
    found = cells(a_frame(*texts), Dialect.EXCEL)
    for row, text in zip(found, texts, strict=True):
        assert row[0] == (f"'{text}" if text[0] in "=+-@\t\r" else text)


@pytest.mark.parametrize(
    "text", ["=1+1", "+420", "-5", "@SUM(A1)", "\t=1", "http://zlo.test", "00123", "{=1}"]
)
def test_a_workbook_holds_texts_as_texts(text: str) -> None:
    out = io.BytesIO()
    write_xlsx(a_frame(text), SERIES, Asked(), out)
    (row,) = openpyxl.load_workbook(out)["Data"].iter_rows(min_row=2)
    assert {(cell.value, cell.data_type, cell.hyperlink) for cell in row} == {(text, "s", None)}


def test_a_workbook_says_what_it_is_and_how_it_was_narrowed() -> None:
    out = io.BytesIO()
    write_xlsx(a_frame("x"), SERIES, Asked(series="EXE"), out)
    about = openpyxl.load_workbook(out)["O datové sadě"]
    told = {row[0].value: row[1].value for row in about.iter_rows() if row[0].value}
    assert told["Datová sada"] == "Číselník ukazatelů"
    assert told["Výběr"] == "series = EXE"
    assert all(told[column.name] == column.title.cs for column in SERIES.columns)


def test_a_workbook_takes_only_so_many_rows() -> None:
    frame = a_frame("x")
    too_many = pl.concat([frame] * (most_rows(SERIES) + 1))
    with pytest.raises(TooLargeForSpreadsheet) as refused:
        write_xlsx(too_many, SERIES, Asked(), io.BytesIO())
    assert refused.value.facts["most"] == most_rows(SERIES)


def test_parquet_keeps_decimals_exact_and_names_its_columns_in_both_languages() -> None:
    names = ",".join(column.name for column in POINTS.columns)
    rows = f"{names}\nid,municipality,1,Žďár,13.5,50.000000000000001,-790000.5,0.1,x\n".encode()
    out = io.BytesIO()
    write_parquet(frame_of(POINTS, rows), POINTS, out)
    out.seek(0)
    assert str(pl.read_parquet(out)["latitude"][0]).rstrip("0") == "50.000000000000001"
    out.seek(0)
    told = pl.read_parquet_metadata(out)
    assert (told["latitude.title_cs"], told["latitude.title_en"]) == ("Zeměpisná šířka", "Latitude")


def test_czech_letters_are_written_as_they_are() -> None:
    out = io.BytesIO()
    write_ndjson(a_frame("Žďár nad Sázavou"), out)
    assert "Žďár nad Sázavou".encode() in out.getvalue()


@pytest.mark.parametrize("dataset_id", DATASET_IDS)
def test_a_dataset_is_declared_whole(dataset_id: str) -> None:
    dataset = DATASETS[dataset_id]
    names = [column.name for column in dataset.columns]
    required = {column.name for column in dataset.columns if column.required}
    assert len(set(names)) == len(names)
    assert set(dataset.key) <= required
    assert len(set(headings(dataset))) == len(names), "two columns of a workbook have one heading"
    assert all(0 <= score <= 3 for score in dataset.risks.values())
    assert dataset.keywords
    assert dataset.themes


def test_all_eight_risks_have_a_name_and_a_measure() -> None:
    assert list(RISKS) == list(Risk)
    assert len(RISKS) == 8


@pytest.mark.parametrize("dataset_id", DATASET_IDS)
def test_the_schema_describes_the_columns_of_the_csv_in_their_order(dataset_id: str) -> None:
    dataset = DATASETS[dataset_id]
    schema = schema_of(dataset, f"https://data.test/datasets/{dataset_id}.csv")
    table = schema["tableSchema"]
    assert isinstance(table, dict)
    assert schema["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "cs"}]
    assert [column["name"] for column in table["columns"]] == [column.name for column in dataset.columns]
    assert table["primaryKey"] == list(dataset.key)
    for column in table["columns"]:
        assert column["titles"]["cs"][1] == column["titles"]["en"][1] == column["name"]
        assert column["datatype"]["base"] in {"string", "integer", "decimal", "date", "gYear", "boolean"}
        assert column["null"] == ""
