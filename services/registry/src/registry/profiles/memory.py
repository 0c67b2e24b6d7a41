"""Pages that were made, kept as long as the database looks the same."""

import zlib
from collections.abc import Hashable
from dataclasses import dataclass, field

MOST = 8_192
"""Pages: the whole country, some 30 MB of memory."""


@dataclass(slots=True, kw_only=True)
class Memory:
    """Contents by question, all of one state of the database; with another state all of them are gone.

    The state has to be asked for before the content is made: what is written in between changes the state,
    so that content made from both sides of the change is never asked for again.
    """

    state: str = ""
    contents: dict[Hashable, bytes] = field(default_factory=dict)

    def get(self, question: Hashable, *, state: str) -> bytes | None:
        packed = self.contents.get(question) if state == self.state else None
        return None if packed is None else zlib.decompress(packed)

    def put(self, question: Hashable, content: bytes, *, state: str) -> None:
        if state != self.state:
            self.contents.clear()
            self.state = state
        if len(self.contents) >= MOST:
            del self.contents[next(iter(self.contents))]
        self.contents[question] = zlib.compress(content, level=1)
