"""JSON of the whole page of a unit: who helps it, what it plans, what is known of it."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from registry.explanation.standing_schemas import SaidOut
from registry.explanation.wording import Said
from registry.profiles.area_schemas import ProfileArea
from registry.profiles.domain import Cooperation, Course, Plan, Profile
from registry.profiles.figures import Figure
from registry.profiles.municipal_schemas import ProfileMunicipal
from registry.profiles.sentences import empty_states, summary
from registry.profiles.unit_schemas import ProfileNeighbour, ProfileUnit, ProfileWay
from registry.profiles.wording import COURSES, PLAN_KINDS, PLAN_STATES, REGIMES
from shared.contracts.planning import PlanKind
from shared.contracts.registry import CooperationRegime
from shared.http import ApiModel

_HERE: Final = "/api/registry"
_PLANNING: Final = "/api/planning"


class ProfileCooperation(ApiModel):
    """`through`: the group or the unit inside that cooperates, null for the unit itself."""

    id: UUID
    regime: CooperationRegime
    regime_name: SaidOut
    course: Course
    course_name: SaidOut
    starts_on: date
    ends_on: date | None
    through_id: UUID | None
    through: str | None

    @classmethod
    def of(cls, cooperation: Cooperation, *, profile: Profile) -> "ProfileCooperation":
        course = cooperation.course(profile.shown_on)
        is_own = cooperation.unit_id == profile.unit.id
        return cls(
            id=cooperation.id,
            regime=cooperation.regime,
            regime_name=SaidOut.of(REGIMES[cooperation.regime]),
            course=course,
            course_name=SaidOut.of(COURSES[course]),
            starts_on=cooperation.starts_on,
            ends_on=cooperation.ends_on,
            through_id=None if is_own else cooperation.unit_id,
            through=None if is_own else cooperation.unit_name,
        )


class ProfilePlanUnit(ApiModel):
    id: UUID
    name: str


class ProfilePlan(ApiModel):
    """An approved plan; `href` leads to all of it at planning. `units`: all that it is for."""

    id: UUID
    kind: PlanKind
    kind_name: SaidOut
    title: str
    state: Literal["approved", "in-implementation", "closed"]
    state_name: SaidOut
    revision: int
    valid_from: date
    valid_until: date
    body: str
    approved_on: date
    resolution_number: str
    closed_on: date | None
    units: list[ProfilePlanUnit]
    href: str

    @classmethod
    def of(cls, plan: Plan) -> "ProfilePlan":
        made = {"kind_name", "state_name", "units", "href"}
        plain = {name: getattr(plan, name) for name in cls.model_fields if name not in made}
        return cls(
            **plain,
            kind_name=SaidOut.of(PLAN_KINDS[plan.kind]),
            state_name=SaidOut.of(PLAN_STATES[plan.state]),
            units=[ProfilePlanUnit(id=id_, name=name) for id_, name in plan.units.items()],
            href=f"{_PLANNING}/plans/{plan.id}",
        )


class ProfileFigure(ApiModel):
    """The newest figure of a series. A suppressed one has no value; `shown` tells what may be known."""

    series: str
    name_cs: str
    name_en: str
    unit_of_measure: str
    periodicity: str
    period: date = Field(description="First day of the period")
    value: str | None
    status: Literal["given", "confidential", "not-applicable", "suppressed"]
    shown: str | None = Field(examples=["< 5"])
    note: str | None
    source: str
    vintage_id: int

    @classmethod
    def of(cls, figure: Figure) -> "ProfileFigure":
        return cls.model_validate(figure)


class ProfileVintage(ApiModel):
    id: int
    label: str
    published_on: date | None
    licence: str


class ProfileSource(ApiModel):
    """A publisher's data with the vintages on which the page stands."""

    code: str
    name_cs: str
    name_en: str
    publisher: str
    url: str | None
    vintages: list[ProfileVintage]


class ProfileMethod(ApiModel):
    code: str
    name_cs: str
    name_en: str
    source: str


class ProfileOut(ApiModel):
    """One page on a unit. `empty`: a sentence for each part that has nothing to show.

    A municipality has `municipal`, every other unit `area`. Of cooperations and plans at most 200 are
    listed, the counts are of all.
    """

    shown_on: date
    unit: ProfileUnit
    summary: SaidOut
    hierarchies: list[ProfileWay]
    groups: list[ProfileNeighbour]
    municipal: ProfileMunicipal | None
    area: ProfileArea | None
    cooperations: list[ProfileCooperation]
    cooperation_count: int
    plans: list[ProfilePlan]
    plan_count: int
    figures: list[ProfileFigure]
    sources: list[ProfileSource]
    methods: list[ProfileMethod]
    empty: dict[str, SaidOut]
    links: dict[str, str]

    @classmethod
    def of(cls, profile: Profile) -> "ProfileOut":
        return cls(
            shown_on=profile.shown_on,
            unit=ProfileUnit.of(profile.unit),
            summary=SaidOut.of(summary(profile)),
            hierarchies=[
                ProfileWay(hierarchy=hierarchy, units=[ProfileNeighbour.of(step) for step in way])
                for hierarchy, way in profile.ways.items()
            ],
            groups=[ProfileNeighbour.model_validate(group) for group in profile.groups],
            municipal=ProfileMunicipal.of(profile.municipal) if profile.municipal else None,
            area=ProfileArea.of(profile.area) if profile.area else None,
            cooperations=[ProfileCooperation.of(each, profile=profile) for each in profile.cooperations],
            cooperation_count=profile.cooperation_count,
            plans=[ProfilePlan.of(plan) for plan in profile.plans],
            plan_count=profile.plan_count,
            figures=[ProfileFigure.of(figure) for figure in profile.figures],
            sources=[ProfileSource.model_validate(source) for source in profile.sources],
            methods=[ProfileMethod.model_validate(method) for method in profile.methods],
            empty=_said(empty_states(profile)),
            links=_links(profile),
        )


def _said(sentences: Mapping[str, Said]) -> dict[str, SaidOut]:
    return {name: SaidOut.of(said) for name, said in sentences.items()}


def _links(profile: Profile) -> dict[str, str]:
    unit_id = profile.unit.id
    found = {
        "unit": f"{_HERE}/units/{unit_id}",
        "workbook": f"{_HERE}/profiles/{unit_id}/workbook",
        "figures": f"{_HERE}/statistics/figures?filter[unit]={unit_id}",
    }
    if profile.municipal is None:
        return {
            **found,
            "municipalities": f"{_HERE}/units?filter[kind]=municipality&filter[within]={unit_id}",
        }
    return {
        **found,
        "explanation": f"{_HERE}/index/units/{unit_id}/explanation",
        "forecast": f"{_HERE}/forecasts/units/{unit_id}",
    }
