"""What regimes of cooperation and kinds of plan are called, in both languages."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Final

from shared.contracts.planning import PlanKind
from shared.contracts.registry import CooperationRegime

_VARIANTS: Final[Mapping[CooperationRegime | PlanKind, tuple[str, str]]] = {
    CooperationRegime.IKP: ("intenzivní komplexní podpora", "intensive comprehensive support"),
    CooperationRegime.VIP: ("vzdálená intenzivní podpora", "remote intensive support"),
    CooperationRegime.VDP: ("vzdálená dílčí podpora", "remote partial support"),
    CooperationRegime.VEX: ("vzdálená ex-post podpora", "remote ex-post support"),
    CooperationRegime.KPSV21: ("spolupráce v KPSV 2021+", "cooperation in KPSV 2021+"),
    PlanKind.PSZ: ("plán sociálního začleňování", "plan of social inclusion"),
    PlanKind.SPSZ: ("strategický plán sociálního začleňování", "strategic plan of social inclusion"),
    PlanKind.TAP: ("tematický akční plán", "thematic action plan"),
    PlanKind.SUPPORT: ("plán podpory", "support plan"),
    PlanKind.EXIT: ("exit strategie", "exit strategy"),
    PlanKind.KPSS: ("komunitní plán sociálních služeb", "community plan of social services"),
    PlanKind.SPRSS: (
        "střednědobý plán rozvoje sociálních služeb",
        "medium-term plan of development of social services",
    ),
    PlanKind.COMMUNICATION: ("komunikační plán", "communication plan"),
}


@cache
def variant_names(language: str) -> str:
    """Return the names by code, as JSON for a query."""
    place = 0 if language == "cs" else 1
    return json.dumps({code.value: names[place] for code, names in _VARIANTS.items()})
