"""Why an average is refused."""

from shared.errors import Invalid, RuleBroken


class MunicipalitiesUnknown(Invalid):
    cs = "K {on} nejsou v registru tyto obce: {unknown}."
    en = "On {on} these municipalities are not in the registry: {unknown}."


class MunicipalitiesRepeated(Invalid):
    cs = "Každá obec smí být ve výčtu jednou; opakují se: {repeated}."
    en = "Each municipality may be listed once; repeated: {repeated}."


class YearsRepeated(Invalid):
    cs = "Každý rok smí být ve výčtu jednou."
    en = "Each year may be listed once."


class SetNotNamed(Invalid):
    cs = "Uveďte buď výčet obcí, nebo územní celek, v němž leží."
    en = "Name either the municipalities or the unit that holds them."


class SetWithoutMunicipalities(RuleBroken):
    cs = "Do tohoto celku k {on} žádná obec nepatří."
    en = "No municipality belongs to this unit on {on}."


class TooManyValues(Invalid):
    cs = "Průměr lze spočítat nejvýše z {most} hodnot (obcí krát let); tato množina jich má víc."
    en = "An average takes {most} values at most (municipalities by years); this set has more."


class YearsNotPublished(RuleBroken):
    cs = "Za tyto roky index není vydán, nebo není vydán podle této metodiky: {years}."
    en = "The Index is not published for these years, or not by this method: {years}."


class IndexMissing(RuleBroken):
    cs = "Bez indexu je {count} hodnot ({examples}). Opravte výčet, nebo je nechte vynechat."
    en = "The Index is missing for {count} values ({examples}). Mend the list or have them left out."


class NothingToAverage(RuleBroken):
    cs = "Žádná z těchto obcí nemá v daných letech index."
    en = "None of these municipalities has an Index in these years."


class NobodyToWeighBy(RuleBroken):
    cs = "V těchto obcích nežije nikdo starší 15 let, průměr nelze vážit."
    en = "Nobody aged 15 or more lives in these municipalities: there is nothing to weigh by."
