"""A frozen report as a workbook: a sheet for what each section computes, texts and gaps beside it."""

import json
from collections.abc import Iterator
from datetime import date

from evaluation.reports.gaps import CAVEAT_CS, CAVEAT_EN
from evaluation.reports.workbook_rows import Json, items, member
from evaluation.reports.workbook_tables import TABLES
from shared.sheets import Bilingual, Cell, Sheet, Table, text, xlsx_of

COMPARING = {"Srovnání", "Podobné obce"}


def workbook_of(body: str, *, digest: str, language: str) -> bytes:
    """Return the workbook of a frozen report (its canonical JSON); the same report gives the same bytes."""
    report: Json = json.loads(body)
    cs, en = _title(report)
    as_of = date.fromisoformat(str(report["as_of"]))
    title = cs if language == "cs" else en
    return xlsx_of(_sheets(report, digest), title=title, as_of=as_of, language=language)


def _title(report: Json) -> Bilingual:
    of_type, title = report["type"], str(member(report["evaluation"], "title") or "")
    names = str(member(of_type, "cs")), str(member(of_type, "en"))
    cs, en = (f"{name[:1].upper()}{name[1:]}" + (f" – {title}" if title else "") for name in names)
    return cs, en


def _sheets(report: Json, digest: str) -> Iterator[Sheet]:
    """Yield the sheets that have something to show; the first one says what the workbook is of."""
    yield Sheet(name=("Zpráva", "Report"), tables=[_overview(report, digest)])
    for name, title, rows_of, columns in TABLES:
        rows = [[each.cell(row) for each in columns] for row in rows_of(report)]
        if rows:
            table = Table(title=title, columns=[each.column for each in columns], rows=rows)
            note = (CAVEAT_CS, CAVEAT_EN) if name[0] in COMPARING else None
            yield Sheet(name=name, tables=[table], note=note)


def _overview(report: Json, digest: str) -> Table:
    head = report["evaluation"]
    units = ", ".join(str(each["name"] or each["id"]) for each in items(report["units"]))
    rows: list[tuple[Bilingual, Cell]] = [
        (("zpráva", "report"), _title(report)),
        (("územní celky", "units"), units),
        (("zpracovatel", "made by"), str(member(head, "organisation") or "")),
        (("stav ke dni", "as of"), date.fromisoformat(str(report["as_of"]))),
        (("vydání", "edition"), _whole(report["edition"])),
        (("důvod opravy", "reason of the correction"), str(report["reason"])),
        (("počet mezer", "number of gaps"), len(items(report["gaps"]))),
        (("otisk zprávy (SHA-256)", "digest of the report (SHA-256)"), digest),
    ]
    columns = [text("co", "what", 28), text("údaj", "value", 70)]
    return Table(title=("O zprávě", "About the report"), columns=columns, rows=rows)


def _whole(value: object) -> Cell:
    return value if isinstance(value, int) else None
