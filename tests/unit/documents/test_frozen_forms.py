"""What planning freezes and tells is what documents read: by planning’s own code, not by a copy."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

from documents.papers.typesetting import pdf_of
from documents.rendering.difference_paper import difference_paper
from documents.rendering.plain_paper import plain_paper
from documents.rendering.plan_paper import plan_paper
from documents.rendering.schemas import read_difference, read_settlement, read_snapshot, read_summary
from documents.rendering.settlement_paper import settlement_paper
from planning.comments.domain import CommentKind, SubmitterKind
from planning.evidence.domain import Citation, Evidence, Measure, frozen_evidence
from planning.plans.comparison import compare
from planning.plans.difference import Change, as_content
from planning.plans.edition import Edition
from planning.plans.parts import Area, Attached, Chapter, FundingProject, Risk, StrategyLink
from planning.plans.snapshot import snapshot_of
from planning.plans.tree import NodeKind, Problem
from planning.publication.annex import Line, annex_of
from planning.settlement.domain import ChangeMade, Counts, How, Result
from planning.summaries.domain import summary_of
from planning.summaries.page import body_of
from planning.summaries.readability import readability_of
from planning.summaries.schemas import SummaryOut
from shared.canonical import canonical_json
from shared.contracts.planning import PlanKind
from tests.support.documents import OBRNICE, PLAN_ID
from tests.support.papers import CONSULTATION_ID, DIGEST
from tests.support.plan_content import FROM, UNTIL, an_id, the_goal, the_measure, the_problem
from tests.unit.documents.test_typesetting import text_of

LINK = StrategyLink(id=an_id(40), strategy_code="SSZ 2021–2030", goal_code="3.1", title="Bydlení")
PROJECT = FundingProject(id=an_id(41), title="Bydlení především", budget_czk=Decimal("3648425.00"))
PLACED = Attached(
    areas=(Area(id=an_id(50), code="BYD", title="bydlení a ubytovny", managers=("Město",)),),
    chapters=(Chapter(id=an_id(51), code="popisna", title="popisná část", description="Obec leží."),),
    risks=(Risk(id=an_id(52), title="Nebudou byty", probability=3, impact=4),),
)


def the_whole(**measure: object) -> Problem:
    whole = the_measure(strategies=(LINK,), projects=(PROJECT,), **measure)
    return the_problem(goals=(the_goal(measures=(whole,), strategies=(LINK,)),))


def an_edition(*problems: Problem, **changes: object) -> Edition:
    whole = Edition(
        title="Plán", vision="Vize", unit_ids=(OBRNICE,), valid_from=FROM, valid_until=UNTIL,
        problems=problems, attached=PLACED,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def frozen(*problems: Problem) -> bytes:
    link = Evidence(
        id=an_id(60),
        version=1,
        plan_id=PLAN_ID,
        node_id=an_id(1),
        citation=Citation(
            measure=Measure.INDEX, title="Index 2023", value=Decimal(18), period=date(2023, 1, 1)
        ),
    )
    return snapshot_of(
        plan_id=PLAN_ID,
        revision=2,
        head={
            "kind": PlanKind.PSZ, "title": "Plán", "vision": "Vize", "valid_from": FROM, "valid_until": UNTIL,
        },
        approval={"body": "Zastupitelstvo", "approved_on": date(2026, 3, 12), "resolution_number": "12/2026"},
        units=[{"id": OBRNICE, "kind": "municipality", "code": "567337", "name": "Obrnice"}],
        problems=problems,
        attached=PLACED,
        evidence=frozen_evidence([link], problems),
        settlements=[{"consultation_id": CONSULTATION_ID, "comments": 2, "digest": DIGEST}],
    ).text  # fmt: skip


def test_a_revision_that_planning_froze_is_shown_with_all_its_parts() -> None:
    snapshot = read_snapshot(frozen(the_whole()), revision=2)
    text = text_of(pdf_of(plan_paper(snapshot, digest=DIGEST)))
    for part in ("Obec leží.", "bydlení a ubytovny", "Nebudou byty", "Index 2023", "Bydlení především"):
        assert part in text
    for part in ("SSZ 2021–2030 3.1", "Evropská unie", "1 000 Kč", str(CONSULTATION_ID)):
        assert part in text


def test_a_difference_that_planning_tells_is_shown_with_its_changes() -> None:
    before = an_edition(the_whole(description="Zřídíme dva byty."))
    after = an_edition(the_whole(description="Zřídíme tři byty.", cost_czk=Decimal("2000.00")), vision="Jiná")
    told = as_content(compare(before, after), **{"plan_id": str(PLAN_ID), "from": 1, "to": 2})
    difference = read_difference(canonical_json(told), plan_id=PLAN_ID, since=1, until=2)
    snapshot = read_snapshot(frozen(the_whole()), revision=2)
    text = text_of(pdf_of(difference_paper(snapshot, difference, digest=DIGEST)))
    for part in ("Změny proti revizi 1", "Plán jako celek", "Popis: Zřídíme", "Náklady"):
        assert part in text


def test_a_plan_with_other_nodes_is_told_too() -> None:
    told = as_content(
        compare(an_edition(the_whole()), an_edition()), **{"plan_id": str(PLAN_ID), "from": 1, "to": 2}
    )
    difference = read_difference(canonical_json(told), plan_id=PLAN_ID, since=1, until=2)
    assert {each.kind for each in difference.removed} >= {"problem", "measure", "budget-line", "project"}
    back = as_content(
        compare(an_edition(), an_edition(the_whole())), **{"plan_id": str(PLAN_ID), "from": 1, "to": 2}
    )
    difference = read_difference(canonical_json(back), plan_id=PLAN_ID, since=1, until=2)
    snapshot = read_snapshot(frozen(the_whole()), revision=2)
    text = text_of(pdf_of(difference_paper(snapshot, difference, digest=DIGEST)))
    assert "Co se doplňuje" in text
    assert "Částka: 1 000 Kč" in text
    assert "Poskytovatel: Evropská unie" in text


def test_a_summary_that_planning_writes_is_shown_in_both_languages() -> None:
    edition = an_edition(the_whole())
    for language in ("cs", "en"):
        summary = summary_of(edition, units=("Obrnice",), areas={}, language=language)
        measured = readability_of(body_of(summary))
        out = SummaryOut.of(summary, measured, plan_id=PLAN_ID, revision=2, language=language)
        read = read_summary(out.model_dump_json().encode(), revision=2, language=language)
        paper = plain_paper(read_snapshot(frozen(the_whole()), revision=2), read, digest=DIGEST)
        text = text_of(pdf_of(paper))
        assert "Obrnice." in text
        assert "LIX" in text


def test_a_settlement_that_planning_froze_is_a_table_of_comments() -> None:
    change = ChangeMade(
        node_id=uuid4(),
        kind=NodeKind.MEASURE,
        number="1.1.1",
        title="Zabydlování",
        how=How.CHANGED,
        fields=(Change(field="partners", before=("Společně",), after=("Společně", "Charita")),),
    )
    line = Line(
        number=1,
        submitter_kind=SubmitterKind.NGO,
        kind=CommentKind.SUBSTANTIVE,
        is_timely=True,
        is_withdrawn=False,
        same_as=None,
        node_id=None,
        node_number="1.1.1",
        node_title="Zabydlování",
        text="Přidejte Charitu.",
        proposed_wording="",
        reasons="",
        result=Result.ACCEPTED,
        justification="Ano.",
        settled_by="Řídicí skupina",
        settled_on=date(2026, 2, 20),
        change=change,
    )
    head = {
        "consultation_id": CONSULTATION_ID, "plan_id": PLAN_ID, "revision": 2, "title": "Plán",
        "draft_digest": DIGEST, "first_day": date(2026, 1, 7), "last_day": date(2026, 1, 28),
        "approved_by": "Řídicí skupina", "approved_on": date(2026, 3, 1), "published_on": date(2026, 3, 2),
    }  # fmt: skip
    counts = {name: getattr(Counts(accepted=1), name) for name in Counts.__slots__}
    annex = annex_of(head, counts, [line])
    settlement = read_settlement(annex.text.encode(), consultation_id=CONSULTATION_ID)
    text = text_of(pdf_of(settlement_paper(settlement, digest=annex.digest)))
    for part in ("Přidejte Charitu.", "akceptováno", "partneři: Společně → Společně, Charita"):
        assert part in text
