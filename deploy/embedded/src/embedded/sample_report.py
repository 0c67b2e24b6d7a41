"""What the sample evaluation report says, the project it belongs to, and the newsletter that tells of it."""

from datetime import date

from embedded.sample_plan import Json

SECTIONS = {
    "assignment": "Vstupní evaluace plánu: zda cíle odpovídají potřebám území a zda je lze měřit.",
    "method": "Rozbor plánu a jeho indikátorů, údaje registru, vypořádání připomínek veřejnosti.",
    "conclusion": "Plán stojí na doložených potřebách. Opravu sociálních bytů je třeba spojit se správou.",
}
QUESTION: dict[str, Json] = {
    "code": "EQ3",
    "answer": "Cíle bydlení jsou měřitelné; výchozí hodnoty má obec v evidenci.",
    "verdict": "rather-yes",
    "strength": "moderate",
    "evidence": [{"kind": "indicator", "reference": "1.1", "note": "výchozí hodnota 12 domácností"}],
}
RECOMMENDATION: dict[str, Json] = {
    "text": "Doplnit zabydlování o dluhové poradenství.",
    "addressee": "Obec Obrnice",
    "priority": "high",
}


def sample_project(number: str, first: date, last: date) -> dict[str, Json]:
    """Return a project with two key activities: what is promised is counted by published documents."""
    span: dict[str, Json] = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
    return {
        "programme": "OPZ+",
        "registration_number": number,
        "title": "Rozvoj systému sociálního začleňování (ukázka)",
        "beneficiary": "Agentura pro sociální začleňování",
        **span,
        "document_target": 6,
        "key_activities": [
            {
                "number": "KA01",
                "title": "Plánování",
                "outputs": [
                    {"code": "KA01-1", "title": "Plány sociálního začleňování", "kind": "plan", "target": 2}
                ],
                **span,
            },
            {
                "number": "KA02",
                "title": "Evaluace",
                "outputs": [
                    {"code": "KA02-1", "title": "Evaluační zprávy", "kind": "evaluation", "target": 4}
                ],
                **span,
            },
        ],
    }


def sample_issue(report_id: str) -> dict[str, Json]:
    """Return an issue of the newsletter that leads to a published report."""
    return {
        "title": "Pospolu – co je nového v Obrnicích",
        "opening": "Milé čtenářky, milí čtenáři,\n\nplán sociálního začleňování je schválen.",
        "sections": [
            {
                "heading": "Vstupní evaluace",
                "text": "Na doporučení evaluace už obec odpověděla.",
                "items": [{"text": "Evaluační zpráva", "document_id": report_id}],
            }
        ],
    }
