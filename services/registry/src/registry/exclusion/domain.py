"""Why something about the Index is refused."""

from shared.errors import Invalid, NotFound, RuleBroken


class MethodUnknown(NotFound):
    cs = "Metodiku „{method}“ registr nezná."
    en = "The registry knows no method “{method}”."


class MethodAlreadyEnacted(RuleBroken):
    cs = "Metodika „{method}“ už platí v jiném znění; jiné znění potřebuje jiný kód."
    en = "The method “{method}” is enacted with other content; other content needs another code."


class NothingToCompute(RuleBroken):
    cs = "K výpočtu nejsou žádné údaje."
    en = "There are no figures to compute from."


class EditionUnknown(NotFound):
    cs = "Index za rok {year} zatím není vypočten."
    en = "The Index of {year} is not computed yet."


class HeirUnknown(Invalid):
    cs = "Taková obec v registru není."
    en = "There is no such municipality."


class DonorUnknown(Invalid):
    cs = "Dárcem bodů může být jen jiná obec z registru."
    en = "Only another municipality of the registry can give its points."
