"""A clock for stories of the past: the service believes that it is another day."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo

OURS = ("shared.", "planning.", "evaluation.")


@contextmanager
def on(day: str, at: str = "10:00") -> Iterator[None]:
    """Let each module of ours that asks for the time be told this one (UTC), until the block ends.

    Tokens are checked by the real time: who logs in lives in the present.
    """
    told = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=UTC)

    class AnyDatetime(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class Told(datetime, metaclass=AnyDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return told.astimezone(tz)

    asking = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith(OURS) and vars(module).get("datetime") is datetime
    ]
    for module in asking:
        module.datetime = Told  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for module in asking:
            module.datetime = datetime  # type: ignore[attr-defined]
