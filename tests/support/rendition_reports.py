"""Frozen reports of evaluations and of projects, as evaluation writes them."""

from uuid import uuid5

from tests.support.documents import OBRNICE, PLAN_ID, Json

SECTIONS = (
    ("assignment", "Zadání a cíle evaluace"),
    ("method", "Metoda a sběr dat"),
    ("cooperation", "Spolupráce obce a Agentury"),
    ("policies", "Integrační politiky obce"),
    ("areas", "Hodnocení podle oblastí"),
    ("conclusion", "Závěr a doporučení"),
)


def an_indicator_fact(number: str = "1.1-I1", **changes: Json) -> dict[str, Json]:
    series: list[Json] = [
        {"period": str(year), "measured_on": f"{year}-12-31", "value": value}
        for year, value in ((2026, "14"), (2027, "21.5"), (2028, "27"))
    ]
    node: dict[str, Json] = {
        "indicator_id": str(uuid5(PLAN_ID, number)),
        "number": number,
        "name": "Počet domácností, které získaly nájemní bydlení",
        "unit": "domácnosti",
        "direction": "increase",
        "owner": "Odbor sociálních věcí",
        "baseline": "12",
        "baseline_on": "2025-12-31",
        "target": "40.5",
        "target_on": "2030-12-31",
        "series": series,
        "wording": "",
        "actual": "27",
        "progress": "0.5263",
        "expected": "0.6",
        "light": "amber",
        "reason": "behind",
        "overdue": 0,
        "value": "27",
        "measured_on": "2028-12-31",
    }
    return node | changes


def a_report(**changes: Json) -> dict[str, Json]:
    areas: dict[str, Json] = {
        "indicators": [
            an_indicator_fact(),
            an_indicator_fact(
                "1.2-I1",
                name="Index sociálního vyloučení obce",
                series=[],
                actual=None,
                progress=None,
                light="grey",
                reason="no-value",
                value=None,
                measured_on=None,
            ),
        ],
        "lights": {"amber": 1, "grey": 1},
        "measures": [
            {
                "number": "1.1.1",
                "name": "Zavedení systému prostupného bydlení",
                "state": "running",
                "source": "rozhovor s vedoucí odboru",
                "node_id": None,
                "note": "Obsazeno je pět bytů z dvanácti.",
            }
        ],
        "quality": [
            {
                "unit_id": str(OBRNICE),
                "domain": "social-inclusion",
                "assessed_on": "2028-11-30",
                "shift": "0.75",
                "counts": {"improved": 2, "unchanged": 1, "worsened": 0, "not-assessed": 1},
                "areas": [
                    {
                        "area": "BYD",
                        "start": "1.00",
                        "now": "2.50",
                        "shift": "1.50",
                        "counts": {"improved": 2, "unchanged": 0, "worsened": 0, "not-assessed": 0},
                    }
                ],
                "criteria": [],
            }
        ],
    }
    computed: dict[str, Json] = {
        "cooperation": {
            "cooperations": [
                {
                    "unit_id": str(OBRNICE),
                    "regime": "IKP",
                    "starts_on": "2026-04-03",
                    "ends_on": None,
                    "ended_on": None,
                    "areas": ["BYD", "DLU"],
                }
            ]
        },
        "policies": {
            "plan": {
                "plan_id": str(PLAN_ID),
                "kind": "PSZ",
                "title": "Plán sociálního začleňování obce Obrnice 2026–2030",
                "revision": 1,
                "valid_from": "2026-01-01",
                "valid_until": "2030-12-31",
                "closed_on": None,
            }
        },
        "areas": areas,
    }
    gap: Json = {
        "section": "areas",
        "code": "no-value",
        "cs": "chybí data: hodnoty ukazatele 1.2-I1",
        "en": "",
    }
    finding = str(uuid5(PLAN_ID, "finding"))
    report: dict[str, Json] = {
        "form": 1,
        "evaluation": {
            "evaluation_id": str(uuid5(PLAN_ID, "evaluation")),
            "type": "plan-mid-term",
            "title": "Průběžná evaluace plánu obce Obrnice",
            "due_on": "2028-12-31",
            "mode": "own",
            "organisation": "Agentura pro sociální začleňování",
            "contract": "",
            "authors": ["Eva Hodnotná"],
            "themes": ["BYD"],
            "region": "Ústecký kraj",
            "project": "",
        },
        "type": {"code": "plan-mid-term", "cs": "průběžná evaluační zpráva plánu", "en": "mid-term"},
        "edition": 1,
        "reason": "",
        "as_of": "2028-12-31",
        "units": [{"id": str(OBRNICE), "name": "Obrnice"}],
        "sections": [
            {
                "number": place,
                "code": code,
                "title_cs": title,
                "title_en": title,
                "text": "Evaluace se ptala obyvatel, partnerů i úřadu.\nZa rok 2028 se sešlo 41 odpovědí."
                if code != "policies"
                else "",
                "computed": computed.get(code),
                "gaps": [gap] if code == "areas" else [],
            }
            for place, (code, title) in enumerate(SECTIONS, start=1)
        ],
        "matrix": [
            {
                "question": {
                    "code": "EQ1",
                    "edition": 1,
                    "criterion": "relevance",
                    "cs": "Řeší plán skutečné problémy, jak je ukázala analýza?",
                    "en": "",
                    "valid_from": "2023-01-01",
                },
                "answer": "Plán míří na bydlení a dluhy, které analýza označila za hlavní.",
                "verdict": "rather-yes",
                "strength": "moderate",
                "evidence": [
                    {"kind": "indicator", "reference": "1.1-I1", "note": "roste pomaleji, než se čekalo"}
                ],
            }
        ],
        "findings": [
            {
                "number": "Z1",
                "id": finding,
                "text": "Prostupné bydlení naráží na nedostatek bytů.",
                "question": "EQ1",
                "evidence": [],
            }
        ],
        "recommendations": [
            {
                "number": "D1",
                "findings": ["Z1"],
                "id": str(uuid5(PLAN_ID, "recommendation")),
                "text": "Vyčlenit do konce roku 2029 šest dalších bytů.",
                "addressee": "Zastupitelstvo obce Obrnice",
                "priority": "high",
                "response_due_on": "2029-03-31",
                "finding_ids": [finding],
                "node_ids": [],
            }
        ],
        "comparison": {
            "reference": "podobné obce podle Indexu 2023, dotaz z 1. 12. 2028",
            "peers": ["Bečov", "Braňany"],
            "figures": [
                {"name": "Index", "unit": "body", "period": "2023", "supported": "23", "peers": "21.5"},
                {
                    "name": "Osoby v exekuci",
                    "unit": "%",
                    "period": "2023",
                    "supported": "21.4",
                    "peers": None,
                },
            ],
            "note": "",
            "caveat_cs": "Srovnání neprokazuje příčinu.",
            "caveat_en": "",
        },
        "gaps": [gap],
    }
    return report | changes


