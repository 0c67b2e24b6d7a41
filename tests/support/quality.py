"""Builders for quality criteria: a cooperation is described, rated by several, and they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

import httpx

from evaluation.criteria.domain import criterion_id
from evaluation.quality.domain import set_id
from evaluation.readings.sheet import RatedCriterion
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.intake import BaselineLevel, CooperationDescribed, CooperationDomain
from shared.contracts.registry import ThematicArea
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, an_actor

COOPERATION = UUID("0192f0c1-0000-7000-8000-0000000000c1")
STARTS_ON = date(2024, 1, 1)
EVA = an_actor(Role.EVALUATOR, affiliation="Agentura", sub="eva.evaluatorka")
PETR = an_actor(Role.CONSULTANT, affiliation="Agentura", sub="petr.konzultant")
OLGA = an_actor(Role.EVALUATOR, affiliation="Agentura", sub="olga.evaluatorka")
RATERS = (EVA, PETR)
LEVELS: dict[str, int | None] = {"BYD-1": 1, "BYD-2": 2, "DLU-1": None}
"""The baseline, where nothing else is said."""


def area_of(code: str) -> ThematicArea:
    return ThematicArea(code.partition("-")[0])


def id_of(code: str) -> UUID:
    return criterion_id(area_of(code), code)


def a_description(
    levels: Mapping[str, int | None] = LEVELS,
    *,
    cooperation: UUID = COOPERATION,
    unit: UUID = OBRNICE,
    edition: int = 1,
    version: int = 5,
    domain: CooperationDomain = CooperationDomain.SOCIAL_INCLUSION,
) -> CooperationDescribed:
    return CooperationDescribed(
        version=version,
        description_id=uuid5(cooperation, f"{domain} {edition}"),
        cooperation_id=cooperation,
        unit_id=unit,
        domain=domain,
        edition=edition,
        areas=tuple(dict.fromkeys(area_of(code) for code in levels)),
        starts_on=STARTS_ON,
        ends_on=date(2026, 12, 31),
        baseline=tuple(
            BaselineLevel(area=area_of(code), criterion=code, level=level) for code, level in levels.items()
        ),
        digest="0" * 64,
    )


SET = set_id(COOPERATION, CooperationDomain.SOCIAL_INCLUSION)


def a_criterion(code: str = "BYD-1", *, last: int | None = 1, baseline: int | None = 1) -> RatedCriterion:
    return RatedCriterion(
        id=id_of(code),
        area=area_of(code),
        code=code,
        name=code,
        edition=1,
        lowest=0,
        highest=4,
        baseline=baseline,
        last=last,
    )


def ratings(levels: Mapping[str, int | None], **changes: object) -> list[dict[str, object]]:
    """Return ratings as JSON, each with its reasons."""
    return [
        {
            "criterion_id": str(id_of(code)),
            "level": level,
            "not_assessed_reason": "Nebylo co hodnotit." if level is None else "",
            "justification": "" if level is None else "Doloženo zápisy.",
            **changes,
        }
        for code, level in levels.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A reading under way: what its raters and who leads them do."""

    evaluation: ServiceUnderTest
    id: str

    async def post(
        self, move: str, body: object = None, *, actor: Actor = EVA, version: int | None = None
    ) -> httpx.Response:
        """Decide on the version given, or on the current one."""
        async with self.evaluation.client(actor) as client:
            where = f"/quality-readings/{self.id}"
            seen = where if not move.startswith("sheet") else f"{where}/sheet"
            tag = f'"{version}"' if version is not None else (await client.get(seen)).headers["etag"]
            return await client.post(f"{where}/{move}", json=body, headers={"If-Match": tag})

    async def write(
        self, actor: Actor, levels: Mapping[str, int | None], *, version: int = 0, **changes: object
    ) -> httpx.Response:
        async with self.evaluation.client(actor) as client:
            return await client.put(
                f"/quality-readings/{self.id}/sheet",
                json={"ratings": ratings(levels, **changes)},
                headers={"If-Match": f'"{version}"'},
            )

    async def rate(self, actor: Actor, levels: Mapping[str, int | None]) -> None:
        written = await self.write(actor, levels)
        assert written.status_code == 200, written.text
        sealed = await self.post("sheet/sealing", actor=actor)
        assert sealed.status_code == 200, sealed.text

    async def close(self) -> None:
        closed = await self.post("closing")
        assert closed.status_code == 200, closed.text

    async def agree(
        self, levels: Mapping[str, int | None], *, by: Sequence[Actor] = RATERS, **changes: object
    ) -> httpx.Response:
        return await self.post(
            "agreement",
            {"agreed_by": [actor.id for actor in by], "levels": ratings(levels, **changes)},
        )

    async def get(self, what: str = "", *, actor: Actor = EVA) -> httpx.Response:
        async with self.evaluation.client(actor) as client:
            return await client.get(f"/quality-readings/{self.id}{what}")


async def opened(
    evaluation: ServiceUnderTest,
    *,
    of: UUID = SET,
    phase: str = "mid-term",
    on: str = "2025-03-14",
    raters: int = 2,
) -> Rating:
    answer = await open_reading(evaluation, of=of, phase=phase, on=on, raters=raters)
    assert answer.status_code == 201, answer.text
    return Rating(evaluation=evaluation, id=answer.json()["id"])


async def open_reading(
    evaluation: ServiceUnderTest,
    *,
    of: UUID = SET,
    phase: str = "mid-term",
    on: str = "2025-03-14",
    raters: int = 2,
) -> httpx.Response:
    body = {"phase": phase, "assessed_on": on, "raters": raters}
    async with evaluation.client(EVA) as client:
        return await client.post(f"/criteria-sets/{of}/readings", json=body)


async def agreed(
    evaluation: ServiceUnderTest,
    levels: Mapping[str, int | None],
    *,
    of: UUID = SET,
    phase: str = "mid-term",
    on: str = "2025-03-14",
) -> Rating:
    """Let two raters rate alike and agree."""
    reading = await opened(evaluation, of=of, phase=phase, on=on)
    for rater in RATERS:
        await reading.rate(rater, levels)
    await reading.close()
    answer = await reading.agree(levels)
    assert answer.status_code == 200, answer.text
    return reading
