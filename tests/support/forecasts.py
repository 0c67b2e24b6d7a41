"""Builders for forecasts: panels whose truth is known, editions, a country with a run."""

from collections.abc import Sequence
from dataclasses import replace

import httpx
import numpy as np

from registry.exclusion.frame import UNKNOWN, Edition, Inputs
from registry.exclusion.mass import compute
from registry.forecasts.history import panel_of
from registry.forecasts.panel import Panel, Series, Whole
from shared.contracts.base import Role
from tests.support.exclusion import a_method, some_inputs
from tests.support.tokens import an_actor

ANALYST = an_actor(Role.ANALYST, affiliation="Agentura", sub="jana.analyticka")
PARTS = np.array([1, 12, 12, 1, 1])


def a_series(*rows: Sequence[float | None], regions: list[int] | None = None) -> Series:
    """Return counts of municipalities by year, None where not known; regions are their sums."""
    values = np.array(
        [[np.nan if value is None else value for value in row] for row in rows], dtype=np.float64
    )
    groups = np.array(regions or [0] * len(rows))
    sums = np.zeros((groups.max() + 1, values.shape[1]))
    np.add.at(sums, groups, np.nan_to_num(values))
    state = np.broadcast_to(np.nansum(values, axis=0), values.shape)
    return Series.of_counts(values, region=sums[groups], state=state)


def some_editions(
    years: int = 9,
    municipalities: int = 400,
    *,
    seed: int = 1,
    trend: float = 0.0,
    walk: float = 0.0,
    chance: bool = True,
    first_year: int = 2015,
) -> list[Edition]:
    """Return a country over years: loads follow a trend of their region and walk on their own.

    `trend` is how far the yearly growth of regions is spread, `walk` the yearly step of each municipality
    (both logarithms); `chance`: counts scatter around the load.
    """
    dice = np.random.default_rng(seed)
    base = some_inputs(municipalities, seed=seed, without_school=0.6)
    own = base.denominators >= 0
    people = np.maximum(base.denominators, 0)
    load = np.where(own, (np.maximum(base.numerators, 0) / PARTS + 0.5) / np.maximum(people, 1), 0)
    growth = dice.normal(-trend, trend / 2, (len(base.region_ids), len(PARTS)))[base.regions]
    steps = np.cumsum(dice.normal(0, walk, (years, *load.shape)), axis=0)
    found = []
    for t in range(years):
        expected = np.minimum(load * np.exp(growth * t + steps[t]), 0.9) * people * PARTS
        counts = dice.poisson(expected) if chance else np.rint(expected)
        counts = np.where(own, np.minimum(counts, people * PARTS), UNKNOWN).astype(np.int64)
        found.append(an_edition(replace(base, year=first_year + t, numerators=counts), number=t + 1))
    return found


def an_edition(inputs: Inputs, number: int = 1) -> Edition:
    method = a_method()
    return Edition(
        computation_id=number,
        version=1,
        inputs_digest=f"{number:064d}",
        results_digest=f"{number:064d}",
        method=method,
        inputs=inputs,
        results=compute(method, inputs),
    )


def a_panel(years: int = 9, municipalities: int = 400, **country: float) -> Panel:
    return panel_of(some_editions(years, municipalities, **country), changed={})  # type: ignore[arg-type]


def with_last_year(panel: Panel, numerators: Whole, denominators: Whole) -> Panel:
    """Return the panel with other counts in its last year."""
    numerators = np.concatenate([panel.numerators[:, :, :-1], numerators[:, :, None]], axis=2)
    denominators = np.concatenate([panel.denominators[:, :, :-1], denominators[:, :, None]], axis=2)
    return replace(panel, numerators=numerators, denominators=denominators, population=denominators[:, 0])


def cut(panel: Panel, years: int) -> Panel:
    """Return the first years of the panel."""
    return replace(
        panel,
        numerators=panel.numerators[:, :, :years],
        denominators=panel.denominators[:, :, :years],
        population=panel.population[:, :years],
        index=panel.index[:, :years],
    )


async def forecast_made(client: httpx.AsyncClient) -> str:
    """Have forecasts made and return the address of the run."""
    answer = await client.post("/forecasts", json={})
    assert answer.status_code in {200, 201}, answer.text
    address: str = answer.headers["Location"]
    return address
