"""Which pages are frozen, and who may read what was frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.errors import Forbidden, NotFound
from shared.procedure import StandsInTheWay


class PageKind(StrEnum):
    UNIT_PROFILE = "unit-profile"  # karta obce
    MINUTES = "minutes"  # zápis hodnoticí komise
    MEMORANDUM = "memorandum"  # memorandum o spolupráci
    DESCRIPTION = "description"  # popis spolupráce
    STATEMENT = "statement"  # vyjádření nebo potvrzení


class Audience(StrEnum):
    """Who reads a page is decided by what it shows, not by who froze it."""

    PUBLIC = "public"
    UNITS = "units"  # those of its units, and the Agency
    COMMISSION = "commission"  # the commission, and the Agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who may read a page; `unit_ids` matter where it is for units."""

    audience: Audience
    unit_ids: tuple[UUID, ...] = ()


PUBLIC = Reader(audience=Audience.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a page shows and as of which day, before it is frozen."""

    as_of: date
    content: Mapping[str, object]
    reader: Reader


class FrozenPageUnknown(NotFound):
    cs = "Takto zmrazená stránka neexistuje."
    en = "No page is frozen under this digest."


class MemorandumNotConcluded(StandsInTheWay):
    cs = "Zmrazit lze jen uzavřené memorandum."
    en = "Only a concluded memorandum can be frozen."


class DescriptionNotAgreed(StandsInTheWay):
    cs = "Zmrazit lze jen popis spolupráce, na kterém se obě strany dohodly."
    en = "Only a description of cooperation that both sides agreed on can be frozen."


class MinutesForCommission(Forbidden):
    cs = "Zápis čtou jen členové komise a Agentura."
    en = "The minutes are for the commission and the Agency."
