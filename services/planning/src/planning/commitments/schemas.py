"""The JSON of commitments."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from planning.commitments.absence import Absence
from planning.commitments.adoption import Adoption
from planning.commitments.domain import Commitment, Side, Standing, Word
from planning.commitments.pulse_use_cases import Proposed
from planning.commitments.succession import Ground
from planning.commitments.use_cases import Standings
from planning.plans.tree import Measure
from shared.http import ApiModel, Day, DecimalText, LongText, ShortText

SaidWord = Literal[Word.ACCEPTED, Word.DECLINED, Word.WITHDRAWN]
"""What a party may say; a word ends by a revision alone."""


class AnswerIn(ApiModel):
    """A word of a party, as the plan names it; declining and withdrawing need a note."""

    side: Side = Side.OWNER
    party: Annotated[ShortText, Field(min_length=1)]
    word: SaidWord
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
    deputy: str | None = Field(default=None, description="Who stands in for the party today")
    away_until: date | None = None


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
            deputy=away.deputy if (away := found.away.get(party.name)) else None,
            away_until=away.ends_on if away else None,
        )
        for party, state in found.standings.items()
        if party.measure_id == measure_id
    )


class AbsenceIn(ApiModel):
    """Both days are included."""

    party: Annotated[ShortText, Field(min_length=1)]
    deputy: Annotated[ShortText, Field(min_length=1)]
    reason: ShortText = ""
    starts_on: Day
    ends_on: Day


class AbsenceEndIn(ApiModel):
    ends_on: Day = Field(description="The last day; before the first one the absence is called off")


class AbsenceOut(ApiModel):
    id: UUID
    version: int
    party: str
    deputy: str
    reason: str
    starts_on: date
    ends_on: date
    is_called_off: bool

    @classmethod
    def of(cls, absence: Absence) -> Self:
        return cls.model_validate(absence)


class AbsenceList(ApiModel):
    items: tuple[AbsenceOut, ...]
    next: str | None


class CandidateOut(ApiModel):
    """`owns` is how many measures of the plan name it as their owner now."""

    name: str
    ground: Ground
    owns: int
    away_until: date | None


class CandidatesOut(ApiModel):
    items: tuple[CandidateOut, ...]

    @classmethod
    def of(cls, found: Proposed) -> Self:
        return cls(
            items=tuple(
                CandidateOut(
                    name=each.name,
                    ground=each.ground,
                    owns=each.owns,
                    away_until=away.ends_on if (away := found.away.get(each.name)) else None,
                )
                for each in found.candidates
            )
        )


class AdoptionOut(ApiModel):
    """How many measures have an owner who accepted, and how old the owners' last words are."""

    measures: int
    owned: int
    unowned: int = Field(description="Measures for which the plan names no owner")
    share_percent: DecimalText | None
    states: dict[Standing, int]
    median_days: DecimalText | None = Field(description="Since the last word of an owner")
    oldest_word_on: date | None

    @classmethod
    def of(cls, adoption: Adoption) -> Self:
        return cls.model_validate(adoption)
