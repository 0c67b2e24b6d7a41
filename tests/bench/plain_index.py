"""The Index as a script for one afternoon would do it: pandas, openpyxl, one INSERT a row."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import numpy as np
import openpyxl
import pandas as pd

from registry.exclusion.frame import Inputs

COLUMNS = ("code", "region", "x", "y", "pop15", "pop1564", "exe", "pnb", "pnz", "uoz", "po", "leavers")
BOUNDS = {
    "exe": ("pop15", 100, 200, 12, 18),
    "pnb": ("pop15", 40, 80, 2.1, 3),
    "pnz": ("pop15", 30, 60, 0.9, 1.7),
    "uoz": ("pop1564", 40, 80, 1.4, 2.5),
    "po": ("leavers", 6, 12, 5, 12),
}
TABLE = "CREATE TABLE plain (year int, code text, exe int, pnb int, pnz int, uoz int, po int, points int)"
INSERT = "INSERT INTO plain VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"


@dataclass(slots=True)
class Seconds:
    read: float = 0.0
    computed: float = 0.0
    stored: float = 0.0
    points: dict[int, list[int]] = field(default_factory=dict)

    @property
    def total(self) -> float:
        return self.read + self.computed + self.stored


def write_workbook(inputs: Inputs, path: Path) -> None:
    """Write a year as a workbook, much narrower than the ministry's."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Index")
    sheet.append(COLUMNS)
    numerators, denominators = inputs.numerators.tolist(), inputs.denominators.tolist()
    for i, code in enumerate(inputs.codes):
        exe, pnb, pnz, uoz, po = numerators[i]
        pop15, _, _, pop1564, leavers = denominators[i]
        region, place = int(inputs.regions[i]), (float(inputs.x[i]), float(inputs.y[i]))
        school = (po, leavers) if leavers >= 0 else ("obec bez školy", "obec bez školy")
        sheet.append((code, region, *place, pop15, pop1564, exe, pnb / 12, pnz / 12, uoz, *school))
    book.save(path)


async def run(workbooks: dict[int, Path], connection: asyncpg.Connection) -> Seconds:
    """Read each year's workbook, compute it, insert its rows; all years in one transaction."""
    spent = Seconds()
    await connection.execute(TABLE)
    async with connection.transaction():
        for year, path in workbooks.items():
            began = time.perf_counter()
            frame = pd.read_excel(path, engine="openpyxl", dtype={"code": str})
            read = time.perf_counter()
            scored = score(frame)
            computed = time.perf_counter()
            rows = [(year, *row) for row in scored.itertuples(index=False, name=None)]
            await connection.executemany(INSERT, rows)
            spent.stored += time.perf_counter() - computed
            spent.computed += computed - read
            spent.read += read - began
            spent.points[year] = scored["points"].tolist()
    return spent


def score(frame: pd.DataFrame) -> pd.DataFrame:
    """Score with floats; the donor is the nearest municipality with a school."""
    result = frame[["code"]].copy()
    for name in ("po", "leavers"):
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    for name, (of, a1, a2, s1, s2) in BOUNDS.items():
        known = frame[frame[name].notna()]
        state = 100 * known[name].sum() / known[of].sum()
        sums = known.groupby("region")[[name, of]].sum()
        base = frame["region"].map((100 * sums[name] / sums[of] + state) / 2)
        share = (100 * frame[name] / frame[of]).where(frame[of] > 0, 0)
        quotient = share / base
        result[name] = (steps(frame[name], a1, a2) + steps(share, s1, s2) + steps(quotient, 1.8, 2.5)).where(
            frame[name].notna()
        )
    places, points = frame[["x", "y"]].to_numpy(), result["po"].to_numpy(copy=True)
    schools = np.flatnonzero(frame["po"].notna())
    for i in np.flatnonzero(frame["po"].isna()):
        nearest = np.argmin(((places[schools] - places[i]) ** 2).sum(axis=1))
        points[i] = points[schools[nearest]]
    result["po"] = points
    for name in BOUNDS:
        result[name] = result[name].astype(int)
    result["points"] = result[list(BOUNDS)].sum(axis=1)
    return result


def steps(values: pd.Series, first: float, second: float) -> pd.Series:
    return (values >= first).astype(int) + (values > second).astype(int)
