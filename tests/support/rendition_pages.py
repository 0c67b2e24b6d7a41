"""The contents of frozen pages, as registry and evaluation write them."""

from uuid import uuid5

from tests.support.documents import OBRNICE, PLAN_ID, Json

_DIGEST = "5f" * 32


def a_minutes_content() -> dict[str, Json]:
    criteria: list[Json] = [
        {
            "code": code,
            "name_cs": name,
            "name_en": name,
            "weight": weight,
            "max_points": 10,
            "min_points": least,
        }
        for code, name, weight, least in (
            ("K1", "Míra sociálního vyloučení v obci", "0.40", 4),
            ("K2", "Připravenost obce a partnerů", "0.35", None),
            ("K3", "Zapojení obyvatel vyloučených lokalit", "0.25", None),
        )
    ]
    return {
        "digest": _DIGEST,
        "minutes": {
            "number": "HK/2026/0003",
            "drawn_up_on": "2026-05-14",
            "assessment_id": str(uuid5(PLAN_ID, "assessment")),
            "call_code": "KPSV-2026-1",
            "call_title": "Výzva ke spolupráci v KPSV 2021+",
            "established_by": "rozhodnutí ministra č. 25/2021 ze dne 19. 10. 2021",
            "secretary_name": "Tereza Zapisovatelská",
            "quorum": 3,
            "spread_alarm": "20",
            "minimum_points": "50",
            "capacity": 2,
            "criteria": criteria,
            "attendance": [
                {
                    "person_name": "Jan Předsedající",
                    "body": "MMR",
                    "duty": "chair",
                    "scored": 3,
                    "absences": [],
                },
                {"person_name": "Věra Bodová", "body": "MPSV", "duty": "member", "scored": 2, "absences": []},
                {
                    "person_name": "Petr Hodnotící",
                    "body": "SMS_CR",
                    "duty": "member",
                    "scored": 2,
                    "absences": [["PR/2026/0007", "nemoc"]],
                },
                {
                    "person_name": "Iva Chybějící",
                    "body": "AK_CR",
                    "duty": "member",
                    "scored": 0,
                    "absences": [],
                },
            ],
            "recusals": [
                {
                    "person_name": "Věra Bodová",
                    "body": "MPSV",
                    "number": "PR/2026/0004",
                    "recusal": "declared",
                    "ground": "do roku 2023 vedla odbor města",
                }
            ],
            "ranking": [
                _line(1, "PR/2026/0004", "Obrnice", "87.25", "recommended", index="23"),
                _line(2, "PR/2026/0007", "Most", "71.5", "recommended", index="18", tied_by="index"),
                _line(
                    3,
                    "PR/2026/0009",
                    "Rumburk",
                    "48.75",
                    "not-recommended",
                    missed=[{"criterion": None, "reached": "48.75", "needed": "50"}],
                    is_alarmed=True,
                    discussion="Členové se rozcházeli v tom, zda má město partnery.",
                ),
            ],
            "withdrawn": ["PR/2026/0011"],
            "tie_rule": ["index", "receipt", "number"],
        },
        "signatures": [
            {"duty": "chair", "person_name": "Jan Předsedající", "signed_on": "2026-05-15"},
            {"duty": "secretary", "person_name": "Tereza Zapisovatelská", "signed_on": "2026-05-18"},
        ],
    }


def _line(rank: int, number: str, unit: str, result: str, outcome: str, **changes: Json) -> dict[str, Json]:
    node: dict[str, Json] = {
        "rank": rank,
        "application_id": str(uuid5(PLAN_ID, number)),
        "number": number,
        "unit_name": unit,
        "result": result,
        "exact": "349/4",
        "scores": 3,
        "means": {"K1": "8.5", "K2": "7.25", "K3": "6"},
        "spread": "12.5",
        "is_alarmed": False,
        "discussion": None,
        "index": None,
        "index_year": 2023,
        "received_at": "2026-03-01T10:00:00+00:00",
        "recommendation": outcome,
        "missed": [],
        "tied_by": None,
    }
    return node | changes


