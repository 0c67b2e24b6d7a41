"""The annotation of a reaction is its subscription: to one event, to several, one by one or together."""

from collections.abc import Awaitable, Callable, Sequence
from types import ModuleType
from typing import Union

import pytest

from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered
from shared.reactions import NotAReaction, Reaction, reactions_in
from shared.transaction import Transaction


def reaction_of(function: Callable[..., Awaitable[None]]) -> Reaction:
    module = ModuleType("planning.units.reactions")
    function.__module__ = module.__name__
    setattr(module, function.__name__, function)
    (reaction,) = reactions_in([module])
    return reaction


def test_one_event_is_heard_one_by_one() -> None:
    async def close_unit(tx: Transaction, event: UnitClosed) -> None: ...

    reaction = reaction_of(close_unit)
    assert (reaction.events, reaction.batched, reaction.slice) == ((UnitClosed,), False, "units")


def test_a_union_of_events_is_heard_one_by_one() -> None:
    async def note_end(tx: Transaction, event: UnitClosed | UnitChanged) -> None: ...

    reaction = reaction_of(note_end)
    assert (reaction.events, reaction.batched) == ((UnitClosed, UnitChanged), False)


def test_a_sequence_of_a_union_is_heard_together() -> None:
    async def copy_units(tx: Transaction, events: Sequence[UnitRegistered | UnitChanged]) -> None: ...

    reaction = reaction_of(copy_units)
    assert (reaction.events, reaction.batched) == ((UnitRegistered, UnitChanged), True)


def test_the_older_spelling_of_a_union_is_the_same() -> None:
    async def copy_units(
        tx: Transaction,
        events: Sequence[Union[UnitRegistered, UnitChanged]],  # noqa: UP007 - the spelling is what is tested
    ) -> None: ...

    assert reaction_of(copy_units).events == (UnitRegistered, UnitChanged)


@pytest.mark.parametrize(
    "annotation",
    [
        int,
        UnitClosed | int,
        UnitClosed | None,
        Sequence[int],
        Sequence[UnitClosed | str],
        Sequence,
        list[UnitClosed],
    ],
    ids=str,
)
def test_what_is_annotated_with_anything_else_is_no_reaction(annotation: object) -> None:
    async def note(tx: Transaction, event: object) -> None: ...

    note.__annotations__["event"] = annotation
    with pytest.raises(NotAReaction, match="note"):
        reaction_of(note)


def test_a_function_that_takes_no_event_is_no_reaction() -> None:
    async def note(tx: Transaction) -> None: ...

    with pytest.raises(NotAReaction, match="note"):
        reaction_of(note)
