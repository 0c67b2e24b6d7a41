"""A call, an application and a description of cooperation as they are sent: invented, of the usual shape."""

from datetime import date

from embedded.sample_plan import Json

AREAS = ("BEZ", "BYD", "DLU", "ZAM", "ZDR")
RESOLUTION_OF_THE_ASSEMBLY = "Usnesení zastupitelstva nebo členské schůze"


def some_ico(number: int) -> str:
    """Return an IČO that passes its check: seven digits of the number and the eighth."""
    digits = f"{number % 10_000_000:07d}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return f"{digits}{(11 - rest) % 10}"


def sample_call(code: str) -> dict[str, Json]:
    """Return a call with the window of the second call of 2023."""
    return {
        "code": code,
        "title": "2. výzva ke spolupráci v rámci KPSV 2021+ (ukázka)",
        "text": "Ministerstvo vyzývá obce, svazky obcí, místní akční skupiny a kraje k podání přihlášek.",
        "contact": "vyzvy@example.org",
        "methodology": "KPSV21/1.0",
        "opens_on": "2023-03-20",
        "closes_on": "2023-04-06",
        "eligible_kinds": ["municipality", "municipality-association", "local-action-group", "region"],
        "areas": list(AREAS),
        "form": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "title": "Přihláška ke spolupráci",
            "properties": {
                "need": {"type": "string", "minLength": 1, "title": "Popis potřeby"},
                "has_plan": {"type": "boolean", "title": "Má území platný plán?"},
                "plan": {"type": "string", "title": "Název plánu"},
            },
            "required": ["need", "has_plan"],
            "if": {"properties": {"has_plan": {"const": True}}},
            "then": {"required": ["plan"]},
        },
        "attachments": [
            {
                "code": "usneseni",
                "name_cs": RESOLUTION_OF_THE_ASSEMBLY,
                "name_en": "Resolution of the assembly or of the general meeting",
                "required": True,
            }
        ],
        "criteria": [
            _criterion("K1", "Naléhavost potřeby", "Urgency of the need", "1.5"),
            _criterion("K2", "Připravenost území", "Readiness of the territory", "1"),
        ],
        "minimum_points": "12.5",
        "capacity": 10,
    }


def _criterion(code: str, name_cs: str, name_en: str, weight: str) -> dict[str, Json]:
    return {"code": code, "name_cs": name_cs, "name_en": name_en, "weight": weight, "max_points": 10}


def sample_application() -> dict[str, Json]:
    """Return what an applicant writes; one resolution covers the application and the memorandum."""
    return {
        "form": {"need": "Dluhy a nejisté bydlení třetiny domácností", "has_plan": False},
        "areas": ["BYD", "DLU"],
        "contact": {"name": "Jana Malinová", "function": "koordinátorka", "email": "malinova@example.org"},
        "attachments": [
            {
                "kind": "usneseni",
                "document_id": "00000000-0000-4000-8000-000000000001",
                "file_name": "usneseni.pdf",
                "digest": "9f86d081" * 8,
            }
        ],
        "resolution": {
            "number": "12/2023",
            "adopted_on": "2023-03-15",
            "body": "assembly",
            "covers": ["filing", "memorandum"],
        },
    }


def sample_description(first: date, last: date) -> dict[str, Json]:
    """Return a description of cooperation with the baseline of quality criteria in each area."""
    areas = ("BYD", "DLU")
    return {
        "methodology": "KPSV21/1.0",
        "focus": "Bydlení a dluhy",
        "responsibilities": "Obec vede lokální partnerství, Agentura je metodicky podporuje.",
        "unit_activities": "Koordinátor, pracovní skupiny, sběr dat",
        "agency_activities": "Výzkum, poradenství, evaluace",
        "outputs": "Vstupní analýza a plán sociálního začleňování",
        "evaluation": "Jednou ročně podle kritérií kvality",
        "revision": "Novým vydáním na návrh kterékoli strany",
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "areas": list(areas),
        "results": [
            {
                "area": area,
                "text": "Méně domácností v krizi",
                "target": "20 domácností",
                "due_on": last.isoformat(),
            }
            for area in areas
        ],
        "baseline": [
            {
                "area": area,
                "code": f"{area}-1",
                "name": "Obec má koncepci a řídí se jí",
                "level": 1,
                "assessed_on": "2023-06-01",
                "assessor": "Agentura, odbor sociálního začleňování",
            }
            for area in areas
        ],
    }
