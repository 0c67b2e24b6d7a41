"""An edition of a description of cooperation: drafted, proposed, agreed by both parties, then locked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from registry.descriptions import completeness
from registry.descriptions.content import AREAS, Agreement, BaselineItem, Content
from registry.descriptions.refusals import (
    AreaNamedTwice,
    AreaNotDescribed,
    AreaOutsideDomain,
    AuthorAgreesAlone,
    BaselineIsLocked,
    CriterionNamedTwice,
    DescriptionEndsBeforeItStarts,
    DescriptionExists,
    DescriptionInTheMaking,
    DescriptionIsIncomplete,
    EndsOutsideItsTime,
    SamePersonAgrees,
    SideHasAgreed,
)
from registry.descriptions.steps import IN_THE_MAKING, PROCEDURE, Move, Status
from registry.memoranda.content import Side, is_one_name
from shared.contracts.intake import CooperationDomain
from shared.contracts.registry import ThematicArea
from shared.procedure import Standing

_BOTH: Final = len(Side)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """`authors` wrote it; it is in force from `in_force_from` until `in_force_until`, both included.

    Where the last day is the one before the first, it was ended before it began.
    """

    id: UUID
    cooperation_id: UUID
    unit_id: UUID
    domain: CooperationDomain
    edition: int
    version: int
    status: Status
    content: Content
    baseline: tuple[BaselineItem, ...]
    authors: tuple[str, ...]
    agreements: tuple[Agreement, ...] = ()
    memorandum_id: UUID | None = None
    agreed_on: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    end_reason: str | None = None
    digest: str | None = None

    @property
    def published(self) -> "Description":
        """Return it as the journal keeps it: without who wrote it and the agreements down."""
        return replace(self, authors=(), agreements=tuple(each.published for each in self.agreements))

    @property
    def facts(self) -> Standing:
        """Return what every refusal tells of the description."""
        return PROCEDURE.facts(self.status)

    @property
    def is_complete_agreement(self) -> bool:
        return len(self.agreements) == _BOTH


def expect_first(others: Sequence[Description]) -> None:
    """Raise DescriptionExists or DescriptionInTheMaking; `others` are of the cooperation and domain."""
    _expect_none_in_the_making(others)
    for other in others:
        if other.status is not Status.DISCARDED:
            raise DescriptionExists(other.facts, edition=other.edition)


def draft_anew(last: Description, others: Sequence[Description], *, id_: UUID, author: str) -> Description:
    """Begin the next edition with the content of the last and its baseline, which stays as it is."""
    status = PROCEDURE.after(last.status, Move.DRAFT_ANEW)
    _expect_none_in_the_making(others)
    for other in others:
        if other.edition > last.edition and other.status is not Status.DISCARDED:
            raise DescriptionExists(last.facts, edition=other.edition)
    return Description(
        id=id_,
        cooperation_id=last.cooperation_id,
        unit_id=last.unit_id,
        domain=last.domain,
        edition=last.edition + 1,
        version=1,
        status=status,
        content=last.content,
        baseline=last.baseline,
        authors=(author,),
    )


def edit(
    description: Description,
    content: Content,
    baseline: tuple[BaselineItem, ...],
    *,
    author: str,
    carried: Sequence[BaselineItem],
) -> Description:
    """Write it anew; `carried` is the baseline of the edition before, which no edition changes.

    Raises BaselineIsLocked, and what makes no sense with a pointer to where.
    """
    status = PROCEDURE.after(description.status, Move.EDIT)
    expect_sense(description.domain, content, baseline, carried=carried)
    _expect_carried(description, baseline, carried)
    authors = tuple(dict.fromkeys((*description.authors, author)))
    return replace(
        description,
        status=status,
        content=content,
        baseline=baseline,
        authors=authors,
        version=description.version + 1,
    )


def expect_sense(
    domain: CooperationDomain,
    content: Content,
    baseline: Sequence[BaselineItem],
    *,
    carried: Sequence[BaselineItem] = (),
) -> None:
    """Raise where an area or a criterion has no place here, or the days are reversed."""
    _expect_areas(domain, content.areas)
    described = set(content.areas)
    for at, result in enumerate(content.results):
        if result.area not in described:
            raise AreaNotDescribed(pointer=f"/results/{at}/area", area=result.area.value)
    measured = described | {item.area for item in carried}
    seen: set[tuple[ThematicArea, str]] = set()
    for at, item in enumerate(baseline):
        if item.area not in measured:
            raise AreaNotDescribed(pointer=f"/baseline/{at}/area", area=item.area.value)
        if item.key in seen:
            raise CriterionNamedTwice(
                pointer=f"/baseline/{at}/code", criterion=item.code, area=item.area.value
            )
        seen.add(item.key)
    if content.starts_on and content.ends_on and content.ends_on < content.starts_on:
        raise DescriptionEndsBeforeItStarts(
            pointer="/ends_on", starts_on=content.starts_on, ends_on=content.ends_on
        )


def propose(description: Description, on: date) -> Description:
    """Lay it before the parties; raises DescriptionIsIncomplete with everything that is missing."""
    status = PROCEDURE.after(description.status, Move.PROPOSE)
    findings = completeness.findings(description.content, description.baseline, on)
    if findings:
        raise DescriptionIsIncomplete(description.facts, count=len(findings), findings=findings)
    return replace(description, status=status, version=description.version + 1)


def give_back(description: Description) -> Description:
    """Return it to be written anew: whoever agreed has to agree again."""
    status = PROCEDURE.after(description.status, Move.RETURN)
    return replace(description, status=status, agreements=(), version=description.version + 1)


def agree(description: Description, agreement: Agreement) -> Description:
    """Add the agreement of one side; of two, `settle` makes it binding.

    Raises SideHasAgreed, SamePersonAgrees, AuthorAgreesAlone.
    """
    PROCEDURE.after(description.status, Move.AGREE)
    for other in description.agreements:
        if other.side is agreement.side:
            raise SideHasAgreed(description.facts, side=other.side.value, agreed_on=other.agreed_on)
        if is_one_name(other.name, agreement.name) or other.recorded_by == agreement.recorded_by:
            raise SamePersonAgrees(description.facts, name=agreement.name)
    if agreement.side is Side.AGENCY and description.authors == (agreement.recorded_by,):
        raise AuthorAgreesAlone(description.facts)
    agreements = (*description.agreements, agreement)
    return replace(description, agreements=agreements, version=description.version + 1)


def discard(description: Description) -> Description:
    status = PROCEDURE.after(description.status, Move.DISCARD)
    return replace(description, status=status, version=description.version + 1)


def end(description: Description, on: date, reason: str) -> Description:
    """End it before its time; `on` is its last day. One that has not begun by then never comes in force."""
    status = PROCEDURE.after(description.status, Move.END)
    since, until = description.in_force_from or date.min, description.in_force_until or date.max
    if on > until:
        raise EndsOutsideItsTime(description.facts, on=on, in_force_from=since, in_force_until=until)
    last_day = max(on, since - _ONE_DAY)
    return replace(
        description,
        status=status,
        in_force_until=last_day,
        end_reason=reason,
        version=description.version + 1,
    )


def _expect_none_in_the_making(others: Sequence[Description]) -> None:
    for other in others:
        if other.status in IN_THE_MAKING:
            raise DescriptionInTheMaking(other.facts, edition=other.edition)


def _expect_areas(domain: CooperationDomain, areas: Sequence[ThematicArea]) -> None:
    for at, area in enumerate(areas):
        if area not in AREAS[domain]:
            raise AreaOutsideDomain(
                pointer=f"/areas/{at}", area=area.value, allowed=", ".join(sorted(AREAS[domain]))
            )
        if area in areas[:at]:
            raise AreaNamedTwice(pointer=f"/areas/{at}", area=area.value)


def _expect_carried(
    description: Description, baseline: Sequence[BaselineItem], carried: Sequence[BaselineItem]
) -> None:
    """Raise unless the areas measured before have exactly their items of then."""
    measured = {item.area for item in carried}
    written = {item.key: item for item in baseline if item.area in measured}
    agreed = {item.key: item for item in carried}
    for area, code in sorted(written.keys() | agreed.keys()):
        if written.get((area, code)) != agreed.get((area, code)):
            raise BaselineIsLocked(description.facts, area=area.value, criterion=code, rule="baseline-stays")