def a_progress(target: int | None, actual: int, forecast: int | None = None) -> dict[str, Json]:
    missing = None if target is None else max(0, target - actual)
    fulfilled = None if target is None else actual >= target
    return {
        "target": target,
        "actual": actual,
        "missing": missing,
        "forecast": forecast,
        "fulfilled": fulfilled,
    }


def a_programme_content() -> dict[str, Json]:
    outputs: list[Json] = [
        {
            "id": str(uuid5(PLAN_ID, code)),
            "code": code,
            "title": title,
            "kind": "plan",
            "target": target,
            "per_unit": True,
            "in_indicator": True,
            "incomplete": incomplete,
            "withdrawn": 0,
            "progress": a_progress(target, actual, 55),
        }
        for code, title, target, actual, incomplete in (
            ("V1", "Plány sociálního začleňování", 50, 31, 2),
            ("V2", "Průběžné evaluační zprávy", 25, 25, 0),
        )
    ]
    return {
        "id": str(uuid5(PLAN_ID, "project")),
        "programme": "OPZ+",
        "registration_number": "CZ.03.02.02/00/22_004/0000366",
        "title": "Rozvoj systému sociálního začleňování",
        "starts_on": "2023-01-01",
        "ends_on": "2028-12-31",
        "as_of": "2026-06-30",
        "threshold_hours": 40,
        "operator": "at-least",
        "indicators": [
            {"code": "805000", "progress": a_progress(83, 56, 97)},
            {"code": "600000", "progress": a_progress(60, 64, 110)},
        ],
        "outputs": a_progress(75, 56, 96),
        "people": {"registered": 71, "supported": 70, "counted": 64, "hours": "3204:30"},
        "key_activities": [
            {
                "id": str(uuid5(PLAN_ID, "KA01")),
                "number": "KA01",
                "title": "Podpora obcí",
                "starts_on": "2023-01-01",
                "ends_on": "2028-12-31",
                "progress": a_progress(75, 56, 96),
                "outputs": outputs,
            },
            {
                "id": str(uuid5(PLAN_ID, "KA02")),
                "number": "KA02",
                "title": "Řízení projektu",
                "starts_on": "2023-01-01",
                "ends_on": "2028-12-31",
                "progress": a_progress(None, 0),
                "outputs": [],
            },
        ],
        "budget": {
            "beneficiary": "Ministerstvo pro místní rozvoj",
            "total_czk": "245000000.00",
            "sources": [
                {
                    "name": "Evropský sociální fond plus",
                    "share_percent": "76.73",
                    "amount_czk": "187988500.00",
                },
                {"name": "Státní rozpočet", "share_percent": "23.27", "amount_czk": "57011500.00"},
            ],
        },
    }
