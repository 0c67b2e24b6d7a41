"""Rows of a workbook out of a frozen report, and how a value of one becomes a cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from evaluation.reports.workbook_words import Words
from shared.sheets import Cell, Column, Format

EXACT_DIGITS: Final = 15
"""What every spreadsheet keeps of a number; longer ones are written as text."""
Json = Mapping[str, object]
Rows = Callable[[Json], Iterable[Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A column: the member of a row that it shows, and the words for its codes."""

    key: str
    column: Column
    words: Words | None = None

    def cell(self, row: Json) -> Cell:
        value = row.get(self.key)
        if self.words is not None and isinstance(value, str):
            return self.words.get(value, value)
        if isinstance(value, list):
            return _listed(value, self.words)
        if self.column.format is Format.DAY and isinstance(value, str):
            return date.fromisoformat(value)
        if self.column.format is Format.DECIMAL and isinstance(value, str | int):
            return _number(value)
        return value if isinstance(value, str | int) or value is None else str(value)


def _listed(values: list[object], known: Words | None) -> Cell:
    named = [(known or {}).get(str(each), (str(each), str(each))) for each in values]
    return ", ".join(cs for cs, _ in named), ", ".join(en for _, en in named)


def _number(value: str | int) -> Cell:
    number = Decimal(value)
    return number if len(number.as_tuple().digits) <= EXACT_DIGITS else str(value)


def member(value: object, name: str) -> object:
    """Return a member of a JSON object; None where there is none."""
    return value.get(name) if isinstance(value, Mapping) else None


def items(value: object) -> list[Json]:
    """Return the objects of a JSON array; none where there is no array."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _computed(report: Json, section: str) -> object:
    found = (each for each in items(report["sections"]) if each["code"] == section)
    return member(next(found, None), "computed")


def of_section(section: str, name: str) -> Rows:
    """Return what reads the objects that a section computed under a name."""
    return lambda report: items(member(_computed(report, section), name))


def values(report: Json) -> Iterator[Json]:
    """Yield every approved value of every indicator."""
    for indicator in of_section("areas", "indicators")(report):
        for point in items(indicator["series"]):
            yield {"number": indicator["number"], "name": indicator["name"], **point}


def measures(report: Json) -> Iterator[Json]:
    """Yield the measures by planning's word, then those that the evaluator alone entered."""
    told = of_section("areas", "measures_told")(report)
    for each in told:
        found = each.get("found")
        seen = {name: member(found, key) for name, key in (("seen", "state"), ("source", "source"))}
        yield {**each, **seen, "note": member(found, "note")}
    known = {each["measure_id"] for each in told}
    for each in of_section("areas", "measures")(report):
        if each["node_id"] not in known:
            yield {**each, "state": None, "seen": each["state"]}


def criteria(report: Json) -> Iterator[Json]:
    """Yield every criterion of quality with its unit."""
    names = {each["id"]: each["name"] for each in items(report["units"])}
    for of_set in of_section("areas", "quality")(report):
        head = {"unit": names.get(of_set["unit_id"]), "domain": of_set["domain"]}
        yield from ({**head, **each, "on": of_set["assessed_on"]} for each in items(of_set["criteria"]))


def matrix(report: Json) -> Iterator[Json]:
    """Yield the evaluation questions with their answers."""
    for line in items(report["matrix"]):
        asked = line["question"]
        question = {"code": member(asked, "code"), "criterion": member(asked, "criterion")}
        sources = [f"{each['kind']}: {each['reference']}" for each in items(line["evidence"])]
        yield {**line, **question, "asked": member(asked, "cs"), "sources": sources}


def compared(report: Json) -> Iterator[Json]:
    """Yield what the analyst compared with similar units."""
    yield from items(member(report["comparison"], "figures"))


def similar(report: Json) -> Iterator[Json]:
    """Yield the unit and the similar ones that the registry named, the nearest first."""
    told = report.get("similar_units")
    if isinstance(told, Mapping):
        yield {**told, "distance": None}
        yield from items(told["peers"])
