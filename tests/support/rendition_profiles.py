"""Frozen profiles of units, as registry writes them."""

from tests.support.documents import MOST, OBRNICE, PLAN_ID, Json


def _said(cs: str) -> dict[str, Json]:
    return {"cs": cs, "en": cs}


def a_profile_content() -> dict[str, Json]:
    names = (
        ("exekuce", "Osoby v exekuci", "own", "21.4021", "6.7508", 6),
        ("nezamestnanost", "Osoby dlouhodobě nezaměstnané", "own", "9.1", "1.52", 6),
        ("prispevek-na-zivobyti", "Příspěvek na živobytí", "own", "8.02", "1.05", 6),
        ("prispevek-na-bydleni", "Příspěvek na bydlení", "own", "7.9", "1.91", 4),
        ("predcasne-odchody", "Předčasné odchody ze vzdělávání", "nearest", None, None, 1),
    )
    indicators: list[Json] = [
        {
            "code": code,
            "name_cs": name,
            "name_en": name,
            "points": points,
            "way": way,
            "donor": None,
            "share_percent": share,
            "reference_percent": reference,
            "said": _said(f"{name}: {points} bodů, protože podíl je vyšší než srovnávací."),
        }
        for code, name, way, share, reference, points in names
    ]
    return {
        "shown_on": "2026-06-30",
        "unit": {
            "id": str(OBRNICE),
            "kind": "municipality",
            "kind_name": _said("obec"),
            "code": "567337",
            "name": "Obrnice",
            "status": "municipality",
            "state_name": _said("obec"),
            "csu_code": "567337",
            "ruian_code": "567337",
            "ico": "00266116",
            "data_box": "r6kbbvz",
            "valid_from": "1850-01-01",
            "valid_until": None,
            "version": 1,
        },
        "summary": _said("Index obce Obrnice za rok 2023 je 23, o 1 víc než rok před tím."),
        "hierarchies": [
            {
                "hierarchy": "district",
                "units": [
                    {
                        "id": str(MOST),
                        "kind": "district",
                        "code": "CZ0425",
                        "name": "Most",
                        "member_from": None,
                    },
                    {"id": str(MOST), "kind": "region", "code": "CZ042", "name": "Ústecký kraj"},
                ],
            }
        ],
        "groups": [],
        "municipal": {
            "index": {
                "year": 2023,
                "method": "asz-2022",
                "computation_id": 4,
                "index": 23,
                "highest_index": 30,
                "band": {"number": 4, "name_cs": "vysoká míra sociálního vyloučení", "name_en": "high"},
                "population_15_plus": 1623,
                "size_class": {
                    "lowest": 1001,
                    "highest": 2000,
                    "municipalities": 741,
                    "mean_index": "1.93",
                    "said": _said("Průměr 741 obcí s 1 001 až 2 000 obyvateli je 1,93."),
                },
                "way": "own",
                "indicators": indicators,
                "said": _said("Index za rok 2023 je 23 z 30 bodů."),
            },
            "change": {
                "since": 2022,
                "until": 2023,
                "before": 22,
                "after": 23,
                "difference": 1,
                "effects": [],
                "indicators": [],
                "said": _said("Od roku 2022 Index vzrostl o 1 bod, nejvíc kvůli exekucím (+0,67)."),
            },
            "thresholds": [
                {"indicator": "exekuce", "kind": "level", "step": "lost", "by": "12", "said": _said(sentence)}
                for sentence in (
                    "Bod v příspěvku na bydlení ubude, bude-li příjemců aspoň o 12 méně.",
                    "Bod v exekucích přibude, bude-li osob v exekuci aspoň o 9 více.",
                )
            ],
            "index_years": [
                {
                    "year": year,
                    "method": "asz-2022",
                    "computation_id": year,
                    "index": index,
                    "band": 4,
                    "break_before": year == 2021,
                    "break_cs": "Od roku 2021 platí jiná metoda." if year == 2021 else None,
                    "break_en": None,
                }
                for year, index in ((2019, 20), (2020, None), (2021, 21), (2022, 22), (2023, 23))
            ],
            "shares": [],
            "peers": {
                "year": 2023,
                "peers": [
                    {
                        "unit_id": str(MOST),
                        "code": "1",
                        "name": name,
                        "region": "Ústecký kraj",
                        "population_15_plus": 1500,
                        "index": 21,
                        "band": 4,
                        "supported": supported,
                        "distance": "0.12",
                        "said": _said("Liší se nejméně."),
                    }
                    for name, supported in (("Braňany", True), ("Bečov", False))
                ],
                "caveat": _said("Podobnost neznamená stejné příčiny."),
            },
            "forecast": {
                "run_id": str(PLAN_ID),
                "last_year": 2023,
                "year": 2024,
                "index": 23,
                "low_80": 21,
                "high_80": 25,
                "band": None,
                "band_percent": "81.2",
                "is_outdated": False,
                "said": _said("Na roce, který model neviděl, se mýlil v průměru o 0,9 bodu."),
            },
        },
        "area": None,
        "cooperations": [
            {
                "id": str(PLAN_ID),
                "regime": "IKP",
                "regime_name": _said("intenzivní komplexní podpora"),
                "course": "running",
                "course_name": _said("probíhá"),
                "starts_on": "2026-04-03",
                "ends_on": None,
                "through_id": None,
                "through": None,
            }
        ],
        "cooperation_count": 1,
        "plans": [
            {
                "id": str(PLAN_ID),
                "kind": "PSZ",
                "kind_name": _said("plán sociálního začleňování"),
                "title": "Plán sociálního začleňování obce Obrnice 2026–2030",
                "state": "in-implementation",
                "state_name": _said("v realizaci"),
                "revision": 1,
                "valid_from": "2026-01-01",
                "valid_until": "2030-12-31",
                "body": "Zastupitelstvo obce Obrnice",
                "approved_on": "2026-03-12",
                "resolution_number": "12/2026",
                "closed_on": None,
                "units": [],
                "href": "",
            }
        ],
        "plan_count": 1,
        "figures": [
            {
                "series": "population",
                "name_cs": "Počet obyvatel",
                "name_en": "Population",
                "unit_of_measure": "osob",
                "periodicity": "yearly",
                "period": "2025-01-01",
                "value": value,
                "status": status,
                "shown": shown,
                "note": None,
                "source": "ČSÚ",
                "vintage_id": 1,
            }
            for value, status, shown in (("1987", "given", None), (None, "suppressed", "< 5"))
        ],
        "sources": [
            {
                "code": "csu",
                "name_cs": "Počet obyvatel v obcích",
                "name_en": "Population",
                "publisher": "Český statistický úřad",
                "url": None,
                "vintages": [
                    {"id": 1, "label": "k 1. 1. 2025", "published_on": None, "licence": "CC BY 4.0"}
                ],
            }
        ],
        "methods": [],
        "empty": {},
        "links": {},
    }
