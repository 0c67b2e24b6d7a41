"""Datasets of the Index: results, what they were computed from, references, bands, methods."""

from typing import Final

from registry.datasets.domain import Dataset, Filter, Frequency, Risk, Terms, Theme, Words
from registry.datasets.shapes import EDITION, MUNICIPALITY, boolean, decimal, integer, text, year

_COMPUTED: Final = Words(
    cs="Výpočet Pospolu z údajů MMR (sešit Index sociálního vyloučení), metodika Agentury",
    en="Computed by Pospolu from the ministry's workbook by the Agency's method",
)
_THEMES: Final = (Theme.SOCIETY, Theme.REGIONS)
_KEYWORDS: Final = ("index sociálního vyloučení", "sociální vyloučení", "obce", "chudoba")
_NARROWED: Final = frozenset({Filter.YEAR, Filter.METHOD})
_RISKS: Final = {Risk.MISREADING: 2, Risk.UNFIT_DATA: 1, Risk.OVERLAP: 1}
_INDICATOR: Final = text("indicator", "Kód ukazatele indexu", "Code of the indicator", required=True)
_PARTS: Final = integer(
    "parts",
    "Dílů v jednotce čitatele (12 = dvanáctiny měsíčního průměru)",
    "Parts of the numerator in a unit (12 = twelfths of a monthly average)",
    required=True,
)
_REGION: Final = (
    text("region_id", "Identifikátor kraje v Pospolu", "Id of the region in Pospolu", required=True),
    text("region_code", "Kód kraje (NUTS 3)", "Code of the region (NUTS 3)"),
    text("region_name", "Název kraje", "Name of the region"),
)
RESULTS: Final = Dataset(
    id="index-results",
    title=Words(cs="Index sociálního vyloučení obcí", en="Index of social exclusion of municipalities"),
    description=Words(
        cs="Index (0–30 bodů) a pásmo každé obce po letech, odkud má body obec bez školy (way, dárce a "
        "vzdálenost) a index zveřejněný ministerstvem. Bez parametru method podle metodiky platné pro rok.",
        en="Index (0–30 points) and band of each municipality by year, where a municipality without a school "
        "has its points from (way, donor, distance), and the Index as published by the ministry. Without "
        "method, by the one that applies to the year.",
    ),
    themes=_THEMES,
    frequency=Frequency.ANNUAL,
    keywords=_KEYWORDS,
    terms=Terms.ATTRIBUTED,
    source=_COMPUTED,
    filters=_NARROWED,
    columns=(
        *EDITION,
        *MUNICIPALITY,
        *_REGION,
        integer("index", "Index", "Index", unit="body"),
        integer("band", "Pásmo", "Band"),
        integer("population_15_plus", "Obyvatelé 15+", "Population 15+", unit="osoby"),
        text("way", "Odkud jsou body za školu", "Where the points for school come from", required=True),
        text("donor_id", "Identifikátor dárcovské obce", "Id of the donor municipality"),
        text("donor_code", "Kód dárcovské obce", "Code of the donor municipality"),
        text("donor_name", "Název dárcovské obce", "Name of the donor municipality"),
        decimal("donor_distance_m", "Vzdálenost dárce", "Distance of the donor", unit="m"),
        integer("published_index", "Index zveřejněný ministerstvem", "Index as published", unit="body"),
        integer("version", "Vydání výpočtu", "Version of the computation", required=True),
    ),
    key=("year", "method", "unit_id"),
    risks=_RISKS,
)
INDICATORS: Final = Dataset(
    id="index-indicators",
    title=Words(cs="Index: vstupy a body po ukazatelích", en="Index: inputs and points by indicator"),
    description=Words(
        cs="Za každou obec, rok a ukazatel čitatel, jmenovatel, podíl a body (absolutní počet, podíl, "
        "lokalizační kvocient a součet). U převzatých bodů jsou dílčí body dárce.",
        en="For each municipality, year and indicator: numerator, denominator, share and points (absolute, "
        "share, location quotient and their sum). Points taken over are those of the donor.",
    ),
    themes=_THEMES,
    frequency=Frequency.ANNUAL,
    keywords=(*_KEYWORDS, "exekuce", "příspěvek na bydlení", "nezaměstnanost"),
    terms=Terms.ATTRIBUTED,
    source=_COMPUTED,
    filters=_NARROWED,
    columns=(
        *EDITION,
        *MUNICIPALITY,
        _INDICATOR,
        integer("numerator", "Čitatel v dílech", "Numerator in parts"),
        _PARTS,
        integer("denominator", "Jmenovatel", "Denominator", unit="osoby"),
        decimal("share_percent", "Podíl (4 místa)", "Share (4 places)", unit="%"),
        integer("score_absolute", "Body za absolutní počet", "Points for the absolute count", unit="body"),
        integer("score_share", "Body za podíl", "Points for the share", unit="body"),
        integer("score_quotient", "Body za lokalizační kvocient", "Points for the quotient", unit="body"),
        integer("points", "Body celkem", "Points", unit="body"),
    ),
    key=("year", "method", "unit_id", "indicator"),
    risks=_RISKS,
)
REFERENCES: Final = Dataset(
    id="index-references",
    title=Words(cs="Index: součty za stát a kraje", en="Index: sums of the state and the regions"),
    description=Words(
        cs="Součty čitatelů a jmenovatelů, ze kterých plyne referenční podíl lokalizačního kvocientu.",
        en="Sums of numerators and denominators from which the reference of the location quotient follows.",
    ),
    themes=_THEMES,
    frequency=Frequency.ANNUAL,
    keywords=(*_KEYWORDS, "lokalizační kvocient"),
    terms=Terms.ATTRIBUTED,
    source=_COMPUTED,
    filters=_NARROWED,
    columns=(
        *EDITION,
        text("unit_id", "Identifikátor státu či kraje", "Id of the state or region", required=True),
        text("unit_code", "Kód (NUTS)", "Code (NUTS)"),
        text("unit_name", "Název", "Name"),
        _INDICATOR,
        integer("numerator", "Čitatel v dílech", "Numerator in parts", required=True),
        _PARTS,
        integer("denominator", "Jmenovatel", "Denominator", unit="osoby", required=True),
    ),
    key=("year", "method", "unit_id", "indicator"),
    risks={Risk.MISREADING: 1},
)
BANDS: Final = Dataset(
    id="index-bands",
    title=Words(cs="Index: obce v pásmech po krajích", en="Index: municipalities in bands by region"),
    description=Words(
        cs="Počet obcí a jejich obyvatel 15+ v každém pásmu indexu po krajích a letech. Pásmo 0 jsou obce, "
        "jejichž index není znám.",
        en="Number of municipalities and their population 15+ in each band of the Index by region and year. "
        "Band 0 are municipalities whose Index is not known.",
    ),
    themes=_THEMES,
    frequency=Frequency.ANNUAL,
    keywords=(*_KEYWORDS, "kraje", "pásma indexu"),
    terms=Terms.ATTRIBUTED,
    source=_COMPUTED,
    filters=_NARROWED,
    columns=(
        *EDITION,
        *_REGION,
        integer("band", "Pásmo", "Band", required=True),
        text("band_name_cs", "Název pásma", "Name of the band (Czech)", required=True),
        text("band_name_en", "Název pásma anglicky", "Name of the band (English)", required=True),
        integer("municipalities", "Obcí", "Municipalities", required=True),
        integer("population_15_plus", "Obyvatelé 15+", "Population 15+", unit="osoby", required=True),
    ),
    key=("year", "method", "region_id", "band"),
    risks=_RISKS,
)
METHODS: Final = Dataset(
    id="index-methods",
    title=Words(cs="Metodiky indexu a jejich prahy", en="Methods of the Index and their thresholds"),
    description=Words(
        cs="Verze metodiky po ukazatelích: z čeho se počítá a prahy prvního a druhého bodu. Úplná definice "
        "v JSON je na adrese /index/methods/{kód}.",
        en="Versions of the method by indicator: what it is computed from, and the thresholds of the first "
        "and the second point. The full definition is JSON at /index/methods/{code}.",
    ),
    themes=(Theme.SOCIETY,),
    frequency=Frequency.IRREGULAR,
    keywords=(*_KEYWORDS, "metodika", "prahové hodnoty"),
    terms=Terms.FREE,
    source=Words(cs="Metodika Agentury pro sociální začleňování", en="Method of the Agency"),
    filters=frozenset({Filter.METHOD}),
    columns=(
        EDITION[1],
        text("name_cs", "Název metodiky", "Name of the method (Czech)", required=True),
        text("name_en", "Název metodiky anglicky", "Name of the method (English)", required=True),
        year("first_year", "První rok dat", "First data year"),
        year("last_year", "Poslední rok dat (prázdné = dosud)", "Last data year", required=False),
        text("digest", "Otisk definice (SHA-256)", "Digest of the definition (SHA-256)", required=True),
        decimal("state_weight", "Váha podílu státu v referenci", "Weight of the state", required=True),
        decimal("region_weight", "Váha podílu kraje v referenci", "Weight of the region", required=True),
        integer("position", "Pořadí ukazatele", "Position of the indicator", required=True),
        _INDICATOR,
        text("indicator_name_cs", "Název ukazatele", "Name of the indicator (Czech)", required=True),
        text("indicator_name_en", "Název ukazatele anglicky", "Name (English)", required=True),
        text("numerator", "Kód údaje v čitateli", "Series in the numerator", required=True),
        text("denominator", "Kód údaje ve jmenovateli", "Series in the denominator", required=True),
        _PARTS,
        boolean("inheritable", "Body lze převzít od jiné obce", "Points may be taken over"),
        decimal("absolute_first", "Práh počtu, 1. bod", "Threshold of the count, 1st point", required=True),
        decimal("absolute_second", "Práh počtu, 2. bod", "Threshold of the count, 2nd point", required=True),
        decimal("share_first", "Práh podílu, 1. bod", "Share, 1st point", unit="%", required=True),
        decimal("share_second", "Práh podílu, 2. bod", "Share, 2nd point", unit="%", required=True),
        decimal("quotient_first", "Práh kvocientu, 1. bod", "Quotient, 1st point", required=True),
        decimal("quotient_second", "Práh kvocientu, 2. bod", "Quotient, 2nd point", required=True),
    ),
    key=("method", "position"),
    risks={Risk.MISREADING: 1},
)
