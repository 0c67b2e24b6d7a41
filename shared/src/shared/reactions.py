"""What a service does when it hears an event: functions whose annotation is the subscription."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType, UnionType
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from shared.contracts.base import Event
from shared.settings import Settings

Handle = Callable[..., Awaitable[None]]
"""The function itself: `(tx, event)`, `(tx, events)` or `(tx, event, prepared)`; `A | B` hears both."""
Prepare = Callable[[Event, Settings], Awaitable[object]]
_Function = TypeVar("_Function", bound=Handle)
_PREPARED = "__prepared_by__"


class NotAReaction(TypeError):  # noqa: N818
    """A function of a `reactions.py` whose second parameter names something else than events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One subscription. `batched`: takes all events at once; `prepare`: runs before the transaction."""

    events: tuple[type[Event], ...]
    slice: str
    name: str
    handle: Handle
    batched: bool
    prepare: Prepare | None


def prepare(function: Callable[..., Awaitable[object]]) -> Callable[[_Function], _Function]:
    """Run `function(event, settings)` outside any transaction first; its result is the third argument."""

    def mark(reaction: _Function) -> _Function:
        setattr(reaction, _PREPARED, function)
        return reaction

    return mark


def reactions_in(modules: Iterable[ModuleType]) -> tuple[Reaction, ...]:
    """Collect the public coroutine functions that the modules define; raises `NotAReaction`."""
    return tuple(
        _reaction(module, function)
        for module in modules
        for name, function in vars(module).items()
        if inspect.iscoroutinefunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
    )


def _reaction(module: ModuleType, function: Callable[..., Awaitable[None]]) -> Reaction:
    hints = get_type_hints(function)
    parameters = list(inspect.signature(function).parameters)
    annotation = hints.get(parameters[1]) if len(parameters) > 1 else None
    batched = get_origin(annotation) is Sequence
    heard = get_args(annotation)[0] if batched else annotation
    events = get_args(heard) if get_origin(heard) in {Union, UnionType} else (heard,)
    if not all(isinstance(event, type) and issubclass(event, Event) for event in events):
        raise NotAReaction(f"{module.__name__}.{function.__name__}")
    return Reaction(
        events=events,
        slice=module.__name__.split(".")[-2],
        name=function.__name__,
        handle=function,
        batched=batched,
        prepare=getattr(function, _PREPARED, None),
    )
