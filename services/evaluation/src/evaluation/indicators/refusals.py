"""The facts that stop somebody who says what an indicator of a plan measures."""

from shared.errors import Invalid, NotFound, RuleBroken


class MonitoredIndicatorUnknown(NotFound):
    cs = "Takový indikátor plán nemá."
    en = "The plan has no such indicator."


class UnknownInCatalogue(Invalid):
    cs = "Indikátor {code} v katalogu není."
    en = "The catalogue has no indicator {code}."


class UnitOfMeasureDiffers(Invalid):
    cs = "Plán měří v jednotce „{planned}“, katalog u {code} v jednotce „{defined}“; to se nedá spojit."
    en = "The plan measures in “{planned}”, the catalogue has “{defined}” for {code}; they cannot be linked."


class AccumulationUnfit(Invalid):
    cs = "Hodnoty druhu „{kind}“ se v čase nesčítají; uveďte stav."
    en = "Values of the kind “{kind}” are not summed over time; say that it is a state."


class ValuesDefinedAlready(RuleBroken):
    """`reported` values stand under the present definition; a change would tear their series apart."""

    cs = "Podle dosavadního určení je už nahlášeno hodnot: {reported}. Změna by je vytrhla z řady."
    en = "Values reported under the present definition: {reported}. A change would tear their series apart."


class WindowBackwards(Invalid):
    cs = "Období končí {until}, dřív než začíná ({since})."
    en = "The window ends on {until}, before it begins ({since})."
