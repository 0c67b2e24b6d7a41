"""State machines of what is decided step by step: which move leads where, and what else is possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypedDict, TypeVar

from shared.errors import RuleBroken

State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)
Labels = Mapping[StrEnum, tuple[str, str]]
"""Czech and English names of states and moves, as a person of the field says them."""

_POSSIBLE = ("Možné je: {}.", "Possible: {}.")
_AT_ITS_END = ("Tím je věc uzavřena.", "The matter is closed.")


class MoveRefused(RuleBroken):
    """A move that the present state does not know; the facts tell where things stand and what is possible."""

    cs = "Ve stavu „{state_name}“ nelze: {move_name}. {possible}"
    en = "In the state “{state_name}” this cannot be done: {move_name}. {possible}"

    def __init__(self, labels: Labels, **facts: object) -> None:
        self._labels = labels
        super().__init__(pointer=None, findings=(), **facts)

    def title(self, language: str) -> str:
        column = 0 if language == "cs" else 1
        names = {known.value: both[column] for known, both in self._labels.items()}
        allowed = self.facts["allowed_moves"]
        listed = ", ".join(names[move] for move in allowed) if isinstance(allowed, list) else ""
        return (self.cs, self.en)[column].format(
            state_name=names[str(self.facts["state"])],
            move_name=names[str(self.facts["move"])],
            possible=_POSSIBLE[column].format(listed) if listed else _AT_ITS_END[column],
        )


class Standing(TypedDict):
    """Where something stands and what is possible; problem details have a `status` of their own."""

    state: str
    allowed_moves: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Generic[State, Move]):
    """`moves` gives for each move the states that it leaves and the state that it leads to."""

    moves: Mapping[Move, tuple[frozenset[State], State]]
    labels: Labels
    refusal: type[MoveRefused]

    def allowed(self, status: State) -> list[Move]:
        """Return the moves possible from here, in the order in which the procedure declares them."""
        return [move for move, (sources, _) in self.moves.items() if status in sources]

    def after(self, status: State, move: Move, *, refusal: type[MoveRefused] | None = None) -> State:
        """Return the state that the move leads to; raises `refusal`, or the procedure's own (409)."""
        sources, target = self.moves[move]
        if status not in sources:
            raise (refusal or self.refusal)(self.labels, move=move.value, **self.standing(status))
        return target

    def standing(self, status: State) -> Standing:
        """Return what every refusal about the thing tells."""
        return Standing(state=status.value, allowed_moves=[move.value for move in self.allowed(status)])