def a_memorandum_content() -> dict[str, Json]:
    return {
        "memorandum": {
            "id": str(uuid5(PLAN_ID, "memorandum")),
            "unit_id": str(OBRNICE),
            "edition": 1,
            "status": "concluded",
            "reason": "first",
            "agency_party": "ministry",
            "application_id": None,
            "document": {
                "document_id": str(uuid5(PLAN_ID, "text")),
                "file_name": "memorandum-obrnice.pdf",
                "digest": _DIGEST,
            },
            "resolution": {
                "number": "12/2026",
                "adopted_on": "2026-03-12",
                "body": "assembly",
                "document_id": None,
            },
            "unit_party": {"name": "Obrnice", "ico": "00266116", "first_day": None, "last_day": None},
            "signatures": [
                {
                    "side": "unit",
                    "name": "Karel Starosta",
                    "function": "starosta",
                    "signed_on": "2026-03-20",
                },
                {
                    "side": "agency",
                    "name": "Daniel Rozhodný",
                    "function": "ředitel odboru",
                    "signed_on": "2026-04-02",
                },
            ],
            "concluded_on": "2026-04-02",
            "in_force_until": None,
            "termination": None,
            "digest": _DIGEST,
        },
        "agency_party": {"name": "Ministerstvo pro místní rozvoj", "ico": "66002222"},
        "descriptions": [
            {
                "id": str(uuid5(PLAN_ID, "description")),
                "domain": "social-inclusion",
                "edition": 1,
                "agreed_on": "2026-06-15",
                "in_force_from": "2026-06-15",
                "in_force_until": "2029-06-14",
                "digest": _DIGEST,
                "content": {
                    "methodology": "KPSV21",
                    "focus": "Prostupné bydlení a oddlužování domácností.",
                    "responsibilities": "Za obec odpovídá místostarosta, za Agenturu lokální konzultantka.",
                    "unit_activities": "Zřídit pracovní skupinu Bydlení a vyčlenit šest bytů.",
                    "agency_activities": "Vést analýzu zadlužení a pomoci se žádostí o podporu.",
                    "outputs": "Plán sociálního začleňování.",
                    "evaluation": "Jednou ročně s partnery.",
                    "revision": "",
                    "starts_on": "2026-06-15",
                    "ends_on": "2029-06-14",
                    "areas": ["BYD", "DLU"],
                    "results": [
                        {
                            "area": "BYD",
                            "text": "Obec má pravidla prostupného bydlení.",
                            "target": "6 bytů s podporou",
                            "due_on": "2028-12-31",
                        }
                    ],
                },
            }
        ],
    }


def a_description_content() -> dict[str, Json]:
    agreed = a_memorandum_content()["descriptions"][0]  # type: ignore[index]
    return {
        "description": {
            **agreed,  # type: ignore[dict-item]
            "cooperation_id": str(uuid5(PLAN_ID, "cooperation")),
            "unit_id": str(OBRNICE),
            "status": "agreed",
            "memorandum_id": str(uuid5(PLAN_ID, "memorandum")),
            "end_reason": None,
            "baseline": [
                {
                    "area": "BYD",
                    "code": "BYD-1",
                    "name": "Obec má koncepci bydlení a řídí se jí",
                    "level": 1,
                    "not_assessed_reason": "",
                    "justification": "Koncepce z roku 2019 se neuplatňuje.",
                    "assessed_on": "2026-05-20",
                    "assessor": "Agentura, odbor sociálního začleňování",
                    "evidence": [
                        {
                            "document_id": str(uuid5(PLAN_ID, "evidence")),
                            "file_name": "koncepce.pdf",
                            "digest": _DIGEST,
                        }
                    ],
                },
                {
                    "area": "DLU",
                    "code": "DLU-1",
                    "name": "V obci působí dluhová poradna",
                    "level": None,
                    "not_assessed_reason": "Poradna neposkytla podklady.",
                    "justification": "",
                    "assessed_on": None,
                    "assessor": "",
                    "evidence": [],
                },
            ],
            "agreements": [
                {
                    "side": side,
                    "name": name,
                    "function": function,
                    "agreed_on": day,
                }
                for side, name, function, day in (
                    ("unit", "Karel Starosta", "starosta", "2026-06-10"),
                    ("agency", "Daniel Rozhodný", "ředitel odboru", "2026-06-15"),
                )
            ],
        },
        "memorandum": {
            "id": str(uuid5(PLAN_ID, "memorandum")),
            "edition": 1,
            "unit_party": {"name": "Obrnice", "ico": "00266116", "first_day": None, "last_day": None},
            "concluded_on": "2026-04-02",
            "in_force_until": None,
            "digest": _DIGEST,
        },
        "agency_party": {"name": "Ministerstvo pro místní rozvoj", "ico": "66002222"},
        "cooperation": {"regime": "KPSV21", "starts_on": "2026-06-15", "ends_on": "2029-06-14"},
        "phases": [
            {"status": "preparation", "from_on": "2026-04-02", "until_on": "2026-06-14"},
            {"status": "active", "from_on": "2026-06-15", "until_on": "2029-06-14"},
            {"status": "ended", "from_on": "2029-06-15", "until_on": None},
        ],
        "team": [
            {
                "duty": "local-consultant",
                "person_name": "Pavla Místní",
                "starts_on": "2026-04-15",
                "ends_on": None,
            }
        ],
        "levels": [
            {"level": 0, "cs": "chybí", "en": "missing"},
            {"level": 1, "cs": "nahodilé", "en": "by chance"},
        ],
    }


