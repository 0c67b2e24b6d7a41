"""What does not stop an approval and should be looked at: warnings and advice."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from planning.evidence.domain import Evidence, Freshness
from planning.plans.kinds import KINDS_OF_PLAN
from planning.plans.parts import Attached, Funder
from planning.plans.tree import Goal, Indicator, Measure, Placed, Problem
from shared.contracts.planning import PlanKind
from shared.errors import Finding

Found = Iterator[Finding]
_OF_EVIDENCE: Final = {
    Freshness.AMBER: "evidence-amber",
    Freshness.WITHDRAWN: "evidence-withdrawn",
}


def on_problem(problem: Problem, at: str, evidence: Sequence[Evidence] = ()) -> Found:
    for link in evidence:
        if rule := _OF_EVIDENCE.get(link.judgement.state):
            cs, en = link.judgement.reason_cs, link.judgement.reason_en
            title = link.citation.title
            yield _finding(at, rule, f"podklad „{title}“: {cs}", f"evidence “{title}”: {en}")
    if not problem.source and not evidence:
        yield _finding(
            f"{at}/source", "problem-without-evidence", "chybí zdroj dat", "the source of data is missing"
        )
    if not problem.affected_group:
        yield _finding(
            f"{at}/affected_group",
            "problem-without-group",
            "není řečeno, koho se problém týká",
            "it is not said whom the problem concerns",
        )
    if problem.estimated_people is None:
        yield _finding(
            f"{at}/estimated_people",
            "problem-without-estimate",
            "chybí odhad počtu lidí",
            "no estimate of the number of people",
        )


def on_measure(measure: Measure, at: str, valid: tuple[date, date]) -> Found:
    if measure.cost_czk and not measure.budget:
        yield _finding(
            f"{at}/budget",
            "cost-not-broken-down",
            "náklady nejsou rozepsány po letech a zdrojích",
            "the cost is not broken down by year and source",
        )
    for position, line in enumerate(measure.budget):
        if not valid[0].year <= line.year <= valid[1].year:
            yield _finding(
                f"{at}/budget/{position}/year",
                "budget-outside-plan",
                f"rok {line.year} není v období plánu",
                f"the year {line.year} is outside the plan's period",
            )
        if line.funder is Funder.OTHER and not line.note:
            yield _finding(
                f"{at}/budget/{position}/note",
                "funder-not-named",
                "jiný zdroj není pojmenován",
                "the other source is not named",
            )


def on_titles(nodes: Sequence[tuple[Placed, str]]) -> Found:
    """Find titles that a kind of node has twice; the first one is not found, those after it are."""
    seen: dict[tuple[str, str], str] = {}
    for placed, at in nodes:
        node = placed.node
        if not isinstance(node, Problem | Goal | Measure | Indicator):
            continue
        field = "name" if isinstance(node, Indicator) else "title"
        title = node.name if isinstance(node, Indicator) else node.title
        first = seen.setdefault((placed.kind, " ".join(title.casefold().split())), placed.number)
        if first != placed.number:
            yield _finding(
                f"{at}/{field}",
                "duplicate-title",
                f"stejný název má {first}",
                f"{first} has the same title",
            )


def on_attached(attached: Attached, kind: PlanKind) -> Found:
    for position, risk in enumerate(attached.risks):
        if not risk.response:
            yield _finding(
                f"/risks/{position}/response",
                "risk-without-response",
                "u rizika chybí opatření",
                "the risk has no response",
            )
    for position, area in enumerate(attached.areas):
        if not area.managers:
            yield _finding(
                f"/areas/{position}/managers",
                "area-without-manager",
                f"oblast {area.code} nemá manažera",
                f"the area {area.code} has no manager",
            )
    written = {chapter.code for chapter in attached.chapters if chapter.description}
    for part in KINDS_OF_PLAN[kind].chapters:
        if part.code not in written:
            yield _finding("/chapters", "part-missing", f"chybí {part.cs}", f"the {part.en} is missing")


def on_owner(at: str, *, lapsed: bool) -> Found:
    if lapsed:
        yield _finding(
            f"{at}/owner",
            "owner-lapsed",
            "souhlas realizátora už neplatí",
            "the owner's acceptance no longer holds",
        )
    else:
        yield _finding(
            f"{at}/owner",
            "owner-not-accepted",
            "realizátor opatření ještě nepřijal",
            "the owner has not accepted",
        )


def _finding(pointer: str, code: str, cs: str, en: str) -> Finding:
    return Finding(pointer=pointer, code=code, cs=cs, en=en)
