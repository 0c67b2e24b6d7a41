"""Values, periods and findings about evidence, as people say them in Czech and in English."""

from datetime import date
from decimal import Decimal

from planning.evidence.domain import OF_INDEX, Citation, Measure

Both = tuple[str, str]
"""The same in Czech and in English."""


def number_text(value: Decimal, language: str) -> str:
    """Return digits with the decimal mark of the language, without zeros at the end."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if language == "cs" else text


def period_text(period: date, *, monthly: bool) -> str:
    return f"{period.month}/{period.year}" if monthly else str(period.year)


def value_text(measure: Measure, value: Decimal) -> Both:
    """Return the value with its noun: points of the Index, its band, a bare figure."""
    cs, en = number_text(value, "cs"), number_text(value, "en")
    if measure is Measure.BAND:
        return f"pásmo {cs}", f"band {en}"
    if measure not in OF_INDEX:
        return cs, en
    noun = "bod" if value == 1 else "body" if value in {2, 3, 4} else "bodů"
    return f"{cs} {noun}", f"{en} point{'' if value == 1 else 's'}"


def cited_and_now(citation: Citation, value: Decimal, period: date, *, monthly: bool) -> Both:
    """Return “citováno 12 bodů (2022), nově 9 (2023)”."""
    if citation.value is None or citation.period is None:
        raise ValueError("an analysis cites no value")
    before = value_text(citation.measure, citation.value)
    was, is_ = period_text(citation.period, monthly=monthly), period_text(period, monthly=monthly)
    return (
        f"Citováno {before[0]} ({was}), nově {number_text(value, 'cs')} ({is_}).",
        f"Cited {before[1]} ({was}), now {number_text(value, 'en')} ({is_}).",
    )


def broken_text(citation: Citation, value: Decimal) -> Both:
    """Return which part of the claim the value breaks."""
    claim = citation.claim
    if claim.at_least is not None and value < claim.at_least:
        cs, en = number_text(claim.at_least, "cs"), number_text(claim.at_least, "en")
        return f"Tvrzení platí nejméně od {cs}.", f"The claim holds from {en} up."
    if claim.at_most is not None and value > claim.at_most:
        cs, en = number_text(claim.at_most, "cs"), number_text(claim.at_most, "en")
        return f"Tvrzení platí nejvýše do {cs}.", f"The claim holds up to {en}."
    tolerance = claim.tolerance_percent or Decimal(0)
    cs, en = number_text(tolerance, "cs"), number_text(tolerance, "en")
    return f"Odchylka je větší než {cs} %.", f"The difference is above {en}%."


def told_otherwise(citation: Citation, value: Decimal) -> Both:
    """Return that the registry tells another value of the very edition that was cited."""
    if citation.value is None:
        raise ValueError("an analysis cites no value")
    cited, told = value_text(citation.measure, citation.value), value_text(citation.measure, value)
    return (
        f"Citováno {cited[0]}, registr v tomto vydání uvádí {told[0]}.",
        f"Cited {cited[1]}, the registry tells {told[1]} in this edition.",
    )


CURRENT: Both = ("Citováno je nejnovější vydání.", "The newest edition is cited.")
HOLDS: Both = ("Tvrzení platí.", "The claim holds.")
NOT_THERE: Both = ("Registr takový údaj nemá.", "The registry has no such figure.")
EDITION_GONE: Both = (
    "Citované vydání registr už neuvádí.",
    "The registry does not tell the cited edition any more.",
)
HIDDEN: Both = ("Citovanou hodnotu registr nezveřejňuje.", "The registry does not publish the cited value.")
NEWER_HIDDEN: Both = (
    "Novější hodnotu registr nezveřejňuje.",
    "The registry does not publish the newer value.",
)
NO_LONGER: Both = (
    "Údaj v novějším vydání není; žádné platné ho neuvádí.",
    "No edition in force tells the figure any more.",
)
OTHER_METHOD: Both = (
    "Novější rok je podle jiné metodiky; hodnoty nelze srovnat.",
    "The newer year is by another method; the values cannot be compared.",
)
