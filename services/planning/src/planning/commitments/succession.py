"""What becomes of words when the plan changes, and who could own a measure that nobody owns."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from planning.commitments.domain import Commitment, Party, Side, Speaker, Standing, Word, parties_of
from planning.plans.tree import Measure, Placed, Problem, walk


class Ground(StrEnum):
    """Why somebody is proposed, the strongest first."""

    ACCEPTED_PARTNER = "accepted-partner"  # spolupracuje a potvrdil to
    PARTNER = "partner"  # spolupracuje
    SAME_GOAL = "same-goal"  # vlastní jiné opatření téhož cíle
    SAME_PLAN = "same-plan"  # vlastní jiné opatření plánu


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`owns` is how many measures of the plan name it as their owner now."""

    name: str
    ground: Ground
    owns: int


def ended_by(
    problems: tuple[Problem, ...],
    words: Mapping[Party, Commitment],
    *,
    revision: int,
    ended_on: date,
    speaker: Speaker,
) -> Iterator[Commitment]:
    """Yield the end of every acceptance whose party the revision does not name there any more.

    Who stays under the same measure, side and name keeps the word; who comes anew has said nothing.
    """
    named = frozenset(parties_of(problems))
    measures = {party.measure_id for party in named} | {
        placed.node.id for placed in walk(problems) if isinstance(placed.node, Measure)
    }
    for party, last in words.items():
        if last.word is not Word.ACCEPTED or party in named:
            continue
        yield Commitment(
            party=party,
            version=last.version + 1,
            word=Word.ENDED,
            decided_on=ended_on,
            decided_by=speaker.id,
            affiliation=speaker.affiliation,
            note=_reason(party, dropped=party.measure_id not in measures, revision=revision),
        )


def _reason(party: Party, *, dropped: bool, revision: int) -> str:
    if dropped:
        return f"Revize {revision}: opatření v plánu už není."
    others = "jiného realizátora" if party.side is Side.OWNER else "jiné spolupracující"
    return f"Revize {revision}: plán u opatření uvádí {others}."


def candidates(
    problems: tuple[Problem, ...], measure_id: UUID, standings: Mapping[Party, Standing]
) -> list[Candidate] | None:
    """Return who could own the measure: its partners first, then owners of its goal, then of the plan.

    Who declined it or took the word back is not asked again. None where there is no such measure.
    """
    placed = [each for each in walk(problems) if isinstance(each.node, Measure)]
    asked = next((each for each in placed if each.node.id == measure_id), None)
    if asked is None or not isinstance(asked.node, Measure):
        return None
    refused = {
        party.name
        for party, held in standings.items()
        if party.measure_id == measure_id and held in {Standing.DECLINED, Standing.WITHDRAWN}
    }
    owns = Counter(each.node.owner for each in placed if isinstance(each.node, Measure))
    found: dict[str, Ground] = {}
    order = list(Ground)
    for name, ground in sorted(_grounds(asked, placed, standings), key=lambda each: order.index(each[1])):
        if name and name != asked.node.owner and name not in refused:
            found.setdefault(name, ground)
    proposed = [Candidate(name=name, ground=ground, owns=owns[name]) for name, ground in found.items()]
    return sorted(proposed, key=lambda each: (order.index(each.ground), each.owns, each.name))


def _grounds(
    asked: Placed, placed: list[Placed], standings: Mapping[Party, Standing]
) -> Iterator[tuple[str, Ground]]:
    assert isinstance(asked.node, Measure)  # noqa: S101 - chosen so
    for name in asked.node.partners:
        party = Party(measure_id=asked.node.id, side=Side.PARTNER, name=name)
        accepted = standings.get(party) is Standing.ACCEPTED
        yield name, Ground.ACCEPTED_PARTNER if accepted else Ground.PARTNER
    for each in placed:
        if isinstance(each.node, Measure):
            near = each.parent_id == asked.parent_id
            yield each.node.owner, Ground.SAME_GOAL if near else Ground.SAME_PLAN
