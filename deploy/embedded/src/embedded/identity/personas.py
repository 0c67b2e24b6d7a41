"""The invented people whom one can be in the demo."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.contracts.base import Role

AGENCY = "Agentura pro sociální začleňování"
_UNITS = uuid5(NAMESPACE_URL, "urn:pospolu:unit")


def municipality(code: str) -> UUID:
    """Give the id that the registry gives to the municipality of that code."""
    return uuid5(_UNITS, f"municipality:{code}")


OBRNICE = municipality("567337")
TRMICE = municipality("553697")
SLUKNOV = municipality("562858")
CHOMUTOV = municipality("562971")
JIRKOV = municipality("563099")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody of the demo; `id` is the subject of the tokens."""

    id: str
    name: str
    role: Role
    affiliation: str
    cs: str
    en: str
    units: tuple[UUID, ...] = ()


PERSONAS = (
    Persona(
        id="administrator",
        name="Alena Vránová",
        role=Role.ADMINISTRATOR,
        affiliation=AGENCY,
        cs="Správkyně systému: územní celky, uživatelé, číselníky.",
        en="Administrator of the system: units, users, code lists.",
    ),
    Persona(
        id="records-officer",
        name="Hana Kubátová",
        role=Role.ADMINISTRATOR,
        affiliation=AGENCY,
        cs="Spisová služba: skartační lhůty, vyřazení dokumentů, o kterém rozhoduje druhý správce.",
        en="Records management: retention, disposals, on which a second administrator decides.",
    ),
    Persona(
        id="consultant",
        name="Petr Hájek",
        role=Role.CONSULTANT,
        affiliation=AGENCY,
        cs="Lokální konzultant: Obrnice, Trmice, Šluknov, Chomutov a Jirkov.",
        en="Local consultant of Obrnice, Trmice, Šluknov, Chomutov and Jirkov.",
        units=(OBRNICE, TRMICE, SLUKNOV, CHOMUTOV, JIRKOV),
    ),
    Persona(
        id="coordinator-obrnice",
        name="Jana Malinová",
        role=Role.COORDINATOR,
        affiliation="Obec Obrnice",
        cs="Koordinátorka obce Obrnice: píše plán a vykazuje hodnoty.",
        en="Coordinator of Obrnice: drafts the plan and reports values.",
        units=(OBRNICE,),
    ),
    Persona(
        id="mayor-obrnice",
        name="Karel Dušek",
        role=Role.MAYOR,
        affiliation="Obec Obrnice",
        cs="Starosta obce Obrnice: vrací plán, zapisuje jeho schválení a ukončení.",
        en="Mayor of Obrnice: returns a plan, records its approval and its end.",
        units=(OBRNICE,),
    ),
    Persona(
        id="coordinator-trmice",
        name="Ivo Bartoň",
        role=Role.COORDINATOR,
        affiliation="Město Trmice",
        cs="Koordinátor města Trmice: rozpracovaný plán Obrnic nevidí.",
        en="Coordinator of Trmice, another town: does not see the drafts of Obrnice.",
        units=(TRMICE,),
    ),
    Persona(
        id="evaluator",
        name="Eva Říhová",
        role=Role.EVALUATOR,
        affiliation=AGENCY,
        cs="Evaluátorka: hodnotí plány a schvaluje vykázané hodnoty.",
        en="Evaluator: evaluates plans and approves reported values.",
    ),
    Persona(
        id="analyst",
        name="Ondřej Kříž",
        role=Role.ANALYST,
        affiliation=AGENCY,
        cs="Analytik: vidí plány a hodnoty všech území.",
        en="Analyst: sees the plans and values of all territories.",
    ),
    Persona(
        id="partner-obrnice",
        name="Šárka Žáčková",
        role=Role.PARTNER,
        affiliation="Pod jednou střechou, z. s.",
        cs="Partner lokálního partnerství v Obrnicích: nezisková organizace.",
        en="Member of the local partnership in Obrnice: a non-governmental organisation.",
        units=(OBRNICE,),
    ),
    Persona(
        id="director",
        name="Daniel Jelínek",
        role=Role.DIRECTOR,
        affiliation=AGENCY,
        cs="Ředitel: rozhoduje o přihláškách a podepisuje za ministerstvo.",
        en="Director: decides on applications and signs for the ministry.",
    ),
    Persona(
        id="commissioner-mpsv",
        name="Věra Bodláková",
        role=Role.COMMISSIONER,
        affiliation="Ministerstvo práce a sociálních věcí",
        cs="Členka hodnoticí komise za MPSV: boduje přihlášky.",
        en="Member of the evaluation commission for the ministry of labour: scores applications.",
    ),
    Persona(
        id="commissioner-sms",
        name="Tomáš Holub",
        role=Role.COMMISSIONER,
        affiliation="Sdružení místních samospráv ČR",
        cs="Člen hodnoticí komise za SMS ČR: boduje přihlášky.",
        en="Member of the evaluation commission for local governments: scores applications.",
    ),
)
BY_ID = {persona.id: persona for persona in PERSONAS}
