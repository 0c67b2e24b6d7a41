"""Sentences on what each cause did to the points of an indicator between two years."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from registry.explanation.causes import FACTORS, Cause, Effect, Sides
from registry.explanation.decomposition import IndicatorChange
from registry.explanation.nouns import Noun, counted_by, population_of
from registry.explanation.standing import Basis
from registry.explanation.wording import (
    NBSP,
    NOTHING,
    Said,
    apart,
    decimal_text,
    in_hundredths,
    number,
    out_of_cs,
    percent,
    points,
)


def effects(change: IndicatorChange, sides: Sides) -> list[Effect]:
    """Return the causes that were in play, each with its sentence."""
    exact = {
        cause: sum((change.effects[each] for each in factors if each in change.effects), Fraction(0))
        for cause, factors in FACTORS.items()
        if any(each in change.effects for each in factors)
    }
    rounded = in_hundredths(exact)
    return [
        Effect(
            cause=cause,
            exact=value,
            rounded=rounded[cause],
            said=_TELL[cause](sides).then(_outcome(rounded[cause])),
        )
        for cause, value in exact.items()
    ]


def _outcome(rounded: Fraction) -> Said:
    if rounded == 0:
        return Said("Na body to nemělo vliv.", "It did not move the points.")
    got = points(abs(rounded))
    if rounded > 0:
        return Said(f"To přidalo {got.cs}.", f"That added {got.en}.")
    return Said(f"To ubralo {got.cs}.", f"That took away {got.en}.")


def _of_numerator(sides: Sides) -> Said:
    """Return how the count moved, and the share with it."""
    old, new = sides.old, sides.new
    if old is None or new is None or old.count is None or new.count is None:
        return NOTHING
    said = _moved(counted_by(sides.indicator), old.count, new.count)
    if old.count == new.count or old.share is None or new.share is None or old.share == new.share:
        return Said(f"{said.cs}.", f"{said.en}.")
    share = _fell_or_rose(old.share, new.share)
    return Said(f"{said.cs}; podíl {share.cs}.", f"{said.en}; the share {share.en}.")


def _of_denominator(sides: Sides) -> Said:
    old, new = sides.old, sides.new
    if old is None or new is None or old.basis.evidence is None or new.basis.evidence is None:
        return NOTHING
    said = _moved(
        population_of(sides.indicator),
        Fraction(old.basis.evidence.ratio.denominator),
        Fraction(new.basis.evidence.ratio.denominator),
    )
    return Said(f"{said.cs}.", f"{said.en}.")


def _of_reference(sides: Sides) -> Said:
    old, new = sides.old, sides.new
    if old is None or new is None or old.basis.evidence is None or new.basis.evidence is None:
        return NOTHING
    before = old.basis.evidence.reference(old.method, old.indicator)
    after = new.basis.evidence.reference(new.method, new.indicator)
    moved = _fell_or_rose(before, after)
    said = Said(
        f"Srovnávací podíl státu a kraje {moved.cs}.",
        f"The reference of the state and the region {moved.en}.",
    )
    if sides.same_region:
        return said
    return Said(
        "Obec se nově srovnává s jiným krajem.", "The municipality is compared to another region."
    ).then(said)


def _of_donor(sides: Sides) -> Said:
    old, new = sides.old, sides.new
    if old is None or new is None:
        return NOTHING
    before, after = _source(old.basis), _source(new.basis)
    if before == after:
        said = Said(f"Body se berou {after.cs}", f"The points are taken {after.en}")
        counts = _of_numerator(sides) if old.basis.donor and new.basis.donor else NOTHING
        return Said(f"{said.cs}.", f"{said.en}.").then(counts)
    return Said(
        f"Body se dříve braly {before.cs}, nyní {after.cs}.",
        f"The points were taken {before.en}, now {after.en}.",
    )


def _source(basis: Basis) -> Said:
    if basis.is_own:
        return Said("z vlastních údajů obce", "from the municipality's own figures")
    if basis.donor is not None:
        name = basis.donor.municipality.name
        return Said(f"od obce {name}", f"from {name}")
    return Said("z toho, co zbývá ze zveřejněného Indexu", "from what remains of the published Index")


def _of_method(sides: Sides) -> Said:
    old, new = sides.old, sides.new
    if old is None:
        return Said("Nová metodika tento ukazatel přidala.", "The new method added this indicator.")
    if new is None:
        return Said("Nová metodika tento ukazatel nemá.", "The new method does not have this indicator.")
    counted = [(side.indicator.numerator, side.indicator.denominator) for side in (old, new)]
    names = old.method.code, new.method.code
    said = Said(
        f"Změnila se metodika ({names[0]} → {names[1]}).", f"The method changed ({names[0]} → {names[1]})."
    )
    if counted[0] == counted[1]:
        return said
    return said.then(Said("Ukazatel nově počítá něco jiného.", "The indicator counts something else now."))


def _moved(noun: Noun, before: Fraction, after: Fraction) -> Said:
    """Return by how much a count moved, without a full stop."""
    many, to = noun.many, number(after)
    if before == after:
        return Said(
            f"Počet {many.cs} zůstal stejný ({to.cs})", f"The number of {many.en} stayed the same ({to.en})"
        )
    by, start = number(abs(after - before)), number(before)
    grew = after > before
    of = out_of_cs(decimal_text(before, 2))
    return Said(
        f"{many.cs[0].upper()}{many.cs[1:]} {'přibylo' if grew else 'ubylo'} o{NBSP}{by.cs}"
        f" ({of}{NBSP}{start.cs} na{NBSP}{to.cs})",
        f"The number of {many.en} {'rose' if grew else 'fell'} by {by.en} (from {start.en} to {to.en})",
    )


def _fell_or_rose(before: Fraction, after: Fraction) -> Said:
    """Return how a share moved, with as many places as it takes to see it."""
    start, end = apart(before, after)
    to = percent(end)
    if before == after:
        return Said(f"zůstal {to.cs}", f"stayed at {to.en}")
    grew = after > before
    return Said(
        f"{'stoupl' if grew else 'klesl'} {out_of_cs(start)}{NBSP}{percent(start).cs} na{NBSP}{to.cs}",
        f"{'rose' if grew else 'fell'} from {percent(start).en} to {to.en}",
    )


_TELL: Mapping[Cause, Callable[[Sides], Said]] = {
    Cause.NUMERATOR: _of_numerator,
    Cause.DENOMINATOR: _of_denominator,
    Cause.REFERENCE: _of_reference,
    Cause.DONOR: _of_donor,
    Cause.METHOD: _of_method,
}
