"""State machines of what is decided step by step: which move leads where, and what else is possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Generic, TypedDict, TypeVar

from shared.errors import Finding, RuleBroken

State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)
Labels = Mapping[StrEnum, tuple[str, str]]
"""Czech and English names of states and moves, as a person of the field says them."""

_POSSIBLE = ("Možné je: {}.", "Possible: {}.")


class MoveRefused(RuleBroken):
    """A move that the present state does not know; the facts name the rule and what is possible."""

    cs = "Ve stavu „{state_name}“ nelze: {move_name}. {possible}"
    en = "In the state “{state_name}” this cannot be done: {move_name}. {possible}"
    at_its_end: ClassVar[tuple[str, str]] = ("Tím je věc uzavřena.", "The matter is closed.")

    def __init__(self, labels: Labels, facts: Mapping[str, object]) -> None:
        self._labels = labels
        super().__init__(pointer=None, findings=(), **facts)

    def title(self, language: str) -> str:
        column = 0 if language == "cs" else 1
        names = {state_or_move.value: both[column] for state_or_move, both in self._labels.items()}
        allowed = self.facts["allowed_moves"]
        possible = ", ".join(names[move] for move in allowed) if isinstance(allowed, list) else ""
        rest = _POSSIBLE[column].format(possible) if possible else self.at_its_end[column]
        return (self.cs if column == 0 else self.en).format(
            state_name=names[str(self.facts["state"])],
            move_name=names[str(self.facts["move"])],
            possible=rest,
        )


class Standing(TypedDict):
    """Where something stands and what is possible; problem details have a `status` of their own."""

    state: str
    allowed_moves: list[str]


class StandsInTheWay(RuleBroken):
    """A rule of a procedure beside its moves; it tells where things stand, as a refused move does."""

    def __init__(
        self, standing: Mapping[str, object], *, findings: Sequence[Finding] = (), **facts: object
    ) -> None:
        super().__init__(pointer=None, findings=findings, **facts, **standing)


@dataclass(frozen=True, slots=True)
class Procedure(Generic[State, Move]):
    """`moves` gives for each move the states that know it and the one that it leads to; None: all stays."""

    moves: Mapping[Move, tuple[frozenset[State], State | None]]
    labels: Labels
    refusal: type[MoveRefused]

    def allowed(self, status: State) -> list[Move]:
        """Return the moves possible from here, in the order in which the procedure declares them."""
        return [move for move, (sources, _) in self.moves.items() if status in sources]

    def after(self, status: State, move: Move, *, refusal: type[MoveRefused] | None = None) -> State:
        """Return the state that the move leads to; raises `refusal`, else the procedure's own (409)."""
        sources, target = self.moves[move]
        if status not in sources:
            facts = {"move": move.value, "rule": self.rule(move), **self.facts(status)}
            raise (refusal or self.refusal)(self.labels, facts)
        return status if target is None else target

    def rule(self, move: Move) -> str:
        """Return the stable name of the rule, for example `approve-only-from-recommended-or-reserve`."""
        sources, _ = self.moves[move]
        return f"{move.value}-only-from-{'-or-'.join(sorted(sources))}"

    def facts(self, status: State) -> Standing:
        """Return what every refusal of the procedure tells."""
        return Standing(state=status.value, allowed_moves=[move.value for move in self.allowed(status)])
