"""Czech names of the codes that a snapshot carries (docs/glossary.md)."""

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
