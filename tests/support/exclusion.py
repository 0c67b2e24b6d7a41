"""Builders for the Index: a method, the inputs of a year, a whole country with its editions."""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files

import numpy as np

from registry.exclusion.definition import MethodJson, method_of
from registry.exclusion.frame import UNKNOWN, Inputs, Way
from registry.exclusion.method import Bounds, Indicator, Method
from registry.units.codes import check_digit, unit_id
from shared.contracts.registry import UnitKind

STATE = unit_id(UnitKind.STATE, "CZ")
REGIONS = tuple(f"CZ{number:03d}" for number in (10, 20, 31, 32, 41, 42, 51, 52, 53, 63, 64, 71, 72, 80))


def method_json(**changes: object) -> MethodJson:
    text = files("registry").joinpath("data/methods/isv-2020.json").read_text(encoding="utf-8")
    return MethodJson(**{**json.loads(text), **changes})  # type: ignore[typeddict-item]


def a_method(**changes: object) -> Method:
    """Return ISV-2020 with other fields where they are given."""
    return replace(method_of(method_json()), **changes)  # type: ignore[arg-type]


def an_indicator(code: str = "PO", **changes: object) -> Indicator:
    """Return an indicator of ISV-2020; `absolute=Bounds(…)` and the like change it."""
    found = next(each for each in a_method().indicators if each.code == code)
    return replace(found, **changes)  # type: ignore[arg-type]


def some_bounds(first: str, second: str) -> Bounds:
    return Bounds(first=Fraction(first), second=Fraction(second))


def a_code(number: int) -> str:
    """Return a municipal code with its check digit; real ones begin at 500011."""
    return f"{number:05d}{check_digit(f'{number:05d}')}"


def some_inputs(
    municipalities: int = 50,
    *,
    seed: int = 1,
    year: int = 2023,
    regions: Sequence[str] = REGIONS,
    without_school: float = 0.75,
    published: Sequence[int] | None = None,
) -> Inputs:
    """Return a synthetic country, the same for the same seed: sizes and loads spread as in the real one."""
    dice = np.random.default_rng(seed)
    population = np.maximum(dice.lognormal(6.2, 1.2, municipalities), 30).astype(np.int64)
    working = (population * 0.76).astype(np.int64)
    leavers = np.maximum(population // 80, 1)
    leavers[dice.random(municipalities) < without_school] = UNKNOWN
    load = dice.lognormal(0, 0.6, municipalities)
    rates = ((population, 0.068, 1), (population, 0.027, 12), (population, 0.007, 12), (working, 0.018, 1))
    counted = [dice.poisson(base * rate * load * parts) for base, rate, parts in rates]
    early = np.where(leavers > 0, dice.poisson(np.maximum(leavers, 1) * 0.03 * load), UNKNOWN)
    codes = [a_code(90000 + number) for number in range(municipalities)]
    return Inputs(
        year=year,
        unit_ids=[unit_id(UnitKind.MUNICIPALITY, code) for code in codes],
        codes=codes,
        region_ids=[unit_id(UnitKind.REGION, code) for code in regions],
        state_id=STATE,
        regions=np.arange(municipalities, dtype=np.int64) % len(regions),
        numerators=np.column_stack([*counted, np.minimum(early, leavers)]).astype(np.int64),
        denominators=np.column_stack([population, population, population, working, leavers]),
        published=np.array(published if published is not None else [UNKNOWN] * municipalities, dtype=np.int8),
        x=np.round(dice.uniform(-904_000, -431_000, municipalities), 2),
        y=np.round(dice.uniform(-1_227_000, -936_000, municipalities), 2),
        chosen=np.full(municipalities, UNKNOWN, dtype=np.int64),
        chosen_ways={},
    )


def with_donor(inputs: Inputs, position: int, donor: int, way: Way = Way.CHOSEN) -> Inputs:
    chosen = inputs.chosen.copy()
    chosen[position] = donor
    return replace(inputs, chosen=chosen, chosen_ways={**inputs.chosen_ways, position: way})
