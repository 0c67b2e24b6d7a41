"""The JSON of what a plan comes to, and of the code lists that it is made by."""

from typing import Self
from uuid import UUID

from planning.plans.budget import Budget
from planning.plans.kinds import Coded, KindOfPlan
from planning.plans.linter import Found
from planning.plans.parts import Category, Funder
from planning.plans.rules import Rule, Severity
from shared.contracts.planning import PlanKind
from shared.http import ApiModel, DecimalText


class FindingOut(ApiModel):
    """`number` is that of the node found fault with; null where it is the plan itself."""

    rule: str
    severity: Severity
    pointer: str
    number: str | None
    detail: str
    explanation: str

    @classmethod
    def of(cls, found: Found, language: str) -> Self:
        czech = language == "cs"
        return cls(
            rule=found.rule.id,
            severity=found.rule.severity,
            pointer=found.finding.pointer,
            number=found.number,
            detail=found.finding.cs if czech else found.finding.en,
            explanation=found.rule.cs if czech else found.rule.en,
        )


class FindingsOut(ApiModel):
    """`approvable` as far as the rules go: nothing found is an error."""

    approvable: bool
    errors: int
    warnings: int
    advice: int
    findings: tuple[FindingOut, ...]

    @classmethod
    def of(cls, found: list[Found], language: str) -> Self:
        counts = dict.fromkeys(Severity, 0)
        for each in found:
            counts[each.rule.severity] += 1
        return cls(
            approvable=not counts[Severity.ERROR],
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            advice=counts[Severity.ADVICE],
            findings=tuple(FindingOut.of(each, language) for each in found),
        )


class RuleOut(ApiModel):
    id: str
    severity: Severity
    kinds: tuple[PlanKind, ...]
    cs: str
    en: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        kinds = tuple(kind for kind in PlanKind if kind in rule.kinds)
        return cls(id=rule.id, severity=rule.severity, kinds=kinds, cs=rule.cs, en=rule.en)


class RuleList(ApiModel):
    items: tuple[RuleOut, ...]


class CodedOut(ApiModel):
    code: str
    cs: str
    en: str

    @classmethod
    def all_of(cls, coded: tuple[Coded, ...]) -> tuple[Self, ...]:
        return tuple(cls(code=each.code, cs=each.cs, en=each.en) for each in coded)


class KindOut(ApiModel):
    """`areas` and `chapters` are what to start from; with `own_areas` a plan lists its own."""

    code: PlanKind
    cs: str
    en: str
    shortest_years: int
    longest_years: int
    own_areas: bool
    areas: tuple[CodedOut, ...]
    chapters_required: bool
    chapters: tuple[CodedOut, ...]

    @classmethod
    def of(cls, like: KindOfPlan) -> Self:
        return cls(
            code=like.kind,
            cs=like.cs,
            en=like.en,
            shortest_years=like.shortest_years,
            longest_years=like.longest_years,
            own_areas=like.own_areas,
            areas=CodedOut.all_of(like.areas),
            chapters_required=like.chapters_required,
            chapters=CodedOut.all_of(like.chapters),
        )


class KindList(ApiModel):
    items: tuple[KindOut, ...]


class BudgetLineSum(ApiModel):
    id: UUID
    year: int
    funder: Funder
    category: Category
    amount_czk: DecimalText
    note: str


class MeasureBudgetOut(ApiModel):
    measure_id: UUID
    number: str
    title: str
    cost_czk: DecimalText | None
    total_czk: DecimalText
    difference_czk: DecimalText | None
    lines: tuple[BudgetLineSum, ...]


class YearSum(ApiModel):
    year: int
    amount_czk: DecimalText


class FunderSum(ApiModel):
    funder: Funder
    amount_czk: DecimalText


class CategorySum(ApiModel):
    category: Category
    amount_czk: DecimalText


class BudgetOut(ApiModel):
    """`uncovered_czk` is the cost of measures without budget lines; it is in no other sum."""

    total_czk: DecimalText
    uncovered_czk: DecimalText
    by_year: tuple[YearSum, ...]
    by_funder: tuple[FunderSum, ...]
    by_category: tuple[CategorySum, ...]
    measures: tuple[MeasureBudgetOut, ...]

    @classmethod
    def of(cls, budget: Budget) -> Self:
        return cls(
            total_czk=budget.total_czk,
            uncovered_czk=budget.uncovered_czk,
            by_year=tuple(YearSum(year=key, amount_czk=czk) for key, czk in budget.by_year.items()),
            by_funder=tuple(FunderSum(funder=key, amount_czk=czk) for key, czk in budget.by_funder.items()),
            by_category=tuple(
                CategorySum(category=key, amount_czk=czk) for key, czk in budget.by_category.items()
            ),
            measures=tuple(MeasureBudgetOut.model_validate(measure) for measure in budget.measures),
        )
