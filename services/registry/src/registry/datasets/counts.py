"""Datasets of statistics: what is counted, and the figures."""

from typing import Final

from registry.datasets.domain import Dataset, Filter, Frequency, Risk, Terms, Theme, Words
from registry.datasets.shapes import UNIT, day, decimal, integer, text

_PUBLISHERS: Final = Words(
    cs="Vydavatel je u každého údaje: MMR, ČSÚ, Exekutorská komora, MPSV, Agentura",
    en="The publisher stands beside each figure: MMR, ČSÚ, the enforcement chamber, MPSV, the Agency",
)
SERIES: Final = Dataset(
    id="series",
    title=Words(cs="Číselník ukazatelů", en="Code list of series"),
    description=Words(
        cs="Co se počítá: název, definice, měrná jednotka, délka období, zdroj a z čeho se počítá podíl.",
        en="What is counted: name, definition, unit of measure, length of period, source, denominator.",
    ),
    themes=(Theme.SOCIETY,),
    frequency=Frequency.IRREGULAR,
    keywords=("ukazatele", "číselník", "definice"),
    terms=Terms.FREE,
    source=_PUBLISHERS,
    filters=frozenset({Filter.SERIES}),
    columns=(
        text("series", "Kód ukazatele", "Code of the series", required=True),
        text("name_cs", "Název", "Name (Czech)", required=True),
        text("name_en", "Název anglicky", "Name (English)", required=True),
        text("definition_cs", "Definice", "Definition (Czech)", required=True),
        text("definition_en", "Definice anglicky", "Definition (English)", required=True),
        text("unit_of_measure", "Měrná jednotka", "Unit of measure", required=True),
        text("periodicity", "Délka období", "Length of a period", required=True),
        text("source", "Kód zdroje", "Code of the source", required=True),
        text("source_name_cs", "Název zdroje", "Name of the source (Czech)", required=True),
        text("publisher", "Vydavatel", "Publisher", required=True),
        text("licence", "Podmínky užití zdroje", "Terms of the source", required=True),
        text("denominator", "Ukazatel ve jmenovateli podílu", "Series in the denominator of the share"),
    ),
    key=("series",),
    risks={Risk.MISREADING: 1},
)
FIGURES: Final = Dataset(
    id="figures",
    title=Words(cs="Statistické údaje o územních celcích", en="Statistical figures of territorial units"),
    description=Words(
        cs="Hodnoty ukazatelů po celcích a obdobích. Bez parametru vintage jen údaje v platném vydání; "
        "s ním právě toto vydání; s as_of údaje platné toho dne. Malé počty, které sami sbíráme, jsou "
        "skryty (status suppressed); „< 5“ ve sloupci shown znamená, že údaj je 1 až 4.",
        en="Values of series by unit and period. Without vintage only the figures in force; with it that "
        "edition; with as_of what was in force on that day. Small counts that we collect ourselves are "
        "hidden (status suppressed); “< 5” in the column shown means 1 to 4.",
    ),
    themes=(Theme.SOCIETY, Theme.REGIONS),
    frequency=Frequency.IRREGULAR,
    keywords=("sociální vyloučení", "exekuce", "nezaměstnanost", "dávky", "předčasné odchody ze vzdělávání"),
    terms=Terms.ATTRIBUTED,
    source=_PUBLISHERS,
    filters=frozenset({Filter.YEAR, Filter.SERIES, Filter.VINTAGE, Filter.AS_OF}),
    columns=(
        text("series", "Kód ukazatele", "Code of the series", required=True),
        day("period", "První den období", "First day of the period", required=True),
        *UNIT,
        decimal("value", "Hodnota", "Value"),
        text("status", "Stav údaje", "Status of the figure", required=True),
        text("shown", "Jak se údaj uvádí místo hodnoty", "What is told in place of the value"),
        text("note", "Poznámka", "Note"),
        integer("vintage_id", "Číslo vydání", "Number of the edition", required=True),
        text("vintage", "Označení vydání", "Label of the edition", required=True),
        text("source", "Kód zdroje", "Code of the source", required=True),
        text("licence", "Podmínky užití", "Terms of use", required=True),
    ),
    key=("series", "period", "unit_id", "vintage_id"),
    risks={Risk.PERSONAL_DATA: 1, Risk.MISREADING: 2, Risk.OVERLAP: 2},
)
