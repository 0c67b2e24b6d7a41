"""The JSON of commitments."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from planning.commitments.domain import Commitment, Side, Standing, Word
from planning.commitments.use_cases import Standings
from planning.plans.tree import Measure
from shared.http import ApiModel, LongText, ShortText


class AnswerIn(ApiModel):
    """A word of a party, as the plan names it; declining and withdrawing need a note."""

    side: Side = Side.OWNER
    party: Annotated[ShortText, Field(min_length=1)]
    word: Word
    note: LongText = ""


class AnswerOut(ApiModel):
    measure_id: UUID
    side: Side
    party: str
    version: int
    word: Word
    decided_on: date
    affiliation: str
    note: str

    @classmethod
    def of(cls, said: Commitment) -> Self:
        return cls(
            measure_id=said.party.measure_id,
            side=said.party.side,
            party=said.party.name,
            version=said.version,
            word=said.word,
            decided_on=said.decided_on,
            affiliation=said.affiliation,
            note=said.note,
        )


class PartyOut(ApiModel):
    """`version` is what If-Match of the next word wants; 0 while nothing was said."""

    side: Side
    party: str
    state: Standing
    version: int
    decided_on: date | None
    affiliation: str | None
    note: str | None


class MeasureCommitments(ApiModel):
    measure_id: UUID
    number: str
    title: str
    parties: tuple[PartyOut, ...]


class CommitmentsOut(ApiModel):
    """Measures with their owners and partners; in `without_owner` those that nobody stands behind."""

    measures: tuple[MeasureCommitments, ...]
    without_owner: tuple[UUID, ...]

    @classmethod
    def of(cls, found: Standings) -> Self:
        return cls(
            measures=tuple(
                MeasureCommitments(
                    measure_id=placed.node.id,
                    number=placed.number,
                    title=placed.node.title if isinstance(placed.node, Measure) else "",
                    parties=_parties(found, placed.node.id),
                )
                for placed in found.measures
            ),
            without_owner=tuple(found.without_owner),
        )


def _parties(found: Standings, measure_id: UUID) -> tuple[PartyOut, ...]:
    return tuple(
        PartyOut(
            side=party.side,
            party=party.name,
            state=state,
            version=said.version if (said := found.words.get(party)) else 0,
            decided_on=said.decided_on if said else None,
            affiliation=said.affiliation if said else None,
            note=said.note if said else None,
        )
        for party, state in found.standings.items()
        if party.measure_id == measure_id
    )
