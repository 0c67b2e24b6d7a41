"""All datasets, in the order of the list, and what we say about each in the same words."""

from collections.abc import Mapping
from typing import Final

from registry.datasets import counts, index_tables, territory
from registry.datasets.domain import Dataset, DatasetUnknown, Risk, Words

DATASETS: Final[Mapping[str, Dataset]] = {
    each.id: each
    for each in (
        index_tables.RESULTS,
        index_tables.INDICATORS,
        index_tables.BANDS,
        index_tables.REFERENCES,
        index_tables.METHODS,
        counts.FIGURES,
        counts.SERIES,
        territory.UNITS,
        territory.MEMBERSHIPS,
        territory.POINTS,
        territory.COOPERATIONS,
        territory.PLANS,
    )
}
TITLE: Final = Words(cs="Otevřená data Pospolu", en="Open data of Pospolu")
DESCRIPTION: Final = Words(
    cs="Datové sady o územních celcích, Indexu sociálního vyloučení a sociálním začleňování v Česku.",
    en="Datasets on territorial units, the Index of social exclusion and social inclusion in Czechia.",
)
PUBLISHER_ICO: Final = "66002222"
PUBLISHER: Final = Words(
    cs="Ministerstvo pro místní rozvoj – Agentura pro sociální začleňování",
    en="Ministry of Regional Development – Agency for Social Inclusion",
)
NO_MEASURE: Final = Words(cs="Není třeba.", en="None needed.")
RISKS: Final[Mapping[Risk, tuple[Words, Words]]] = {
    Risk.AGAINST_THE_LAW: (
        Words(cs="Zveřejnění v rozporu se zákonem", en="Publication against the law"),
        Words(cs="Posouzení právníkem před vydáním.", en="A lawyer looks at it before."),
    ),
    Risk.TRADE_SECRETS: (
        Words(cs="Porušení obchodního tajemství", en="Breach of trade secrets"),
        Words(cs="Smlouvy se zdroji dat se ověřují.", en="Contracts with sources are checked."),
    ),
    Risk.PERSONAL_DATA: (
        Words(cs="Porušení ochrany osobních údajů", en="Breach of personal data protection"),
        Words(
            cs="Sada nemá řádky o osobách; malé počty, které sbíráme sami, skrývá služba potlačení.",
            en="No rows on persons; small counts that we collect are hidden by the suppression service.",
        ),
    ),
    Risk.UNFIT_DATA: (
        Words(cs="Zveřejnění nevhodných dat či informací", en="Publication of unfit data"),
        Words(
            cs="Kontroly při příjmu, u každého údaje je zdroj a vydání.",
            en="Checks on arrival; each figure has its source and edition.",
        ),
    ),
    Risk.MISREADING: (
        Words(cs="Dezinterpretace dat", en="Misreading of the data"),
        Words(
            cs="Každý sloupec je popsán ve schématu, index má veřejné vysvětlení a metodiku.",
            en="Each column is described in the schema; the Index has a public explanation and method.",
        ),
    ),
    Risk.NO_READERS: (
        Words(cs="Absence konzumentů dat", en="Nobody reads the data"),
        Words(cs="Sledujeme počet stažení.", en="Downloads are counted."),
    ),
    Risk.OVERLAP: (
        Words(cs="Překrývání dat", en="Overlap with other data"),
        Words(
            cs="Uveden je původní zdroj; rozhodující je jeho vydání.",
            en="The original source is named, and decides.",
        ),
    ),
    Risk.SAFETY: (
        Words(cs="Ohrožení bezpečnosti státu, majetku a osob", en="Danger to the state, property or people"),
        Words(cs="Sada neobsahuje chráněné objekty.", en="The dataset has no protected objects."),
    ),
}
"""Of each risk its name, and what is done where there is some."""


def dataset_of(dataset_id: str) -> Dataset:
    """Return the dataset or raise DatasetUnknown."""
    if dataset_id not in DATASETS:
        raise DatasetUnknown(id=dataset_id)
    return DATASETS[dataset_id]
