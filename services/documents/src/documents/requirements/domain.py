"""Which documents are required of a cooperation or a plan, from when, and how far they must be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from documents.files.states import DocumentState
from shared.contracts.documents import DocumentKind
from shared.contracts.planning import PlanKind
from shared.contracts.registry import CooperationRegime
from shared.errors import Invalid, NotFound, RuleBroken


class SubjectKind(StrEnum):
    """Of what documents are required."""

    COOPERATION = "cooperation"  # spolupráce
    PLAN = "plan"  # plán


class Milestone(StrEnum):
    """From when the time for a document runs."""

    BEGINNING = "beginning"  # začátek spolupráce, schválení plánu
    MEMORANDUM = "memorandum"  # uzavření memoranda
    DESCRIPTION = "description"  # dohoda na popisu spolupráce
    PLANNED_END = "planned-end"  # sjednaný konec, konec platnosti
    END = "end"  # skutečné ukončení


class Need(StrEnum):
    """How far a document must be to count."""

    FILED = "filed"  # založen
    APPROVED = "approved"  # schválen
    SIGNED = "signed"  # podepsán
    PUBLISHED = "published"  # zveřejněn


class Fulfilment(StrEnum):
    COMPLETE = "complete"  # je
    IN_PROGRESS = "in-progress"  # rozpracován
    MISSING = "missing"  # chybí


RANKS: Final[Mapping[DocumentState, int]] = {
    DocumentState.DRAFT: 1,
    DocumentState.FOR_COMMENT: 1,
    DocumentState.APPROVED: 2,
    DocumentState.SIGNED: 3,
    DocumentState.PUBLISHED: 4,
}
"""How far a state is; what was withdrawn or discarded counts for nothing."""
RANK_OF_NEED: Final[Mapping[Need, int]] = {
    Need.FILED: 1,
    Need.APPROVED: 2,
    Need.SIGNED: 3,
    Need.PUBLISHED: 4,
}
PLANS: Final = (
    *(DocumentKind.PLAN, DocumentKind.PSZ, DocumentKind.SPSZ),
    *(DocumentKind.TAP, DocumentKind.EXIT, DocumentKind.KPSS),
)


def accepted_kinds(required: DocumentKind) -> tuple[DocumentKind, ...]:
    """Return the kinds that meet a requirement: any plan where a plan is required, else that kind."""
    return PLANS if required is DocumentKind.PLAN else (required,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A document of this kind `due_days` after the milestone; `applies_to` empty: always."""

    subject: SubjectKind
    kind: DocumentKind
    milestone: Milestone
    due_days: int
    need: Need
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementEdition:
    number: int
    valid_from: date
    note: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A cooperation or a plan; `variant` is its regime or its kind of plan."""

    id: UUID
    kind: SubjectKind
    version: int
    variant: str
    title: str
    unit_ids: tuple[UUID, ...]
    begins_on: date
    ends_on: date | None


class RequirementEditionUnknown(NotFound):
    cs = "Toto vydání požadavků neexistuje."
    en = "There is no such edition of requirements."


class SubjectUnknown(NotFound):
    cs = "Takovou spolupráci ani plán neznáme."
    en = "We know no such cooperation or plan."


class RequirementTwice(Invalid):
    cs = "Druh {kind} je od stejného okamžiku požadován dvakrát."
    en = "The kind {kind} is required twice from the same milestone."


class VariantUnknown(Invalid):
    cs = "„{variant}“ není režim spolupráce ani druh plánu."
    en = "“{variant}” is neither a regime of cooperation nor a kind of plan."


class EditionNotLater(RuleBroken):
    cs = "Nové vydání musí platit později než od {valid_from}; od tohoto dne platí vydání {edition}."
    en = "A new edition must hold from later than {valid_from}, from when edition {edition} holds."


_VARIANTS: Final[Mapping[SubjectKind, frozenset[str]]] = {
    SubjectKind.COOPERATION: frozenset(each.value for each in CooperationRegime),
    SubjectKind.PLAN: frozenset(each.value for each in PlanKind),
}


def check_edition(requirements: Sequence[Requirement]) -> None:
    """Raise `RequirementTwice`, `VariantUnknown`."""
    seen = set()
    for place, each in enumerate(requirements):
        key = (each.subject, each.kind, each.milestone)
        if key in seen:
            raise RequirementTwice(pointer=f"/requirements/{place}", kind=each.kind.value)
        seen.add(key)
        for variant in each.applies_to:
            if variant not in _VARIANTS[each.subject]:
                raise VariantUnknown(pointer=f"/requirements/{place}/applies_to", variant=variant)


def next_edition(
    last: RequirementEdition | None, requirements: tuple[Requirement, ...], *, valid_from: date, note: str
) -> RequirementEdition:
    """Return what holds from `valid_from`; what began before keeps its edition. Raises `EditionNotLater`."""
    check_edition(requirements)
    if last is not None and valid_from <= last.valid_from:
        raise EditionNotLater(edition=last.number, valid_from=last.valid_from)
    return RequirementEdition(
        number=last.number + 1 if last else 1, valid_from=valid_from, note=note, requirements=requirements
    )
