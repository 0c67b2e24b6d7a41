"""Czech names of the codes that frozen texts carry (docs/glossary.md), and words of the pages themselves."""

from documents.blocks import Language
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

WORDS = {
    Language.CS: {"page": "strana", "of": "z", "contents": "Obsah", "digest": "SHA-256 předlohy"},
    Language.EN: {"page": "page", "of": "of", "contents": "Contents", "digest": "SHA-256 of the source"},
}
