"""Sentences on the Index of one year: its sub-scores, where its points come from, the whole."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from registry.exclusion.frame import Way
from registry.exclusion.method import Indicator
from registry.explanation.distances import Component, SubScore
from registry.explanation.nouns import counted_by, population_of
from registry.explanation.sizes import SizeMean
from registry.explanation.standing import Basis, Donor, Evidence, Standing
from registry.explanation.wording import (
    NBSP,
    NOTHING,
    Said,
    cs,
    decimal_text,
    en,
    number,
    percent,
    points,
    shown,
)

HIGHEST = 6
_WAYS: Mapping[Way, Said] = {
    Way.NEAREST: Said("nejbližší obce se školou", "the nearest municipality with a school"),
    Way.CHOSEN: Said("kterou určila Agentura", "which the Agency chose"),
    Way.IMPORTED: Said("kterou uvádí převzatý seznam", "which an imported list names"),
}


def of_component(
    indicator: Indicator, component: Component, *, evidence: Evidence, donor: Donor | None
) -> Said:
    """Return the value, on which side of its bounds it lies, and how far it is to the next point."""
    said = _uncountable(indicator, component, evidence) or _value(indicator, component)
    said = Said(
        f"{said.cs}: {points(component.points).cs}.", f"{said.en}: {points(component.points).en}."
    ).then(_distance(indicator, component))
    return said if donor is None else _of_donor(donor, said)


def of_basis(indicator: Indicator, basis: Basis) -> Said:
    """Return the points of an indicator and, where they are not its own, from where they are."""
    if basis.points is None:
        return Said(
            f"{indicator.name_cs}: body nejsou známy, chybějí údaje.",
            f"{indicator.name_en}: the points are not known, figures are missing.",
        )
    got = points(basis.points)
    heading = Said(
        f"{indicator.name_cs}: {got.cs} z{NBSP}{HIGHEST}.", f"{indicator.name_en}: {got.en} out of {HIGHEST}."
    )
    return heading.then(_origin(basis))


def of_year(standing: Standing, size: SizeMean | None) -> Said:
    """Return the Index with its band, and the mean of municipalities of the same size beside it."""
    town, year = standing.municipality.name, standing.year
    band = standing.band
    if standing.index is None or band is None:
        missing = [
            i for i, b in zip(standing.method.indicators, standing.bases, strict=True) if b.points is None
        ]
        return Said(
            f"Index obce {town} za rok {year} není znám."
            f" Chybějí údaje: {_listed(i.name_cs for i in missing)}.",
            f"The Index of {town} in {year} is not known. Missing: {_listed(i.name_en for i in missing)}.",
        )
    highest = standing.method.highest_index
    whole = Said(
        f"Index obce {town} za rok {year} je {standing.index} z{NBSP}{highest} možných"
        f" (pásmo {band.number}: {band.name_cs}).",
        f"The Index of {town} in {year} is {standing.index} out of {highest}"
        f" (band {band.number}: {band.name_en}).",
    )
    return whole if size is None else whole.then(of_size(size))


def of_size(size: SizeMean) -> Said:
    """Return the mean of the size class: an Index is not to be compared across sizes without it."""
    mean, count = number(size.mean), number(size.municipalities)
    lowest, highest = number(size.size.lowest), number(size.size.highest or 0)
    if size.size.highest is None:
        between = Said(f"{lowest.cs} a{NBSP}více", f"{lowest.en} or more")
    else:
        between = Said(f"od {lowest.cs} do {highest.cs}", f"{lowest.en} to {highest.en}")
    return Said(
        f"Obce, ve kterých žije {between.cs} obyvatel ve věku 15{NBSP}a více let, mají v průměru {mean.cs}"
        f" (počet obcí: {count.cs}).",
        f"Municipalities with {between.en} inhabitants aged 15{NBSP}or more have {mean.en} on average"
        f" (municipalities: {count.en}).",
    )


def _value(indicator: Indicator, component: Component) -> Said:
    many = counted_by(indicator).many
    if component.kind is SubScore.ABSOLUTE:
        value = number(component.value)
        subject = Said(f"Počet {many.cs} je {value.cs}", f"The number of {many.en} is {value.en}")
        return _beside(subject, component, unit=NOTHING)
    text = shown(component.value, component.bounds)
    if component.kind is SubScore.SHARE:
        value = percent(text)
        subject = Said(f"Podíl {many.cs} je {value.cs}", f"The share of {many.en} is {value.en}")
        return _beside(subject, component, unit=Said(f"{NBSP}%", "%"))
    against = percent(decimal_text(component.reference, 2))
    subject = Said(
        f"Lokalizační kvocient (podíl {many.cs} dělený srovnávacím podílem státu a kraje {against.cs})"
        f" je {cs(text)}",
        f"The location quotient (the share of {many.en} divided by the reference of the state and the region,"
        f" {against.en}) is {en(text)}",
    )
    return _beside(subject, component, unit=NOTHING)


def _beside(subject: Said, component: Component, *, unit: Said) -> Said:
    first, second = number(component.bounds.first, 4), number(component.bounds.second, 4)
    relations = (
        Said(f"méně než {first.cs}{unit.cs}", f"less than {first.en}{unit.en}"),
        Said(f"v mezích od {first.cs} do {second.cs}{unit.cs}", f"from {first.en} to {second.en}{unit.en}"),
        Said(f"více než {second.cs}{unit.cs}", f"more than {second.en}{unit.en}"),
    )
    relation = relations[component.points]
    return Said(f"{subject.cs}, {relation.cs}", f"{subject.en}, {relation.en}")


def _uncountable(indicator: Indicator, component: Component, evidence: Evidence) -> Said | None:
    if component.kind is SubScore.ABSOLUTE:
        return None
    population = population_of(indicator).many
    if evidence.ratio.denominator == 0:
        return Said(
            f"Podíl není z čeho počítat (počet {population.cs} je 0)",
            f"There is nothing to take a share of (the number of {population.en} is 0)",
        )
    if component.kind is SubScore.QUOTIENT and not component.reference:
        return Said(
            f"Kvocient není s čím srovnávat (srovnávací podíl státu a kraje je 0{NBSP}%)",
            "There is nothing to compare the share to (the reference of the state and the region is 0%)",
        )
    return None


def _distance(indicator: Indicator, component: Component) -> Said:
    noun = counted_by(indicator)
    said = NOTHING
    if component.more is not None:
        more = noun.counted(component.more)
        said = said.then(
            Said(
                f"Bod by přibyl při nárůstu nejméně o {more.cs}.",
                f"A point would be gained with at least {more.en} more.",
            )
        )
    if component.fewer is not None:
        fewer = noun.counted(component.fewer)
        said = said.then(
            Said(
                f"Bod by ubyl při poklesu nejméně o {fewer.cs}.",
                f"A point would be lost with at least {fewer.en} fewer.",
            )
        )
    return said


def _of_donor(donor: Donor, said: Said) -> Said:
    name = donor.municipality.name
    return Said(
        f"Podle údajů obce {name}: {said.cs[0].lower()}{said.cs[1:]}",
        f"By the figures of {name}: {said.en[0].lower()}{said.en[1:]}",
    )


def _origin(basis: Basis) -> Said:
    if basis.way is Way.PUBLISHED:
        return Said(
            "Obec nemá vlastní údaje o škole; body jsou tím, co zbývá ze zveřejněného Indexu"
            " po odečtení ostatních ukazatelů.",
            "The municipality has no school figures of its own; the points are what remains of the published"
            " Index after the other indicators.",
        )
    if basis.donor is None:
        return NOTHING
    name, how, far = basis.donor.municipality.name, _WAYS[basis.way], _far(basis.donor.distance_m)
    return Said(
        f"Obec nemá vlastní údaje o škole, a proto přebírá body obce {name}, {how.cs}{far.cs}.",
        f"The municipality has no school figures of its own and takes over the points of {name},"
        f" {how.en}{far.en}.",
    )


def _far(metres: Decimal | None) -> Said:
    if metres is None:
        return NOTHING
    km = number(Fraction(metres) / 1000, 1)
    return Said(f" (vzdálenost {km.cs}{NBSP}km)", f" ({km.en}{NBSP}km away)")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
