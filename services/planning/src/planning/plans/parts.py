"""What hangs on the tree (budget, projects, links to strategies) and on the plan (risks, areas, chapters)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID


class Funder(StrEnum):
    """Whose money it is (zdroj financování)."""

    EU = "eu"  # Evropská unie, ESF+
    STATE = "state"  # státní rozpočet
    REGION = "region"  # kraj
    MUNICIPALITY = "municipality"  # obec
    OWN = "own"  # vlastní zdroje realizátora
    OTHER = "other"  # nadace, dary a jiné


class Category(StrEnum):
    """What the money is for (kategorie nákladů)."""

    STAFF = "staff"
    SERVICES = "services"
    DIRECT_SUPPORT = "direct-support"
    EQUIPMENT = "equipment"
    INVESTMENT = "investment"
    OVERHEADS = "overheads"
    OTHER = "other"


class Programme(StrEnum):
    """Programmes whose registration numbers have a form of their own."""

    OPZ_PLUS = "OPZ+"
    IROP = "IROP"
    OP_JAK = "OPJAK"
    OPZ = "OPZ"  # 2014–2020
    OP_VVV = "OPVVV"  # 2014–2020
    OTHER = "other"


class ProjectState(StrEnum):
    INTENDED = "intended"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RUNNING = "running"
    FINISHED = "finished"
    REFUSED = "refused"


_NOW: Final = r"CZ\.{}\.\d{{2}}\.\d{{2}}/\d{{2}}/\d{{2}}_\d{{3}}/\d{{7}}"
_2014: Final = r"CZ\.{}\.\d\.\d{{2}}/\d\.\d/\d\.\d/\d{{2}}_\d{{3}}/\d{{7}}"
REGISTRATION_NUMBERS: Final[Mapping[Programme, str]] = {
    Programme.OPZ_PLUS: _NOW.format("03"),
    Programme.IROP: f"{_NOW.format('06')}|{_2014.format('06')}",
    Programme.OP_JAK: _NOW.format("02"),
    Programme.OPZ: _2014.format("03"),
    Programme.OP_VVV: _2014.format("02"),
}
"""Regular expressions of registration numbers; other programmes number as they like."""


def is_registration_number(programme: Programme, number: str) -> bool:
    """Whether the number has the form of the programme; one not given yet has."""
    pattern = REGISTRATION_NUMBERS.get(programme)
    return not number or pattern is None or re.fullmatch(pattern, number, re.ASCII) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One year's money of a measure from one source; `note` names a source that the code does not."""

    id: UUID
    year: int
    funder: Funder
    category: Category = Category.OTHER
    amount_czk: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingProject:
    """A project that pays for a measure, in part or whole."""

    id: UUID
    title: str
    programme: Programme = Programme.OTHER
    registration_number: str = ""
    call: str = ""
    applicant: str = ""
    budget_czk: Decimal | None = None
    state: ProjectState = ProjectState.INTENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyLink:
    """The goal of a superior strategy (vazba na strategii) that a goal or a measure serves."""

    id: UUID
    strategy_code: str
    goal_code: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may stop the plan; probability and impact from 1 (least) to 5."""

    id: UUID
    title: str
    probability: int
    impact: int
    response: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of the plan's own list (Ostrava: I–IX); managers are offices and organisations, not people."""

    id: UUID
    code: str
    title: str
    managers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of text, such as one of the five parts that decree 505/2006, § 39a, asks for."""

    id: UUID
    code: str
    title: str
    description: str = ""


Part = BudgetLine | FundingProject | StrategyLink | Risk | Area | Chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What hangs on the plan itself."""

    areas: tuple[Area, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    risks: tuple[Risk, ...] = ()


NOTHING_ATTACHED: Final = Attached()
