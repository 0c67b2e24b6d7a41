"""Sentences on the change between two years: each indicator, each cause, and the whole."""

from fractions import Fraction

from registry.explanation import sentences
from registry.explanation.causes import FACTORS, LABELS, Cause, Sides
from registry.explanation.decomposition import Change, IndicatorChange
from registry.explanation.domain import Explained
from registry.explanation.standing import Standing
from registry.explanation.wording import NBSP, NOTHING, Said, in_hundredths, out_of_cs, points, signed_points


def of_indicator(change: IndicatorChange, sides: Sides) -> Said:
    before, after = points(change.before), points(change.after)
    name = sides.indicator
    if change.before == change.after:
        return Said(f"{name.name_cs}: beze změny ({after.cs}).", f"{name.name_en}: no change ({after.en}).")
    return Said(
        f"{name.name_cs}: dříve {before.cs}, nyní {after.cs}.",
        f"{name.name_en}: {before.en} before, {after.en} now.",
    )


def of_total(cause: Cause, value: Fraction) -> Said:
    label, got = LABELS[cause], signed_points(value)
    return Said(f"{label.cs[0].upper()}{label.cs[1:]}: {got.cs}.", f"{label.en.capitalize()}: {got.en}.")


def of_change(change: Change) -> Said:
    """Return what a mayor can say aloud."""
    said = _movement(change).then(_reason(change))
    return said.then(_band(change))


def of_unknown(before: Standing, after: Standing) -> Said:
    years = [each.year for each in (before, after) if each.index is None]
    listed = " a ".join(map(str, years)), " and ".join(map(str, years))
    return Said(
        f"Změnu nelze rozložit: Index za rok {listed[0]} není znám.",
        f"The change cannot be split: the Index of {listed[1]} is not known.",
    )


def _movement(change: Change) -> Said:
    town, years = change.after.municipality.name, (change.before.year, change.after.year)
    before, after = change.before.index, change.after.index
    if years[0] == years[1]:
        methods = change.before.method.code, change.after.method.code
        return Said(
            f"Index obce {town} za rok {years[0]} je podle metodiky {methods[0]} {before}"
            f" a podle metodiky {methods[1]} {after}.",
            f"The Index of {town} in {years[0]} is {before} by the method {methods[0]}"
            f" and {after} by the method {methods[1]}.",
        )
    if change.difference == 0:
        return Said(
            f"Index obce {town} je v roce {years[1]} stejný jako v roce {years[0]}: {after}.",
            f"The Index of {town} is the same in {years[1]} as in {years[0]}: {after}.",
        )
    by = points(abs(change.difference))
    rose = change.difference > 0
    return Said(
        f"Index obce {town} {'stoupl' if rose else 'klesl'} mezi roky {years[0]} a {years[1]}"
        f" {out_of_cs(str(before))}{NBSP}{before} na{NBSP}{after}, tedy o {by.cs}.",
        f"The Index of {town} {'rose' if rose else 'fell'} between {years[0]} and {years[1]}"
        f" from {before} to {after}, by {by.en}.",
    )


def _reason(change: Change) -> Said:
    """Name the cause that did most of it, and what the municipality itself had to do with it."""
    totals = {cause: change.total(*factors) for cause, factors in FACTORS.items()}
    if change.difference == 0:
        if not any(totals.values()):
            return NOTHING
        return Said("Jednotlivé vlivy se navzájem vyrovnaly.", "The causes made up for one another.")
    rounded = in_hundredths(totals)
    cause = max(totals, key=lambda each: totals[each] * change.difference)
    label, got = LABELS[cause], signed_points(rounded[cause])
    main = Said(f"Hlavní příčina: {label.cs} ({got.cs}).", f"Main cause: {label.en} ({got.en}).")
    if _nothing_changed_in_town(change):
        return Said("V obci samé se nic nezměnilo.", "Nothing changed in the municipality itself.").then(main)
    if totals[Cause.NUMERATOR] == totals[Cause.DENOMINATOR] == 0:
        return Said(
            "Vlastní údaje obce na to neměly vliv.", "The municipality's own figures had no part in it."
        ).then(main)
    return main


def _nothing_changed_in_town(change: Change) -> bool:
    def own(standing: Standing) -> list[object]:
        return [basis.evidence.ratio for basis in standing.bases if basis.is_own and basis.evidence]

    return own(change.before) == own(change.after)


def _band(change: Change) -> Said:
    before, after = change.before.band, change.after.band
    if before is None or after is None or before == after or change.before.method != change.after.method:
        return NOTHING
    return Said(
        f"Obec tím přešla z{NBSP}pásma {before.number} ({before.name_cs})"
        f" do pásma {after.number} ({after.name_cs}).",
        f"The municipality moved from band {before.number} ({before.name_en})"
        f" to band {after.number} ({after.name_en}).",
    )


def of_explained(explained: Explained) -> Said:
    """Return the first thing to say: the change, else the year, else that there is nothing to explain."""
    standing, before = explained.standing, explained.before
    if standing is None:
        return _not_computed(explained)
    if explained.change is not None:
        return of_change(explained.change)
    if before is not None:
        return of_unknown(before, standing)
    said = sentences.of_year(standing, explained.size)
    since = explained.asked.since
    if since is None:
        return said
    return said.then(
        Said(
            f"Srovnání chybí: Index za rok {since} nebyl vypočten.",
            f"There is nothing to compare it to: the Index of {since} is not computed.",
        )
    )


def _not_computed(explained: Explained) -> Said:
    year, name = explained.asked.year, explained.name
    if not explained.years:
        return Said(
            f"Index pro „{name}“ zatím nebyl vypočten.", f"The Index of “{name}” is not computed yet."
        )
    years = ", ".join(map(str, explained.years))
    return Said(
        f"Index pro „{name}“ za rok {year} nebyl vypočten. Vypočtené roky: {years}.",
        f"The Index of “{name}” is not computed for {year}. Years computed: {years}.",
    )
