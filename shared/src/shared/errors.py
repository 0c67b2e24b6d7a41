"""Why a request or an event is refused: the base classes of every error of the domain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from shared.days import PRAGUE, day_text

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where: `pointer` is a JSON Pointer into the content."""

    pointer: str
    code: str
    cs: str
    en: str


def _as_written(fact: object, language: str, words: Mapping[str, tuple[str, str]]) -> object:
    if isinstance(fact, str) and fact in words:
        return words[fact][0 if language == "cs" else 1]
    if isinstance(fact, datetime):
        local = fact.astimezone(PRAGUE)
        return f"{day_text(local, language)} {local:%H:%M}"
    return day_text(fact, language) if isinstance(fact, date) else fact


class Refusal(Exception):  # noqa: N818
    """A fact that stopped us. `cs` and `en` are templates over the facts given."""

    cs: ClassVar[str] = "Požadavek nelze splnit."
    en: ClassVar[str] = "The request cannot be met."
    words: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """What people call the codes among the facts, in Czech and in English."""

    def __init__(
        self, *, pointer: str | None = None, findings: Sequence[Finding] = (), **facts: object
    ) -> None:
        self.pointer = pointer
        self.findings = tuple(findings)
        self.facts = facts
        super().__init__(self.title("en"))

    @property
    def code(self) -> str:
        """The stable name of the refusal: its class in kebab-case."""
        return _HUMP.sub("-", type(self).__name__).lower()

    def title(self, language: str) -> str:
        """Return the sentence; days, instants and codes in it as people of that language write them."""
        facts = {name: _as_written(fact, language, self.words) for name, fact in self.facts.items()}
        return (self.cs if language == "cs" else self.en).format_map(facts)


class Invalid(Refusal):
    """What was sent makes no sense, whatever the state is."""


class RuleBroken(Refusal):
    """A rule of the domain says no in the present state."""


class NotFound(Refusal):
    """There is no such thing, or the caller may not know of it."""

    cs = "Nenalezeno."
    en = "Not found."


class Gone(Refusal):
    """It was there and is kept no more."""


class Forbidden(Refusal):
    """The caller is known and may not do this."""

    cs = "K této operaci nemáte oprávnění."
    en = "You may not do this."


class Unauthenticated(Refusal):
    """Nobody knows who the caller is."""

    cs = "Přihlaste se."
    en = "Log in first."


class TooMany(Refusal):
    """The caller, or all callers together, ask more often than we let them; give `retry_after` in seconds."""


class Stale(Refusal):
    """The caller decided on a version that is no longer the current one."""


class VersionIsStale(Stale):
    cs = "Záznam mezitím někdo změnil: máte verzi {expected}, platí verze {current}. Načtěte jej znovu."
    en = "Somebody changed this meanwhile: you have version {expected}, the current one is {current}. Reload."


def expect_version(expected: int, current: int) -> None:
    """Raise `VersionIsStale` unless the caller knows the current version."""
    if expected != current:
        raise VersionIsStale(expected=expected, current=current)
