"""What happened, as one says it."""

from collections.abc import Mapping
from typing import Final

from registry.activities.code_lists import KINDS
from registry.correspondence.domain import Channel, Direction
from registry.explanation.wording import Said
from registry.journal.wording import WORDS as DECIDED

_DIRECTIONS: Final[Mapping[Direction, Said]] = {
    Direction.IN: Said("přijato", "received"),
    Direction.OUT: Said("odesláno", "sent"),
    Direction.INTERNAL: Said("interně", "internal"),
}
_CHANNELS: Final[Mapping[Channel, Said]] = {
    Channel.DATA_BOX: Said("datová schránka", "data box"),
    Channel.EMAIL: Said("e-mail", "e-mail"),
    Channel.PHONE: Said("telefon", "phone"),
    Channel.MEETING: Said("jednání", "meeting"),
    Channel.LETTER: Said("dopis", "letter"),
    Channel.OTHER: Said("jinak", "other"),
}


def _way(direction: Direction, channel: Channel) -> Said:
    by, way = _CHANNELS[channel], _DIRECTIONS[direction]
    return Said(f"{by.cs} ({way.cs})", f"{by.en} ({way.en})")


WORDS: Final[Mapping[str, Said]] = {
    **{kind.value: Said(*names) for kind, names in KINDS.items()},
    **{f"{way.value}/{by.value}": _way(way, by) for way in Direction for by in Channel},
    **DECIDED,
}
"""By kind of activity, by direction and channel, by subject and action."""
