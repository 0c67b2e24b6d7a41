"""Who suits whom: offers ranked for a need, each with the reasons in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from planning.offers.domain import ExchangeForm, Need
from planning.plans.kinds import THEMATIC
from shared.contracts.registry import UnitKind
from shared.names import sort_key

VERIFIED: Final = 4
SIMILAR_SIZE: Final = 3
WISHED_FORM: Final = 2
SAME_KIND: Final = 1
FULL: Final = -5
AT_MOST_TIMES: Final = 2
"""A need is of similar size when it concerns at most so many times more or fewer people."""
_AREAS: Final = {area.code: (area.cs, area.en) for area in THEMATIC}
_FORMS: Final = {
    ExchangeForm.VISIT: ("návštěva na místě", "a visit"),
    ExchangeForm.ONLINE: ("setkání online", "an online meeting"),
    ExchangeForm.DOCUMENT: ("dokumenty", "documents"),
    ExchangeForm.MENTORING: ("průběžné provázení", "mentoring"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An offer as it is compared; `free` is how many exchanges it can still take this year."""

    offer_id: UUID
    unit_id: UUID
    unit_name: str
    unit_kind: UnitKind
    area: str
    title: str
    forms: tuple[ExchangeForm, ...]
    people_concerned: int | None
    is_verified: bool
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    cs: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    candidate: Candidate
    score: int
    reasons: tuple[Reason, ...]


def ranked(need: Need, unit_kind: UnitKind, candidates: Iterable[Candidate]) -> list[Match]:
    """Return the offers of other units in the need's area, the best first, then in Czech order of units."""
    suiting = (each for each in candidates if each.area == need.area and each.unit_id != need.unit_id)
    found = [_match(need, unit_kind, each) for each in suiting]
    return sorted(
        found,
        key=lambda match: (
            -match.score,
            sort_key(match.candidate.unit_name),
            sort_key(match.candidate.title),
            match.candidate.offer_id,
        ),
    )


def _match(need: Need, unit_kind: UnitKind, candidate: Candidate) -> Match:
    told = list(_reasons(need, unit_kind, candidate))
    return Match(
        candidate=candidate,
        score=sum(points for points, _ in told),
        reasons=tuple(reason for _, reason in told),
    )


def _reasons(need: Need, unit_kind: UnitKind, offer: Candidate) -> Iterator[tuple[int, Reason]]:
    area = _AREAS[need.area]
    yield 0, Reason(cs=f"stejná oblast ({area[0]})", en=f"the same area ({area[1]})")
    if offer.is_verified:
        yield VERIFIED, Reason(cs="ověřená praxe", en="a verified practice")
    if need.people_concerned and offer.people_concerned:
        here, there = need.people_concerned, offer.people_concerned
        if max(here, there) <= AT_MOST_TIMES * min(here, there):
            yield (
                SIMILAR_SIZE,
                Reason(
                    cs=f"podobný rozsah potřeby (lidí: {here} a {there})",
                    en=f"a need of similar size ({here} and {there} people)",
                ),
            )
    wished = [form for form in offer.forms if form in need.forms]
    if wished:
        yield (
            WISHED_FORM,
            Reason(
                cs=f"forma, kterou si přejete ({', '.join(_FORMS[form][0] for form in wished)})",
                en=f"a form that you wish ({', '.join(_FORMS[form][1] for form in wished)})",
            ),
        )
    if offer.unit_kind == unit_kind:
        yield SAME_KIND, Reason(cs="stejný druh územního celku", en="the same kind of unit")
    if offer.free <= 0:
        yield FULL, Reason(cs="letos už má obsazeno", en="taken for this year")
