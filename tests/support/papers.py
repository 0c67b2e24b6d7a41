"""Builders of papers, of plans with all that hangs on them, of settlements as planning freezes them."""

from datetime import date
from decimal import Decimal
from uuid import uuid5

from documents.papers.blocks import (
    Bullets,
    Cell,
    Change,
    Chart,
    ChartKind,
    Column,
    Facts,
    Heading,
    Lead,
    Marked,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Series,
    Table,
)
from tests.support.documents import PLAN_ID, Json, a_goal, a_measure, a_problem, a_snapshot

CONSULTATION_ID = uuid5(PLAN_ID, "consultation")
DIGEST = "0123456789abcdef" * 4


def a_chart(**changes: object) -> Chart:
    facts: dict[str, object] = {
        "kind": ChartKind.LINES,
        "labels": ("2024", "2025", "2026"),
        "series": (
            Series(name="skutečnost", values=(Decimal(12), Decimal("17.5"), None)),
            Series(name="plán", values=(Decimal(12), Decimal(16), Decimal(20)), dashed=True),
        ),
        "alt": "Počet domácností roste z 12 na 17,5; plán na rok 2026 je 20.",
        "caption": "Domácnosti v nájmu",
        "unit": "domácnosti",
    } | changes
    return Chart(**facts)  # type: ignore[arg-type]


def a_table(rows: int = 3) -> Table:
    return Table(
        columns=(Column(title="Číslo", width_mm=15), Column(title="Opatření"), Column(title="Náklady")),
        rows=tuple((str(n), Cell(text=f"Opatření {n}", aside="město"), "1 000 Kč") for n in range(rows)),
        caption="Opatření a jejich náklady",
        totals=("", "Celkem", "3 000 Kč"),
    )


def a_paper(**changes: object) -> Paper:
    """Every kind of block once."""
    facts: dict[str, object] = {
        "title": "Zpráva o plnění „plánu“",
        "kind": "Evaluační zpráva",
        "made_on": date(2026, 3, 12),
        "digest": DIGEST,
        "parties": ("Obrnice", "Most"),
        "facts": (("Období", "1. 1. 2026 – 31. 12. 2026"),),
        "blocks": (
            Heading(level=1, text="Souhrn"),
            Lead(text="Nejdůležitější sdělení."),
            Paragraph(text="První odstavec.\nDruhý odstavec."),
            Heading(level=2, text="Čísla"),
            a_table(),
            a_chart(),
            Heading(level=1, text="Změny"),
            Marked(
                runs=(
                    Run(text="Město zřídí "),
                    Run(text="dva", change=Change.DELETED),
                    Run(text="tři", change=Change.INSERTED),
                    Run(text=" byty."),
                )
            ),
            Bullets(items=("poprvé", "podruhé"), numbered=True),
            Bullets(items=("znovu od jedné",), numbered=True),
            Bullets(items=("odrážka",)),
            PageBreak(),
            Heading(level=1, text="Závěr"),
            Facts(pairs=(("Odpovídá", "odbor"), ("Prázdné", ""))),
            Note(text="Poznámka pod čarou."),
        ),
    } | changes
    return Paper(**facts)  # type: ignore[arg-type]


def a_snapshot_with_parts(**changes: Json) -> dict[str, Json]:
    """A plan in the form `/2`: budget, projects, links, areas, chapters, risks, evidence, a settlement."""
    link: Json = {
        "number": "1.1-S1",
        "strategy_code": "SSZ 2021–2030",
        "goal_code": "3.1",
        "title": "Bydlení",
    }
    lines: list[Json] = [
        {"number": "1.1.1-B1", "year": 2026, "funder": "eu", "category": "staff", "amount_czk": "1062500.00"},
        {
            "number": "1.1.1-B2",
            "year": 2026,
            "funder": "state",
            "category": "staff",
            "amount_czk": "125000.00",
        },
        {
            "number": "1.1.1-B3",
            "year": 2027,
            "funder": "municipality",
            "category": "services",
            "amount_czk": "62500.00",
            "note": "z fondu rozvoje",
        },
    ]
    project: Json = {
        "number": "1.1.1-F1",
        "title": "Bydlení především",
        "programme": "OPZ+",
        "registration_number": "CZ.03.02.01/00/22_045/0001234",
        "call": "výzva 45",
        "applicant": "Město Obrnice",
        "budget_czk": "3648425.00",
        "state": "running",
    }
    measure = a_measure("1.1.1", budget=lines, projects=[project], strategies=[link])
    node: dict[str, Json] = {
        "schema": "pospolu.plan/2",
        "problems": [a_problem("1", area="I", goals=[a_goal("1.1", measures=[measure], strategies=[link])])],
        "areas": [{"number": "A1", "code": "I", "title": "senioři", "managers": ["Odbor sociálních věcí"]}],
        "chapters": [
            {"number": "K1", "code": "popisna", "title": "popisná část", "description": "Obec leží…"}
        ],
        "risks": [
            {
                "number": "R1",
                "title": "Nebudou volné byty",
                "probability": 3,
                "impact": 4,
                "response": "Nájem s garancí",
            }
        ],
        "evidence": [
            {
                "number": "1",
                "measure": "index",
                "title": "Index sociálního vyloučení 2023",
                "period": "2023-01-01",
                "value": "18",
                "claim": {"text": "Obec patří mezi nejvíce zatížené."},
            }
        ],
        "consultations": [{"consultation_id": str(CONSULTATION_ID), "comments": 29, "digest": DIGEST}],
    }
    return a_snapshot(**(node | changes))


def a_comment(number: int = 1, **changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "number": number,
        "submitter_kind": "citizen",
        "kind": "substantive",
        "is_timely": True,
        "is_withdrawn": False,
        "same_as": None,
        "node_id": None,
        "node_number": "1.1.1",
        "node_title": "Prostupné bydlení",
        "text": "Pět bytů je málo, žádáme deset.",
        "proposed_wording": "Město vyčlení deset bytů.",
        "reasons": "Čeká se dva roky.",
        "result": "partly",
        "justification": "Rozpočet stačí na osm bytů.",
        "settled_by": "Řídicí skupina",
        "settled_on": "2026-02-20",
        "change": {
            "node_id": None,
            "kind": "measure",
            "number": "1.1.1",
            "title": "Prostupné bydlení",
            "how": "changed",
            "fields": [{"field": "description", "before": "Pět bytů.", "after": "Osm bytů."}],
        },
    }
    return node | changes


def a_settlement(*comments: dict[str, Json], **changes: Json) -> dict[str, Json]:
    shown = list(comments) or [a_comment(1), a_comment(2, result="rejected", change=None)]
    node: dict[str, Json] = {
        "schema": "pospolu.settlement/1",
        "consultation_id": str(CONSULTATION_ID),
        "plan_id": str(PLAN_ID),
        "revision": 1,
        "title": "Návrh plánu sociálního začleňování obce Obrnice",
        "draft_digest": DIGEST,
        "first_day": "2026-01-07",
        "last_day": "2026-01-28",
        "approved_by": "Řídicí skupina komunitního plánování",
        "approved_on": "2026-03-10",
        "published_on": "2026-03-11",
        "counts": {"accepted": 0, "partly": 1, "rejected": 1, "noted": 0, "withdrawn": 0, "unsettled": 0},
        "comments": list(shown),
    }
    return node | changes
