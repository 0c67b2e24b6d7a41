"""From a frozen page to its paper, and how the document that it becomes is filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import Final, TypeAlias
from uuid import UUID

from documents.files.domain import Accessibility, Metadata
from documents.files.states import DocumentState
from documents.papers.blocks import Paper, says_kind
from documents.renditions.description import description_name, description_paper, unit_of
from documents.renditions.description_content import DescriptionPage
from documents.renditions.domain import Source
from documents.renditions.evaluation_report import report_paper
from documents.renditions.memorandum import approving_body, memorandum_paper
from documents.renditions.memorandum_content import MemorandumPage
from documents.renditions.minutes import minutes_paper
from documents.renditions.minutes_content import MinutesPage
from documents.renditions.profile_content import ProfilePage
from documents.renditions.programme_content import PUBLIC, ProgrammePage
from documents.renditions.programme_report import programme_paper
from documents.renditions.report_content import ReportPage
from documents.renditions.statement import statement_paper
from documents.renditions.statement_content import StatementPage
from documents.renditions.unit_profile import profile_paper
from documents.renditions.wording import capital, day
from shared.contracts.documents import DocumentKind
from shared.contracts.reports import EvaluationType

Page: TypeAlias = (
    MinutesPage | MemorandumPage | DescriptionPage | StatementPage | ReportPage | ProfilePage | ProgrammePage
)

PAGES: Final[Mapping[Source, type[Page]]] = {
    Source.MINUTES: MinutesPage,
    Source.MEMORANDUM: MemorandumPage,
    Source.DESCRIPTION: DescriptionPage,
    Source.STATEMENT: StatementPage,
    Source.EVALUATION_REPORT: ReportPage,
    Source.UNIT_PROFILE: ProfilePage,
    Source.PROGRAMME_REPORT: ProgrammePage,
}
"""In what form each source is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """How the paper is filed; a draft is for the people of `unit_ids` and for the Agency.

    What both parties signed is filed as signed, with what `about` knows of it.
    """

    kind: DocumentKind
    title: str
    label: str
    paper: Paper
    author: str
    unit_ids: tuple[UUID, ...] = ()
    holds_personal_data: bool | None = None
    state: DocumentState = DocumentState.DRAFT
    about: Metadata = field(default_factory=Metadata)

    @property
    def metadata(self) -> Metadata:
        return replace(
            self.about,
            author=self.author,
            dated_on=self.paper.made_on,
            holds_personal_data=self.holds_personal_data,
            accessibility=Accessibility.VERIFIED,
        )


_AGENCY: Final = "Agentura pro sociální začleňování"


def filing_of(page: Page, *, digest: str) -> Filing:
    """Return the paper and how it is filed; `digest` is of the frozen JSON and is printed on each page."""
    match page:
        case MinutesPage():
            filing = _minutes(page, digest)
        case MemorandumPage():
            filing = _memorandum(page, digest)
        case DescriptionPage():
            filing = _description(page, digest)
        case StatementPage():
            filing = _statement(page, digest)
        case ReportPage():
            filing = _report(page, digest)
        case ProfilePage():
            filing = _profile(page, digest)
        case ProgrammePage():
            filing = _programme(page, digest)
    return filing


def _minutes(page: MinutesPage, digest: str) -> Filing:
    """File the minutes for the Agency alone: they name the members of the commission."""
    said = page.content.minutes
    signed = len(page.content.signatures)
    return Filing(
        kind=DocumentKind.ZAPIS,
        title=f"Zápis hodnoticí komise č. {said.number}",
        label=f"podpisů: {signed}",
        paper=minutes_paper(page, digest=digest),
        author=said.secretary_name,
        holds_personal_data=True,
    )


def _memorandum(page: MemorandumPage, digest: str) -> Filing:
    said = page.content.memorandum
    unit = f" – {said.unit_party.name}" if said.unit_party else ""
    return Filing(
        kind=DocumentKind.MEMO,
        title=f"Memorandum o spolupráci, {said.edition}. vydání{unit}",
        label=f"stav k {day(page.as_of)}",
        paper=memorandum_paper(page, digest=digest),
        author=page.content.agency_party.name,
        unit_ids=(said.unit_id,),
        holds_personal_data=bool(said.signatures),
        state=DocumentState.SIGNED,
        about=Metadata(
            approved_by=approving_body(said.resolution),
            approved_on=said.resolution.adopted_on if said.resolution else None,
            signed_on=said.concluded_on,
        ),
    )


def _description(page: DescriptionPage, digest: str) -> Filing:
    said, unit = page.content.description, unit_of(page.content)
    return Filing(
        kind=DocumentKind.POPIS,
        title=f"{description_name(said.domain)}, {said.edition}. vydání" + (f" – {unit}" if unit else ""),
        label=f"stav k {day(page.as_of)}",
        paper=description_paper(page, digest=digest),
        author=page.content.agency_party.name,
        unit_ids=(said.unit_id,),
        holds_personal_data=True,
        state=DocumentState.SIGNED,
        about=Metadata(cooperation_id=said.cooperation_id, signed_on=said.agreed_on),
    )


def _statement(page: StatementPage, digest: str) -> Filing:
    said = page.content.statement
    return Filing(
        kind=DocumentKind.VYJ,
        title=f"{capital(statement_name(said.kind))} č. {said.number}: {said.applicant.name}",
        label=f"vydáno {day(said.issued_on)}",
        paper=statement_paper(page, digest=digest),
        author=_AGENCY,
        unit_ids=tuple(each.unit_id for each in said.findings.units),
        holds_personal_data=True,
    )


def statement_name(kind: str) -> str:
    return "potvrzení" if kind == "map-confirmation" else "vyjádření"


def _report(page: ReportPage, digest: str) -> Filing:
    head, kind = page.evaluation, capital(page.type.cs)
    title = head.title if says_kind(head.title, kind) else ": ".join(filter(None, (kind, head.title)))
    return Filing(
        kind=DocumentKind.EVAL,
        title=shorten(title, 200, placeholder="…"),
        label=f"{page.edition}. vydání",
        paper=report_paper(page, digest=digest),
        author=head.organisation or _AGENCY,
        unit_ids=tuple(unit.id for unit in page.units),
        about=Metadata(plan_id=_plan_of(page)),
    )


def _plan_of(page: ReportPage) -> UUID | None:
    """Return the plan that a report is about; an outline of an exit names one of the units' several plans."""
    if page.type.code == EvaluationType.EXIT_OUTLINE.value:
        return None
    plans = (each.computed.plan for each in page.sections if each.computed is not None)
    named = {plan.plan_id for plan in plans if plan is not None}
    return named.pop() if len(named) == 1 else None


def _profile(page: ProfilePage, digest: str) -> Filing:
    unit = page.content.unit
    return Filing(
        kind=DocumentKind.OTHER,
        title=f"Karta územního celku: {unit.name}",
        label=f"stav k {day(page.as_of)}",
        paper=profile_paper(page, digest=digest),
        author=_AGENCY,
        unit_ids=(unit.id,),
        holds_personal_data=False,
    )


def _programme(page: ProgrammePage, digest: str) -> Filing:
    whole = "" if page.content.audience == PUBLIC else ", úplné údaje"
    return Filing(
        kind=DocumentKind.MONIT,
        title=f"Plnění projektu: {page.content.title}",
        label=f"stav k {day(page.as_of)}{whole}",
        paper=programme_paper(page, digest=digest),
        author=page.content.budget.beneficiary or _AGENCY,
        holds_personal_data=False,
    )
