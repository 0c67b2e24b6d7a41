"""JSON of a territory of municipalities: bands, means with the way of averaging beside them, members."""

from fractions import Fraction
from uuid import UUID

from pydantic import Field

from registry.averages.domain import Averaging, half_up
from registry.bands.domain import Line
from registry.bands.spreadsheet import size_text
from registry.exclusion.method import Method
from registry.explanation.sizes import CLASSES
from registry.explanation.standing_schemas import SaidOut
from registry.explanation.wording import Said
from registry.profiles.domain import Area, AreaYear
from registry.profiles.sentences import PLAIN, WEIGHTED
from shared.http import ApiModel, DecimalText


class ProfileMean(ApiModel):
    """A mean, rounded half up to two places, and how it was averaged."""

    averaging: Averaging
    name: SaidOut
    value: DecimalText | None


class ProfileBand(ApiModel):
    number: int
    lowest: int
    highest: int
    name_cs: str
    name_en: str
    municipalities: int
    population_15_plus: int


class ProfileSize(ApiModel):
    """Municipalities of a size class (by population aged 15 or more) by band, from the first."""

    name: str = Field(examples=["201–500"])
    municipalities: int
    bands: list[int]
    mean: DecimalText | None


class ProfileAreaYear(ApiModel):
    """The municipalities of the territory in a year, each counted once."""

    year: int
    method: str
    computation_id: int
    municipalities: int
    without_index: int
    population_15_plus: int
    means: list[ProfileMean]
    bands: list[ProfileBand]

    @classmethod
    def of(cls, found: AreaYear) -> "ProfileAreaYear":
        line = found.line
        return cls(
            year=found.year,
            method=found.method.code,
            computation_id=found.computation_id,
            municipalities=line.municipalities,
            without_index=line.without_index,
            population_15_plus=line.population_15_plus,
            means=[
                _mean(Averaging.MEAN_OF_MUNICIPALITIES, PLAIN, line.mean),
                _mean(Averaging.WEIGHTED_BY_POPULATION, WEIGHTED, line.weighted_mean),
            ],
            bands=_bands(found.method, line),
        )


class ProfileMember(ApiModel):
    """A municipality of the territory, never without its size beside its Index."""

    id: UUID
    code: str
    name: str
    population_15_plus: int | None
    index: int | None
    band: int | None


class ProfileArea(ApiModel):
    """Always the same municipalities: those that lie in it on the day of the page; `members` at most 200."""

    year: int | None
    sizes: list[ProfileSize]
    years: list[ProfileAreaYear]
    municipalities: int
    members: list[ProfileMember]

    @classmethod
    def of(cls, area: Area) -> "ProfileArea":
        return cls(
            year=area.shown.year if area.shown else None,
            sizes=_sizes(area.shown.line) if area.shown else [],
            years=[ProfileAreaYear.of(each) for each in area.years],
            municipalities=area.municipalities,
            members=[ProfileMember.model_validate(member) for member in area.members],
        )


def _mean(averaging: Averaging, name: Said, exact: Fraction | None) -> ProfileMean:
    value = None if exact is None else half_up(exact)
    return ProfileMean(averaging=averaging, name=SaidOut.of(name), value=value)


def _bands(method: Method, line: Line) -> list[ProfileBand]:
    return [
        ProfileBand(
            number=band.number,
            lowest=band.lowest,
            highest=band.highest,
            name_cs=band.name_cs,
            name_en=band.name_en,
            municipalities=counted.municipalities,
            population_15_plus=counted.population_15_plus,
        )
        for band, counted in zip(method.bands, line.bands, strict=True)
    ]


def _sizes(line: Line) -> list[ProfileSize]:
    return [
        ProfileSize(
            name=size_text(size),
            municipalities=counted.municipalities,
            bands=list(counted.bands),
            mean=None if counted.mean is None else half_up(counted.mean),
        )
        for size, counted in zip(CLASSES, line.sizes, strict=True)
    ]
