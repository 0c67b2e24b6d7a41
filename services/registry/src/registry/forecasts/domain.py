"""A run of forecasts, and why one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from registry.exclusion.frame import Edition
from shared.canonical import canonical_json, digest
from shared.errors import NotFound, RuleBroken

ALGORITHM = "1"
"""Goes into every digest: raise it when the same editions shall give other forecasts."""


class NothingForecastYet(NotFound):
    cs = "Žádná předpověď zatím nebyla spočtena."
    en = "No forecast has been computed yet."


class ForecastUnknown(NotFound):
    cs = "Takový výpočet předpovědi neexistuje."
    en = "There is no such run of forecasts."


class HistoryTooShort(RuleBroken):
    cs = "K předpovědi je třeba {needed} let po sobě při stejné metodice a území; známých let je {known}."
    en = "A forecast takes {needed} years in a row of one method and one territory; {known} are known."


class FiguresNotKnown(RuleBroken):
    cs = "Hodnoty posledního roku nejsou známé nebo jsou důvěrné, předpovědět je nelze."
    en = "The values of the last year are not known or confidential: they cannot be forecast."


class UnitNotForecast(RuleBroken):
    cs = "Předpovídají se jen obce, které byly v Indexu za rok {year}."
    en = "Only municipalities that were in the Index of {year} are forecast."


class EditionJson(TypedDict):
    year: int
    computation_id: int
    inputs_digest: str
    results_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionUsed:
    year: int
    computation_id: int
    inputs_digest: str
    results_digest: str

    @classmethod
    def of(cls, edition: Edition) -> "EditionUsed":
        return cls(
            year=edition.inputs.year,
            computation_id=edition.computation_id,
            inputs_digest=edition.inputs_digest,
            results_digest=edition.results_digest,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One computation of forecasts: it never changes, and the same editions give the same one."""

    id: UUID
    method: str
    editions: Sequence[EditionUsed]
    horizon: int
    inputs_digest: str
    results_digest: str
    municipalities: int
    forecast: int
    computed_by: str
    computed_at: datetime

    @property
    def first_year(self) -> int:
        return self.editions[0].year

    @property
    def last_year(self) -> int:
        return self.editions[-1].year


def digest_of_inputs(
    method: str, editions: Sequence[EditionUsed], *, changed: Sequence[tuple[UUID, int]]
) -> str:
    """Return the SHA-256 over what a run is computed from; the ids of computations are no part of it."""
    return digest(
        canonical_json(
            {
                "algorithm": ALGORITHM,
                "method": method,
                "editions": [[each.year, each.inputs_digest, each.results_digest] for each in editions],
                "changed": [list(each) for each in sorted(changed)],
            }
        )
    )


def id_of(inputs_digest: str) -> UUID:
    """Return the id of the run: the first half of the digest of its inputs."""
    return UUID(hex=inputs_digest[:32])


def seed_of(inputs_digest: str) -> int:
    """Return the seed of the draws."""
    return int(inputs_digest[:12], 16)
