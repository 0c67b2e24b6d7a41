"""JSON of averages and of confirmations, which are averages with a number."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from registry.averages.domain import Asked, Averaging, Missing
from shared.http import ApiModel, Count, Day, DecimalText, InDigits, Storable

_CODE_OR_ID = r"^([0-9]{6}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$"
MunicipalityNamed = Annotated[str, StringConstraints(pattern=_CODE_OR_ID), AfterValidator(str.lower)]
"""A municipality by its official code or by its id."""
YearNamed = Annotated[int, Field(ge=2000, le=2100), InDigits]
Year = Annotated[Count, Field(ge=2000, le=2100)]
MethodCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
Threshold = Annotated[DecimalText, Field(ge=0, le=100)]
ThresholdNamed = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,2}(\.[0-9]{1,6})?$")]
"""The same in an address, where everything is text."""
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Storable]


class AveragingOut(ApiModel):
    """The way of averaging: it stands beside every number that came out of it."""

    code: Averaging
    name_cs: str
    name_en: str
    formula_cs: str
    formula_en: str


class EditionUsedOut(ApiModel):
    year: int
    computation_id: int
    method: str
    inputs_digest: str
    results_digest: str


class BreakOut(ApiModel):
    """Before this year the method changed."""

    year: int
    cs: str
    en: str


class AveragedMunicipality(ApiModel):
    unit_id: UUID
    code: str
    name: str


class AveragedValue(ApiModel):
    """The Index of a municipality in a year; null where it is not known."""

    unit_id: UUID
    year: int
    index: int | None
    population_15_plus: int | None


class YearlyMeanOut(ApiModel):
    year: int
    municipalities: int
    exact: str | None
    rounded: DecimalText | None


class AverageOut(ApiModel):
    """`exact` is a fraction; `rounded` has two places, a half goes up; the verdict is on the exact value."""

    averaging: AveragingOut
    set_on: date
    municipalities: list[AveragedMunicipality]
    years: list[int]
    editions: list[EditionUsedOut]
    breaks: list[BreakOut]
    missing: Missing
    values: list[AveragedValue]
    left_out: list[AveragedValue]
    yearly: list[YearlyMeanOut]
    exact: str = Field(examples=["71/9"])
    rounded: DecimalText = Field(examples=["7.89"])
    threshold: DecimalText
    reaches_threshold: bool


class ConfirmationIn(ApiModel):
    """Either the municipalities are named, or the unit that holds them on the day `set_on`."""

    purpose: Purpose = Field(examples=["Žádost do výzvy 02_23_017, akční plánování v území"])
    applicant_id: UUID
    municipalities: list[MunicipalityNamed] = Field(
        default=[], max_length=7000, description="Codes or ids", examples=[["567337", "553697"]]
    )
    within: UUID | None = Field(default=None, description="An ORP, DSO, MAS, region or any other unit")
    set_on: Day | None = Field(default=None, description="The day of the set; today where it is left out")
    years: list[Year] = Field(min_length=1, max_length=30, examples=[[2020, 2021, 2022]])
    averaging: Averaging
    threshold: Threshold = Decimal(8)
    missing: Missing = Missing.REFUSE
    method: MethodCode | None = None

    def asked(self, *, today: date) -> Asked:
        return Asked(
            municipalities=tuple(self.municipalities),
            within=self.within,
            set_on=self.set_on or today,
            years=tuple(self.years),
            averaging=self.averaging,
            missing=self.missing,
            method=self.method,
        )


class NamedUnitOut(ApiModel):
    unit_id: UUID
    kind: str
    code: str | None
    name: str


class ContentOut(AverageOut):
    """What was confirmed; the digest is the SHA-256 of its canonical JSON (RFC 8785)."""

    number: str = Field(examples=["ISV/2026/0001"])
    issued_on: date
    purpose: str
    applicant: NamedUnitOut
    within: NamedUnitOut | None


class ConfirmationOut(ApiModel):
    """`newer_edition`: the Index of a year was published anew since; the confirmation stays as it is."""

    id: UUID
    content: ContentOut
    digest: str
    text_cs: str
    text_en: str
    issued_at: datetime
    newer_edition: bool


class ConfirmationHead(ApiModel):
    id: UUID
    number: str
    issued_on: date
    purpose: str
    applicant: NamedUnitOut
    years: list[int]
    municipality_count: int
    averaging: AveragingOut
    rounded: DecimalText
    threshold: DecimalText
    reaches_threshold: bool
    digest: str
    newer_edition: bool


class ConfirmationList(ApiModel):
    items: list[ConfirmationHead]
    next: str | None


class DifferenceFound(ApiModel):
    code: str
    name: str
    year: int
    confirmed_index: int | None
    found_index: int | None
    confirmed_population_15_plus: int | None
    found_population_15_plus: int | None


class ProofOut(ApiModel):
    """A second calculation from the same editions; `equal` tells whether it agrees in everything."""

    number: str
    digest: str
    digest_matches: bool
    equal: bool
    exact: str | None
    differences: list[DifferenceFound]
    newer_edition: bool
