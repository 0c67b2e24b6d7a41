"""Forecasts of the whole country: what a run costs, beside the models fitted one municipality at a time."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from sqlalchemy import text

from registry.app import SERVICE
from registry.exclusion.frame import Edition
from registry.exclusion.repository import edition
from registry.forecasts import panel as of
from registry.forecasts.backtest import gains_of
from registry.forecasts.history import panel_of
from registry.forecasts.index_outlook import index_outlook
from registry.forecasts.models import candidates
from registry.forecasts.outlook import outlook
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, milliseconds, row, table
from tests.support.exclusion import Country, a_country, a_reader
from tests.support.forecasts import ANALYST
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service

ROUNDS = 3
PAGES = 200
SAMPLE = 200
EMPTY = "TRUNCATE forecast_run, forecast_trial, forecast_unit, forecast_value, forecast_index, forecast_gap"


def bench() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with a_durable_postgres(folder) as postgres:
            nats = start_nats(folder / "nats")
            try:
                asyncio.run(_bench(postgres, nats))
            finally:
                nats.stop()


async def _bench(postgres: PostgresServer, nats: NatsServer) -> None:
    heading("Forecasts of 6,258 municipalities from 9 years, 3 years ahead (seconds)")
    async with a_service(SERVICE, postgres, nats) as service:
        country = await a_country(service)
        began = time.perf_counter()
        found = [await edition(a_reader(service), year=year) for year in country.inputs]
        editions = [each for each in found if each is not None]
        read = time.perf_counter() - began
        whole = [await _run(service) for _ in range(ROUNDS)]
        pages = await _pages(service, country)
    table("", "seconds")
    row("read 9 editions from the database, once for a process", f"{read:.2f}")
    _computing(editions)
    row("POST /forecasts: compute and store 80,000 rows (median)", f"{median(whole):.2f}")
    heading("Forecast of one municipality, with its errors (ms, one process, no network)")
    table("", "p50", "p95", "p99")
    row("GET /forecasts/units/{id}", *milliseconds(pages))


def _computing(editions: Sequence[Edition]) -> None:
    began = time.perf_counter()
    panel = panel_of(editions, changed={})
    found = outlook(panel)
    row("choose, try and forecast 8 quantities", f"{time.perf_counter() - began:.2f}")
    began = time.perf_counter()
    index_outlook(editions, found, seed=1)
    row("the Index and 1,200 draws of it", f"{time.perf_counter() - began:.2f}")
    share = of.shares(panel, 0)
    began = time.perf_counter()
    gains_of(share)
    count = len(candidates(of_shares=True))
    row(
        f"of it: one share, {count} models from every year, all municipalities",
        f"{time.perf_counter() - began:.2f}",
    )
    seconds = _one_by_one(share.values)
    row(f"pandas, one municipality at a time: the same share, 3 of the {count} models", f"{seconds:.2f}")


def _one_by_one(values: of.Floats) -> float:
    """Return the seconds for all municipalities, from those of a sample."""
    began = time.perf_counter()
    for series in values[:SAMPLE]:
        for weight in (0.3, 0.5, 0.75):
            pd.Series(series).ewm(alpha=weight, adjust=False).mean().to_numpy()
    return (time.perf_counter() - began) * len(values) / SAMPLE


async def _run(service: ServiceUnderTest) -> float:
    async with service.transaction() as tx:
        await tx.session.execute(text(EMPTY))
    async with service.client(ANALYST) as client:
        began = time.perf_counter()
        answer = await client.post("/forecasts", json={}, timeout=300)
        seconds = time.perf_counter() - began
    assert answer.status_code == 201, answer.text
    return seconds


async def _pages(service: ServiceUnderTest, country: Country) -> list[float]:
    dice = np.random.default_rng(1)
    taken = []
    async with service.transaction() as tx:
        await tx.session.execute(text("ANALYZE"))
    async with service.client() as client:
        for at in dice.integers(len(country.unit_ids), size=PAGES).tolist():
            began = time.perf_counter()
            answer = await client.get(f"/forecasts/units/{country.unit_ids[at]}")
            taken.append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.text
    return taken