def a_statement_content() -> dict[str, Json]:
    return {
        "digest": _DIGEST,
        "statement": {
            "statement_id": str(uuid5(PLAN_ID, "statement")),
            "kind": "recommending-statement",
            "applicant": {"name": "Obec Obrnice", "ico": "00266116", "data_box": "r6kbbvz"},
            "project_title": "Prostupné bydlení v Obrnicích",
            "call_code": "03_26_010",
            "requested_amount_czk": "12500000.00",
            "received_on": "2026-05-04",
            "message_id": "1234567890",
            "form": "form",
            "outcome": "favourable-with-condition",
            "reasons": "Projekt naplňuje opatření 1.1.1 schváleného plánu.",
            "conditions": ["Obec předloží pravidla přidělování bytů do 30. 9. 2026."],
            "has_capacity": None,
            "findings": {
                "found_on": "2026-05-20",
                "units": [
                    {
                        "unit_id": str(OBRNICE),
                        "kind": "municipality",
                        "code": "567337",
                        "name": "Obrnice",
                        "memorandum": {
                            "memorandum_id": str(uuid5(PLAN_ID, "memorandum")),
                            "edition": 1,
                            "concluded_on": "2026-04-02",
                        },
                        "plan": {
                            "plan_id": str(PLAN_ID),
                            "kind": "PSZ",
                            "title": "Plán sociálního začleňování obce Obrnice 2026–2030",
                            "revision": 1,
                            "body": "Zastupitelstvo obce Obrnice",
                            "approved_on": "2026-03-12",
                            "resolution_number": "12/2026",
                            "valid_from": "2026-01-01",
                            "valid_until": "2030-12-31",
                        },
                        "cooperation": {
                            "cooperation_id": str(uuid5(PLAN_ID, "cooperation")),
                            "regime": "IKP",
                            "form": None,
                            "starts_on": "2026-04-03",
                            "ends_on": None,
                        },
                        "group": "B",
                    }
                ],
                "index": {
                    "report": {
                        "averaging": {"code": "mean-of-municipalities", "name_cs": "Prostý průměr obcí"},
                        "municipalities": [{"unit_id": str(OBRNICE), "code": "567337", "name": "Obrnice"}],
                        "years": [2022, 2023],
                        "left_out": [],
                        "exact": "45/2",
                        "rounded": "22.50",
                        "reaches_threshold": True,
                    },
                    "threshold": "10",
                    "unknown_cs": "",
                    "unknown_en": "",
                },
                "priority": "priority",
                "preconditions": [
                    {
                        "code": "plan-approved",
                        "is_met": True,
                        "cs": "schválený plán",
                        "en": "x",
                        "lacking": [],
                    },
                    {
                        "code": "m",
                        "is_met": True,
                        "cs": "platné memorandum o spolupráci",
                        "en": "",
                        "lacking": [],
                    },
                ],
            },
            "number": "17/2026",
            "issued_on": "2026-05-22",
            "signatory_name": "Daniel Rozhodný",
            "signatory_function": "ředitel odboru pro sociální začleňování",
            "corrects": None,
        },
    }
