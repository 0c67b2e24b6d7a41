"""A life in states: which move leads where, and what else is possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.errors import RuleBroken

State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)
Labels = Mapping[StrEnum, tuple[str, str]]
"""Czech and English names of states and moves, as people of the field say them."""

_POSSIBLE = ("Možné je: {}.", "Possible: {}.")
_AT_ITS_END = ("Tím je věc uzavřena.", "The matter is closed.")


class MoveNotPossible(RuleBroken):
    """A move that the present state does not know; the facts name the state and what is possible."""

    cs = "Ve stavu „{state_name}“ nelze: {move_name}. {possible}"
    en = "In the state “{state_name}” this cannot be done: {move_name}. {possible}"

    def __init__(self, labels: Labels, *, state: StrEnum, move: StrEnum, allowed: list[StrEnum]) -> None:
        self._labels = labels
        self._told: tuple[StrEnum, StrEnum, list[StrEnum]] = (state, move, allowed)
        super().__init__(state=state.value, move=move.value, allowed_moves=[each.value for each in allowed])

    def title(self, language: str) -> str:
        column = 0 if language == "cs" else 1
        state, move, allowed = self._told
        possible = ", ".join(self._labels[each][column] for each in allowed)
        return (self.cs if column == 0 else self.en).format(
            state_name=self._labels[state][column],
            move_name=self._labels[move][column],
            possible=_POSSIBLE[column].format(possible) if possible else _AT_ITS_END[column],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Life(Generic[State, Move]):
    """`moves` gives for each move the states that it leaves and the state that it leads to."""

    moves: Mapping[Move, tuple[frozenset[State], State]]
    labels: Labels
    refusal: type[MoveNotPossible]

    def allowed(self, state: State) -> list[StrEnum]:
        """Return the moves possible from here, in the order in which they are declared."""
        return [move for move, (sources, _) in self.moves.items() if state in sources]

    def after(self, state: State, move: Move) -> State:
        """Return the state that the move leads to; raises the refusal of this life (409)."""
        sources, target = self.moves[move]
        if state not in sources:
            raise self.refusal(self.labels, state=state, move=move, allowed=self.allowed(state))
        return target
