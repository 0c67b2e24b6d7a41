"""Datasets of territory: units, their memberships and points, who cooperates, approved plans."""

from typing import Final

from registry.datasets.domain import Dataset, Filter, Frequency, Risk, Terms, Theme, Words
from registry.datasets.shapes import UNIT, VALIDITY, day, decimal, integer, text

_REGISTERS: Final = Words(
    cs="Číselníky a vazby Českého statistického úřadu, RÚIAN (ČÚZK), evidence Agentury",
    en="Code lists of the Czech Statistical Office, RÚIAN, records of the Agency",
)
_AGENCY: Final = Words(
    cs="Evidence Agentury pro sociální začleňování", en="Records of the Agency for Social Inclusion"
)
UNITS: Final = Dataset(
    id="units",
    title=Words(cs="Územní celky a jejich platnost", en="Territorial units and their validity"),
    description=Words(
        cs="Stát, kraje, okresy, ORP, POÚ, obce, jejich části a sdružení: každý stav celku s názvem, kódy, "
        "nadřazeným celkem a platností. S parametrem as_of jen stavy platné toho dne.",
        en="State, regions, districts, ORP, POÚ, municipalities, their parts and associations: each state of "
        "a unit with name, codes, superior unit and validity. With as_of only what is valid on that day.",
    ),
    themes=(Theme.REGIONS, Theme.GOVERNMENT),
    frequency=Frequency.CONTINUOUS,
    keywords=("územní celky", "obce", "kraje", "ORP", "mikroregiony", "MAS"),
    terms=Terms.ATTRIBUTED,
    source=_REGISTERS,
    filters=frozenset({Filter.AS_OF}),
    columns=(
        *UNIT,
        text("status", "Status obce", "Status of a municipality"),
        text("parent_id", "Identifikátor nadřazeného celku", "Id of the superior unit"),
        text("parent_kind", "Druh nadřazeného celku", "Kind of the superior unit"),
        text("parent_code", "Kód nadřazeného celku", "Code of the superior unit"),
        text("parent_name", "Název nadřazeného celku", "Name of the superior unit"),
        text("csu_code", "Kód v číselnících ČSÚ", "Code in the lists of the statistical office"),
        text("ruian_code", "Kód v RÚIAN", "Code in RÚIAN"),
        text("ico", "IČO", "Company number (IČO)"),
        text("data_box", "Datová schránka", "Data box (ISDS)"),
        *VALIDITY,
    ),
    key=("unit_id", "valid_from"),
    risks={Risk.OVERLAP: 2, Risk.UNFIT_DATA: 1},
)
MEMBERSHIPS: Final = Dataset(
    id="memberships",
    title=Words(cs="Členství v územních a dobrovolných celcích", en="Memberships of units in groups"),
    description=Words(
        cs="Kdo od kdy do kdy patří do správního obvodu pověřeného úřadu, svazku obcí, MAS či jiného "
        "sdružení. S parametrem as_of jen členství trvající toho dne.",
        en="Who belongs to an area of an authorised office, an association of municipalities, a local action "
        "group or another one, from when until when. With as_of only what lasts on that day.",
    ),
    themes=(Theme.REGIONS,),
    frequency=Frequency.CONTINUOUS,
    keywords=("svazky obcí", "mikroregiony", "MAS", "POÚ", "členství obcí"),
    terms=Terms.ATTRIBUTED,
    source=_REGISTERS,
    filters=frozenset({Filter.AS_OF}),
    columns=(
        text("group_id", "Identifikátor skupiny v Pospolu", "Id of the group in Pospolu", required=True),
        text("group_kind", "Druh skupiny", "Kind of group", required=True),
        text("group_code", "Kód skupiny (u sdružení IČO)", "Code of the group (IČO of an association)"),
        text("group_name", "Název skupiny", "Name of the group", required=True),
        *UNIT,
        *VALIDITY,
        text("source", "Zdroj", "Source", required=True),
    ),
    key=("group_id", "unit_id", "valid_from"),
    risks={Risk.OVERLAP: 1, Risk.UNFIT_DATA: 1},
)
POINTS: Final = Dataset(
    id="definition-points",
    title=Words(cs="Definiční body obcí a dalších celků", en="Definition points of units"),
    description=Words(
        cs="Bod každého celku ve WGS 84 (stupně) a v S-JTSK, EPSG:5514 (metry). Podle nich se hledá "
        "nejbližší obec se školou.",
        en="The point of each unit in WGS 84 (degrees) and in S-JTSK, EPSG:5514 (metres). By it the nearest "
        "municipality with a school is found.",
    ),
    themes=(Theme.REGIONS,),
    frequency=Frequency.IRREGULAR,
    keywords=("definiční body", "souřadnice", "S-JTSK", "obce"),
    terms=Terms.ATTRIBUTED,
    source=_REGISTERS,
    filters=frozenset(),
    columns=(
        *UNIT,
        decimal("longitude", "Zeměpisná délka", "Longitude", unit="°", required=True),
        decimal("latitude", "Zeměpisná šířka", "Latitude", unit="°", required=True),
        decimal("x", "Souřadnice x (EPSG:5514)", "Coordinate x (EPSG:5514)", unit="m", required=True),
        decimal("y", "Souřadnice y (EPSG:5514)", "Coordinate y (EPSG:5514)", unit="m", required=True),
        text("source", "Zdroj", "Source", required=True),
    ),
    key=("unit_id",),
    risks={Risk.OVERLAP: 2},
)
COOPERATIONS: Final = Dataset(
    id="cooperations",
    title=Words(cs="Celky spolupracující s Agenturou", en="Units that cooperate with the Agency"),
    description=Words(
        cs="Který celek s Agenturou spolupracuje nebo spolupracoval, v jakém režimu podpory a od kdy do kdy. "
        "S parametrem as_of jen spolupráce trvající toho dne.",
        en="Which unit cooperates or has cooperated with the Agency, in which regime of support, from when "
        "until when. With as_of only what runs on that day.",
    ),
    themes=(Theme.SOCIETY, Theme.GOVERNMENT),
    frequency=Frequency.CONTINUOUS,
    keywords=("sociální začleňování", "spolupráce obcí", "KPSV", "Agentura pro sociální začleňování"),
    terms=Terms.FREE,
    source=_AGENCY,
    filters=frozenset({Filter.AS_OF}),
    columns=(
        *UNIT,
        text("regime", "Režim podpory", "Regime of support", required=True),
        day("starts_on", "Spolupráce od", "Cooperates from", required=True),
        day("ends_on", "Spolupráce do (včetně; prázdné = bez konce)", "Until (included; empty = open)"),
    ),
    key=("unit_id", "regime", "starts_on"),
    risks={Risk.MISREADING: 1},
)
PLANS: Final = Dataset(
    id="plans",
    title=Words(cs="Schválené plány sociálního začleňování", en="Approved plans of social inclusion"),
    description=Words(
        cs="Schválené plány bez osob: druh, název, stav, platnost a kdo a kdy je schválil. Plán více celků "
        "má řádek za každý z nich.",
        en="Approved plans without persons: kind, title, state, validity, and which body approved them when. "
        "A plan of several units has a row for each.",
    ),
    themes=(Theme.SOCIETY, Theme.GOVERNMENT),
    frequency=Frequency.CONTINUOUS,
    keywords=("plán sociálního začleňování", "KPSV", "strategické plánování", "obce"),
    terms=Terms.FREE,
    source=_AGENCY,
    filters=frozenset({Filter.AS_OF}),
    columns=(
        text("plan_id", "Identifikátor plánu", "Id of the plan", required=True),
        *UNIT,
        text("kind", "Druh plánu", "Kind of plan", required=True),
        text("title", "Název plánu", "Title of the plan", required=True),
        text("state", "Stav", "State", required=True),
        integer("revision", "Verze", "Revision", required=True),
        day("valid_from", "Platí od", "Valid from", required=True),
        day("valid_until", "Platí do (včetně)", "Valid until (included)", required=True),
        text("body", "Orgán, který plán schválil", "Body that approved the plan"),
        day("approved_on", "Schváleno dne", "Approved on"),
        text("resolution_number", "Číslo usnesení", "Number of the resolution"),
        day("closed_on", "Uzavřeno dne", "Closed on"),
    ),
    key=("plan_id", "unit_id"),
    risks={Risk.PERSONAL_DATA: 1, Risk.MISREADING: 1},
)
