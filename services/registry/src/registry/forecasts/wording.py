"""What a forecast stands on, in plain Czech and English."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from registry.forecasts.backtest import LEAST_HISTORY
from registry.forecasts.history import Reason
from registry.forecasts.models import Family, Group, Model
from registry.forecasts.panel import SIZES

NBSP = "\N{NO-BREAK SPACE}"


class Said(NamedTuple):
    """The same in both languages."""

    cs: str
    en: str


_GROUPS: Mapping[Group, Said] = {
    Group.REGION: Said("kraje", "the region"),
    Group.STATE: Said("celé země", "the whole country"),
}
_STAYS = Said("se dál nemění", "stays as it is")
_GOES_ON = Said(
    "se vyvíjí jako v posledních letech, každý další rok o {left}\u00a0% předchozí změny",
    "goes on as in recent years, each year by {left} % of the change before",
)
_MODELS: Mapping[Family, Said] = {
    Family.LAST_VALUE: Said("Stejně jako v posledním známém roce.", "The same as in the last known year."),
    Family.SMOOTHING: Said(
        "Vážený průměr minulých let; poslední rok má váhu {newest}\u00a0%.",
        "A weighted mean of past years; the last one weighs {newest} %.",
    ),
    Family.DAMPED_DRIFT: Said(
        "Poslední hodnota a průměrná roční změna obce, každý další rok {left}\u00a0% té předchozí.",
        "The last value and the municipality's mean yearly change, each year {left} % of the one before.",
    ),
    Family.THETA: Said(
        "Vážený průměr minulých let (poslední {newest}\u00a0%) a polovina sklonu přímky jimi proložené.",
        "A weighted mean of past years (the last one {newest} %) and half the slope of their line.",
    ),
    Family.SHRUNK_DRIFT: Said(
        "Poslední hodnota a roční změna: z {own}\u00a0% vlastní, ve zbytku podle hodnoty {group},"
        " každý další rok {left}\u00a0% té předchozí.",
        "The last value and a yearly change: {own} % its own, the rest that of {group},"
        " each year {left} % of the one before.",
    ),
    Family.GROUP_TREND: Said(
        "Poměr obce k hodnotě {group} (poslední rok má váhu {newest}\u00a0%); hodnota {group} {then}.",
        "The municipality's ratio to {group} (the last year weighs {newest} %); the value of {group} {then}.",
    ),
    Family.POOLED_LEVEL: Said(
        "Podíl posledních let, k nimž je přidáno {prior}\u00a0osob s hodnotou {group};"
        " hodnota {group} {then}.",
        "The share of the last years with {prior} people added who have the share of {group};"
        " the value of {group} {then}.",
    ),
}
_LAST_SHOWN = Said("Uvádí se poslední známá hodnota.", "The last known value is shown.")
_LAST_ALTHOUGH = Said(
    "Přesto se uvádí poslední známá hodnota: za všechny obce nebo na kratší dobu předpověď přesnější nebyla.",
    "The last known value is shown all the same: over all municipalities or fewer years ahead it was not.",
)
_REASONS: Mapping[Reason, Said] = {
    Reason.HISTORY_TOO_SHORT: Said(
        "Údaje po sobě jdou jen {years}; k předpovědi jich je třeba aspoň {needed}.",
        "There are only {years} of figures in a row; a forecast takes at least {needed}.",
    ),
    Reason.TERRITORY_CHANGED: Said(
        "Území obce se změnilo, srovnatelné údaje jsou jen {years}; je třeba aspoň {needed}.",
        "The territory changed: comparable figures cover {years} only, at least {needed} are needed.",
    ),
    Reason.CONFIDENTIAL: Said(
        "Hodnota posledního roku je důvěrná.", "The value of the last year is confidential."
    ),
    Reason.NOT_KNOWN: Said("Hodnota posledního roku není známá.", "The value of the last year is not known."),
    Reason.NO_SCHOOL: Said(
        "Obec nemá vlastní školu; body přebírá od jiné obce.",
        "The municipality has no school of its own; it takes its points over from another one.",
    ),
    Reason.INDICATOR_MISSING: Said(
        "Index předpovědět nelze: některý z ukazatelů obce se nepředpovídá.",
        "The Index cannot be forecast: an indicator of the municipality is not forecast.",
    ),
    Reason.DONOR_MISSING: Said(
        "Index předpovědět nelze: není předpověď pro obec, od níž se přebírají body.",
        "The Index cannot be forecast: there is no forecast for the municipality that gives its points.",
    ),
}


def reason_said(reason: Reason, years: int) -> Said:
    facts_cs = {"years": years_cs(years), "needed": years_cs(LEAST_HISTORY)}
    facts_en = {"years": years_en(years), "needed": years_en(LEAST_HISTORY)}
    return Said(_REASONS[reason].cs.format(**facts_cs), _REASONS[reason].en.format(**facts_en))


def years_cs(count: int) -> str:
    word = "rok" if count == 1 else "roky" if 2 <= count <= 4 else "let"
    return f"{count}{NBSP}{word}"


def years_en(count: int) -> str:
    return f"{count} {'year' if count == 1 else 'years'}"


def model_said(model: Model) -> Said:
    """Return how the model comes to its number."""
    group = _GROUPS[model.group or Group.REGION]
    then = _STAYS if not model.damping else _GOES_ON
    facts = {"newest": model.smoothing, "left": model.damping, "own": model.own, "prior": model.prior}
    said = _MODELS[model.family]
    return Said(
        said.cs.format(**facts, group=group.cs, then=then.cs.format(**facts)),
        said.en.format(**facts, group=group.en, then=then.en.format(**facts)),
    )


def verdict_said(  # noqa: PLR0913
    *,
    year: int,
    horizon: int,
    mase: Decimal | None,
    mase_of_last_year: Decimal | None,
    series: int,
    beats: bool,
    last_shown: bool,
) -> Said:
    """Say whether the forecast was better than the last known value, and whether that is shown instead."""
    if mase is None or mase_of_last_year is None:
        said = Said(
            f"Přesnost na roce {year} změřit nelze: nebylo na čem.",
            f"The accuracy on {year} cannot be measured: there was nothing to measure it on.",
        )
    else:
        said = _compared(year, horizon, mase, mase_of_last_year, series, beats=beats)
    if not last_shown:
        return said
    shown = _LAST_ALTHOUGH if beats else _LAST_SHOWN
    return Said(f"{said.cs} {shown.cs}", f"{said.en} {shown.en}")


def _compared(
    year: int, horizon: int, mase: Decimal, mase_of_last_year: Decimal, series: int, *, beats: bool
) -> Said:
    ahead = Said(f"předpověď na {years_cs(horizon)} dopředu", f"the forecast {years_en(horizon)} ahead")
    figures = Said(
        f"(chyba MASE {decimal_cs(mase)} proti {decimal_cs(mase_of_last_year)};"
        f" počet obcí: {thousands(series, NBSP)})",
        f"(error MASE {mase:.2f} against {mase_of_last_year:.2f}; municipalities: {thousands(series, ',')})",
    )
    if beats:
        return Said(
            f"Na roce {year}, z něhož se model neučil, byla {ahead.cs} přesnější než „stejně jako loni“"
            f" {figures.cs}.",
            f"On {year}, which the model had not seen, {ahead.en} was more accurate than “same as last year”"
            f" {figures.en}.",
        )
    return Said(
        f"Na roce {year} {ahead.cs} nepřekonala „stejně jako loni“ {figures.cs}.",
        f"On {year} {ahead.en} did not beat “same as last year” {figures.en}.",
    )


def decimal_cs(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


def thousands(count: int, separator: str) -> str:
    return f"{count:,}".replace(",", separator)


def size_said(size: int) -> Said:
    """Return the size class by population 15+."""
    if not size:
        return Said("všechny obce", "all municipalities")
    if size > len(SIZES):
        return Said(
            f"nad {thousands(SIZES[-1], NBSP)} obyvatel 15+", f"over {thousands(SIZES[-1], ',')} people 15+"
        )
    low, high = SIZES[size - 2] + 1 if size > 1 else 0, SIZES[size - 1]
    return Said(
        f"{thousands(low, NBSP)} až {thousands(high, NBSP)} obyvatel 15+",
        f"{thousands(low, ',')} to {thousands(high, ',')} people 15+",
    )
