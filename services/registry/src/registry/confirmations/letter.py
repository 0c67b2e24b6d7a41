"""The text of a confirmation in Czech and in English, ready to print."""

from collections.abc import Sequence

from registry.averages.domain import Averaging, EditionUsed, Missing, Value, breaks
from registry.averages.wording import (
    WORDS,
    break_cs,
    break_en,
    counted_cs,
    counted_en,
    decimal_cs,
    fraction_text,
)
from registry.confirmations.domain import Confirmation, NamedUnit
from registry.profiles.wording import KINDS
from shared.contracts.registry import UnitKind
from shared.days import day_text

_NBSP = "\N{NO-BREAK SPACE}"


def letter_cs(confirmation: Confirmation, digest: str) -> str:
    average = confirmation.average
    words = WORDS[average.averaging]
    count = counted_cs(len(confirmation.average.municipalities), "obec", "obce", "obcí")
    verdict = "dosahuje" if confirmation.reaches_threshold else "nedosahuje"
    area = f" v celku {_named(confirmation.within, 'cs')}" if confirmation.within else ""
    paragraphs = [
        f"POTVRZENÍ č.{_NBSP}{confirmation.number}",
        "o průměrné hodnotě indexu sociálního vyloučení",
        (
            f"Vydáno dne {day_text(confirmation.issued_on, 'cs')}. "
            f"Žadatel: {_named(confirmation.applicant, 'cs')}."
        ),
        f"Účel: {confirmation.purpose}",
        (
            f"Datové roky: {_listed(sorted(confirmation.asked.years), 'a')}. "
            f"Území: {count}{area}, stav ke dni {day_text(confirmation.asked.set_on, 'cs')}."
        ),
        (
            f"Průměrný index činí {decimal_cs(average.rounded)} (přesně {fraction_text(average.exact)}) "
            f"a {verdict} hranice {decimal_cs(confirmation.threshold)}. "
            "S hranicí se porovnává přesná hodnota, nikoli zaokrouhlená."
        ),
        (
            f"Způsob průměrování: {words.cs}. Vzorec: {words.formula_cs}. "
            "Jiný způsob průměrování téhož území dává jiné číslo."
        ),
        f"Vynecháno pro chybějící údaj: {_left_out(average.left_out, 'nic')}."
        if confirmation.asked.missing is Missing.LEAVE_OUT
        else "Žádná hodnota nebyla vynechána.",
        (
            f"Obce a jejich index ({_years(confirmation)}"
            f"{'; v závorce obyvatelé 15+' if _is_weighted(confirmation) else ''}):\n{_table(confirmation)}"
        ),
        "Vydání indexu:\n" + "\n".join(_edition(each, "výpočet č.") for each in confirmation.editions),
        *(break_cs(after.year, before.method, after.method) for before, after in _breaks(confirmation)),
        "Pozdější vydání indexu toto potvrzení nemění.",
        f"Otisk obsahu (SHA-256): {digest}",
    ]
    return "\n\n".join(paragraphs)


def letter_en(confirmation: Confirmation, digest: str) -> str:
    average = confirmation.average
    words = WORDS[average.averaging]
    count = counted_en(len(confirmation.average.municipalities), "municipality", "municipalities")
    verdict = "reaches" if confirmation.reaches_threshold else "does not reach"
    area = f" within {_named(confirmation.within, 'en')}" if confirmation.within else ""
    paragraphs = [
        f"CONFIRMATION No.{_NBSP}{confirmation.number}",
        "of the average Index of social exclusion",
        (
            f"Issued on {day_text(confirmation.issued_on, 'en')}. "
            f"Applicant: {_named(confirmation.applicant, 'en')}."
        ),
        f"Purpose: {confirmation.purpose}",
        (
            f"Data years: {_listed(sorted(confirmation.asked.years), 'and')}. "
            f"Territory: {count}{area}, as on {day_text(confirmation.asked.set_on, 'en')}."
        ),
        (
            f"The average Index is {average.rounded:f} (exactly {fraction_text(average.exact)}) "
            f"and {verdict} the threshold of {confirmation.threshold:f}. "
            "The exact value is compared to the threshold, not the rounded one."
        ),
        (
            f"Way of averaging: {words.en}. Formula: {words.formula_en}. "
            "Another way of averaging gives another number for the same territory."
        ),
        f"Left out for want of data: {_left_out(average.left_out, 'nothing')}."
        if confirmation.asked.missing is Missing.LEAVE_OUT
        else "No value was left out.",
        (
            f"Municipalities and their Index ({_years(confirmation)}"
            f"{'; in brackets population 15+' if _is_weighted(confirmation) else ''})"
            f":\n{_table(confirmation)}"
        ),
        "Editions of the Index:\n"
        + "\n".join(_edition(each, "computation") for each in confirmation.editions),
        *(break_en(after.year, before.method, after.method) for before, after in _breaks(confirmation)),
        "Later editions of the Index do not change this confirmation.",
        f"Digest of the content (SHA-256): {digest}",
    ]
    return "\n\n".join(paragraphs)


def _breaks(confirmation: Confirmation) -> list[tuple[EditionUsed, EditionUsed]]:
    return breaks(confirmation.editions)


def _named(unit: NamedUnit, language: str) -> str:
    """Return a name with its kind: Most is a town, a district and two administrative areas."""
    said = KINDS[UnitKind(unit.kind)]
    kind, code = (said.cs, "kód") if language == "cs" else (said.en, "code")
    return f"{unit.name} ({kind}, {code}{_NBSP}{unit.code})" if unit.code else f"{unit.name} ({kind})"


def _listed(years: Sequence[int], conjunction: str) -> str:
    *first, last = (str(year) for year in years)
    return f"{', '.join(first)} {conjunction}{_NBSP}{last}" if first else last


def _years(confirmation: Confirmation) -> str:
    return ", ".join(str(year) for year in sorted(confirmation.asked.years))


def _left_out(values: Sequence[Value], nothing: str) -> str:
    named = [f"{value.municipality.code} {value.municipality.name} {value.year}" for value in values]
    return ", ".join(named) or nothing


def _table(confirmation: Confirmation) -> str:
    everything = (*confirmation.average.used, *confirmation.average.left_out)
    values = {(value.municipality.unit_id, value.year): value for value in everything}
    years = sorted(confirmation.asked.years)
    weighted = _is_weighted(confirmation)
    return "\n".join(
        f"{each.code} {each.name}: "
        + ", ".join(_index(values[each.unit_id, year], weighted=weighted) for year in years)
        for each in confirmation.average.municipalities
    )


def _is_weighted(confirmation: Confirmation) -> bool:
    return confirmation.average.averaging is Averaging.WEIGHTED_BY_POPULATION


def _index(value: Value, *, weighted: bool) -> str:
    index = "–" if value.index is None else str(value.index)
    population = "–" if value.population_15_plus is None else str(value.population_15_plus)
    return f"{index}{_NBSP}({population})" if weighted else index


def _edition(edition: EditionUsed, computation: str) -> str:
    number = f"{computation}{_NBSP}{edition.computation_id}"
    return f"{edition.year}: {edition.method}, {number}, SHA-256 {edition.results_digest}"
