"""What is said of a unit first, and what is said where there is nothing to show."""

from typing import Final

from registry.averages.wording import counted_cs, counted_en
from registry.explanation.change_sentences import of_explained
from registry.explanation.wording import Said, number
from registry.profiles.domain import Area, AreaYear, Profile

PLAIN: Final = Said("prostý průměr obcí", "plain mean of municipalities")
WEIGHTED: Final = Said(
    "průměr vážený počtem obyvatel ve věku 15 a více let", "mean weighted by population aged 15 or more"
)
"""The two ways of averaging; neither is to be read without its name."""
_NO_COOPERATION: Final = Said(
    "S Agenturou zatím nespolupracuje a ani v minulosti nespolupracovala.",
    "There is no cooperation with the Agency, and there was none in the past.",
)
_NO_PLAN: Final = Said("Žádný schválený plán není evidován.", "No approved plan is on record.")
_NO_FIGURES: Final = Said("Žádné statistické údaje nejsou evidovány.", "No figures are on record.")
_NO_PEERS: Final = Said(
    "Podobné obce nelze hledat: chybí počet obyvatel ve věku 15 a více let.",
    "Similar municipalities cannot be looked for: the population aged 15 or more is missing.",
)
_NO_OUTLOOK: Final = Said(
    "Předpověď pro tuto obec zatím nebyla vypočtena.", "No forecast for this municipality was made yet."
)
_NO_MUNICIPALITIES: Final = Said(
    "Do územního celku nepatří žádná obec; Index se počítá jen za obce.",
    "No municipality lies in this unit; the Index is computed for municipalities only.",
)


def empty_states(profile: Profile) -> dict[str, Said]:
    """Return a sentence for each part of the page that has nothing to show."""
    found: dict[str, Said] = {}
    if not profile.cooperations:
        found["cooperations"] = _NO_COOPERATION
    if not profile.plans:
        found["plans"] = _NO_PLAN
    if not profile.figures:
        found["figures"] = _NO_FIGURES
    if profile.municipal is not None:
        if not profile.municipal.peers and profile.municipal.explained.standing is not None:
            found["peers"] = _NO_PEERS
        if profile.municipal.outlook is None:
            found["forecast"] = _NO_OUTLOOK
    if profile.area is not None and profile.area.shown is None:
        found["area"] = _without_index(profile, profile.area)
    return found


def _without_index(profile: Profile, area: Area) -> Said:
    if not area.municipalities:
        return _NO_MUNICIPALITIES
    years = ", ".join(str(each.year) for each in area.years)
    if not years:
        return Said("Index zatím nebyl vypočten.", "The Index is not computed yet.")
    return Said(
        f"Index za rok {profile.year} nebyl vypočten. Vypočtené roky: {years}.",
        f"The Index is not computed for {profile.year}. Years computed: {years}.",
    )


def summary(profile: Profile) -> Said:
    """Return what can be said aloud first: why the Index moved, or the mean of a territory in two ways."""
    if profile.municipal is not None:
        return of_explained(profile.municipal.explained)
    area = profile.area
    if area is None or area.shown is None:
        return empty_states(profile).get("area", _NO_MUNICIPALITIES)
    return _of_area(profile.unit.name, area, area.shown)


def _of_area(name: str, area: Area, shown: AreaYear) -> Said:
    line, year = shown.line, shown.year
    count = area.municipalities
    said = Said(
        f"{name}: {counted_cs(count, 'obec', 'obce', 'obcí')}.",
        f"{name}: {counted_en(count, 'municipality', 'municipalities')}.",
    )
    if line.mean is None or line.weighted_mean is None:
        return said.then(Said(f"Index za rok {year} není znám.", f"The Index of {year} is not known."))
    plain, weighted = number(line.mean), number(line.weighted_mean)
    return said.then(
        Said(
            f"Průměr Indexu za rok {year} je {plain.cs} ({PLAIN.cs}) a {weighted.cs} ({WEIGHTED.cs}).",
            f"The mean Index of {year} is {plain.en} ({PLAIN.en}) and {weighted.en} ({WEIGHTED.en}).",
        )
    )
