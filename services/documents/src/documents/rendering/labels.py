"""Czech names of the codes that frozen texts carry (docs/glossary.md), and words of the pages themselves."""

from documents.papers.blocks import Language
from shared.contracts.planning import Direction, Periodicity, PlanKind

PLAN_KINDS = {
    PlanKind.PSZ: "Plán sociálního začleňování",
    PlanKind.SPSZ: "Strategický plán sociálního začleňování",
    PlanKind.TAP: "Tematický akční plán",
    PlanKind.SUPPORT: "Plán podpory",
    PlanKind.EXIT: "Exit strategie",
    PlanKind.KPSS: "Komunitní plán sociálních služeb",
    PlanKind.SPRSS: "Střednědobý plán rozvoje sociálních služeb",
    PlanKind.COMMUNICATION: "Komunikační plán",
}

AREAS = {
    "BYD": "Bydlení",
    "DLU": "Dluhy",
    "ZAM": "Zaměstnanost",
    "BEZ": "Bezpečnost, sousedské vztahy a prevence kriminality",
    "ZDR": "Zdraví",
    "VZD": "Vzdělávání",
    "SLU": "Přístup ke službám a sociální práce",
    "ROD": "Rodinná politika, ohrožené děti a mládež",
}

DIRECTIONS = {
    Direction.INCREASE: "růst",
    Direction.DECREASE: "pokles",
    Direction.MAINTAIN: "udržet",
    Direction.NONE: "bez směru",
}

PERIODICITIES = {
    Periodicity.MONTHLY: "měsíčně",
    Periodicity.QUARTERLY: "čtvrtletně",
    Periodicity.HALF_YEARLY: "pololetně",
    Periodicity.YEARLY: "ročně",
}

FUNDERS = {
    "eu": "Evropská unie",
    "state": "státní rozpočet",
    "region": "kraj",
    "municipality": "obec",
    "own": "vlastní zdroje",
    "other": "jiné zdroje",
}

CATEGORIES = {
    "staff": "osobní náklady",
    "services": "služby",
    "direct-support": "přímá podpora",
    "equipment": "vybavení",
    "investment": "investice",
    "overheads": "režie",
    "other": "jiné",
}

PROGRAMMES = {"OPJAK": "OP JAK", "OPVVV": "OP VVV", "other": "jiný program"}

PROJECT_STATES = {
    "intended": "zamýšlený",
    "submitted": "podaný",
    "approved": "schválený",
    "running": "v realizaci",
    "finished": "ukončený",
    "refused": "neschválený",
}

EVIDENCE = {
    "figure": "statistický údaj",
    "index": "Index sociálního vyloučení",
    "band": "pásmo Indexu",
    "component": "složka Indexu",
    "analysis": "analýza",
}

RESULTS = {
    "accepted": "akceptováno",
    "partly": "částečně akceptováno",
    "rejected": "neakceptováno",
    "noted": "vzato na vědomí",
}

SUBMITTERS = {
    "citizen": "občan",
    "provider": "poskytovatel služeb",
    "municipality": "obec",
    "ngo": "nestátní nezisková organizace",
    "authority": "orgán veřejné moci",
    "other": "jiný předkladatel",
}

COMMENT_KINDS = {"formal": "formální", "substantive": "věcná", "out-of-scope": "nad rámec"}

CHANGES = {
    "added": "doplněno",
    "removed": "vypuštěno",
    "moved": "přesunuto",
    "changed": "změněno",
    "head": "úvodní údaje plánu",
}

FIELDS = {
    "title": "název",
    "name": "název",
    "vision": "vize",
    "unit_ids": "územní celky",
    "valid_from": "začátek platnosti",
    "valid_until": "konec platnosti",
    "area": "tematická oblast",
    "description": "popis",
    "causes": "příčiny",
    "consequences": "důsledky",
    "affected_group": "dotčená skupina",
    "estimated_people": "odhad počtu osob",
    "source": "zdroj dat",
    "target_state": "cílový stav",
    "due_on": "termín",
    "owner": "odpovědný subjekt",
    "partners": "partneři",
    "managers": "manažeři",
    "starts_on": "začátek",
    "ends_on": "konec",
    "cost_czk": "náklady",
    "funding_source": "zdroj financování",
    "unit": "měrná jednotka",
    "direction": "žádoucí směr",
    "periodicity": "četnost sběru",
    "baseline": "výchozí hodnota",
    "baseline_on": "datum výchozí hodnoty",
    "target": "cílová hodnota",
    "target_on": "datum cílové hodnoty",
    "year": "rok",
    "funder": "poskytovatel",
    "category": "kategorie nákladů",
    "amount_czk": "částka",
    "note": "poznámka",
    "programme": "program",
    "registration_number": "registrační číslo",
    "call": "výzva",
    "applicant": "žadatel",
    "budget_czk": "rozpočet",
    "state": "stav",
    "strategy_code": "kód strategie",
    "goal_code": "kód cíle strategie",
    "probability": "pravděpodobnost",
    "impact": "dopad",
    "response": "opatření k riziku",
    "code": "kód",
}

NODE_KINDS = {
    "problem": "problém",
    "goal": "cíl",
    "measure": "opatření",
    "activity": "aktivita",
    "indicator": "indikátor",
    "budget-line": "rozpočtová položka",
    "project": "projekt",
    "strategy": "vazba na strategii",
    "risk": "riziko",
    "area": "oblast",
    "chapter": "kapitola",
}

CODES: dict[str, dict[str, str]] = {
    "direction": {code.value: name for code, name in DIRECTIONS.items()},
    "periodicity": {code.value: name for code, name in PERIODICITIES.items()},
    "area": AREAS,
    "funder": FUNDERS,
    "category": CATEGORIES,
    "programme": PROGRAMMES,
    "state": PROJECT_STATES,
}
"""Names of codes by the field that holds them."""

WORDS = {
    Language.CS: {"page": "strana", "of": "z", "contents": "Obsah", "digest": "SHA-256 předlohy"},
    Language.EN: {"page": "page", "of": "of", "contents": "Contents", "digest": "SHA-256 of the source"},
}
